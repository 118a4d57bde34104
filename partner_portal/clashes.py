"""What two colleagues wrote differently in one answer, to be shown side by side. What is sealed is never shown."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from partner_portal.answer_form import AnswerForm
from web_kit.forms import Clash
from web_kit.language import apart, say_date
from workflows.answers import words
from workflows.answers.completeness import ASSESSMENT
from workflows.answers.draft_queries import saved_last_by_oneself
from workflows.answers.drafts import (
    ROWS,
    AnswerDraft,
    ContactDraft,
    PointDraft,
    PriceDraft,
    RowDraft,
    SourceDraft,
    settled,
)
from workflows.answers.work_queries import NamedContact, NamedPrice, NamedRow, NamedSource, Work, WrittenPoint
from workflows.core.actors import Researcher


def whose(session: Session, actor: Researcher, assignment_id: UUID) -> str:
    """Who saved what stands now, in one sentence."""
    mine = saved_last_by_oneself(session, actor, assignment_id)
    return _("You changed this in another window.") if mine else _("A colleague changed this in the meantime.")


def clashes_between(theirs: Work, typed: AnswerForm) -> list[Clash]:
    """One pair for each field that differs; none when the same was written twice."""
    return differences(theirs, typed.draft())


def differences(theirs: Work, yours: AnswerDraft) -> list[Clash]:
    """The same of any draft."""
    lists: dict[str, Any] = {name: _settled(getattr(theirs, name), getattr(yours, name)) for name in ROWS}
    yours = replace(yours, credit=yours.credit or theirs.credit, **lists)  # not chosen: it stays as it is
    written = {point.code: point for point in yours.points}
    found: list[Clash] = []
    for point in theirs.points:
        mine = settled(written.get(point.code, PointDraft(point.code)), point)
        found += _differing(point.code, zip(_facts(point), _facts(mine), strict=True))
        found += _differing(point.code, zip(_lists(theirs, point.code), _lists(yours, point.code), strict=True))
    return found + list(_differing("", zip(_ends(theirs), _ends(yours), strict=True)))


def _settled(theirs: Iterable[NamedRow], yours: Iterable[RowDraft]) -> list[RowDraft]:
    """A day that cannot be read is said beside its field; here it counts as the one that stands."""
    stored: dict[UUID | None, NamedRow] = {row.id: row for row in theirs}
    return [settled(row, stored.get(row.id)) for row in yours]


def _differing(code: str, pairs: Iterable[tuple[tuple[str, str], tuple[str, str]]]) -> Iterator[Clash]:
    for (label, theirs), (_same, yours) in pairs:
        if _plain(theirs) != _plain(yours):
            yield Clash(f"{code} {label}".strip(), theirs, yours)


def _facts(point: WrittenPoint | PointDraft) -> list[tuple[str, str]]:
    sure = words.CONFIDENCE.get(point.confidence or "")
    return [
        (_("Your answer"), point.text),
        (_("For which place is this true?"), point.place),
        (_("On which day was it true?"), say_date(point.information_date)),
        (_("How sure are you?"), _(sure) if sure else ""),
        (_("I searched and did not find it"), _("Yes") if point.not_found else _("No")),
        (_("Where did you search?"), point.searched_where),
    ]


def _lists(answer: Work | AnswerDraft, code: str) -> list[tuple[str, str]]:
    return [
        (_("Sources"), "\n".join(_source(row) for row in answer.sources if row.point_code == code)),
        (_("Prices"), "\n".join(_price(row) for row in answer.prices if row.point_code == code)),
        (_("Contacts"), "\n".join(_contact(row) for row in answer.contacts if row.point_code == code)),
    ]


def _ends(answer: Work | AnswerDraft) -> list[tuple[str, str]]:
    credit = words.CREDIT.get(answer.credit, "")
    return [
        (_("May your organisation be named?"), _(credit) if credit else ""),
        (_("For the editor only"), answer.note),
    ]


def _source(source: NamedSource | SourceDraft) -> str:
    kind = words.SOURCE_KINDS.get(source.kind, "")
    chosen = [words.MODES.get(source.mode, ""), words.CONSENT.get(source.consent, "")]
    more = [say_date(source.dated), *(_(word) for word in chosen if word)]
    more += [apart(_plain(getattr(source, name))) for name in ASSESSMENT]
    if source.independence:
        more.append(_("Group %(letter)s", letter=source.independence))
    if isinstance(source, SourceDraft) and source.identity.strip():
        more.append(_("with a new identity"))
    return _said_of(
        _(kind) if kind else "", _joined(apart(_plain(source.label)), ", ".join(map(_plain, filter(None, more))))
    )


def _price(price: NamedPrice | PriceDraft) -> str:
    figure = apart(_joined(price.amount, price.currency.upper()))
    amount = _joined(figure, apart(_plain(price.unit)), say_date(price.day))
    return _said_of(apart(_plain(price.what)), amount)


def _contact(contact: NamedContact | ContactDraft) -> str:
    """Without consent it only says that something new was typed."""
    if contact.may_publish:
        said = _joined(_("may be published"), apart(_plain(contact.reach)))
    else:
        new = isinstance(contact, ContactDraft) and contact.reach.strip()
        said = _joined(_("sealed"), _("typed anew") if new else "")
    return _said_of(apart(_plain(contact.label)), said)


def _said_of(what: str, said: str) -> str:
    """With the colon of the reader's language; what has no name yet, alone."""
    return _("%(place)s: %(field)s", place=what, field=said) if what else said


def _joined(*parts: str) -> str:
    return " ".join(filter(None, map(_plain, parts)))


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()
