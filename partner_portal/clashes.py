"""What two colleagues wrote differently in one answer, to be shown side by side. Identities are never shown."""

from collections.abc import Iterable, Iterator
from itertools import starmap

from flask_babel import gettext as _

from partner_portal.answer_form import AnswerForm
from web_kit.forms import Clash
from web_kit.language import say_date
from workflows.answers import words
from workflows.answers.drafts import PointDraft, SourceDraft
from workflows.answers.work_queries import NamedSource, Work, WrittenPoint


def clashes_between(theirs: Work, typed: AnswerForm) -> list[Clash]:
    """One pair for each field that differs; none when the same was written twice."""
    yours = typed.draft()
    written = {point.code: point for point in yours.points}
    found: list[Clash] = []
    for point in theirs.points:
        mine = written.get(point.code, PointDraft(point.code))
        found += _differing(point.code, zip(_facts(point), _facts(mine), strict=True))
        sources = [source for source in yours.sources if source.point_code == point.code]
        pair = (_("Sources"), _lines(theirs.sources_of(point.code))), (_("Sources"), _lines(sources))
        found += _differing(point.code, [pair])
    note = (_("For the editor only"), theirs.note), (_("For the editor only"), yours.note)
    return found + list(_differing("", [note]))


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


def _lines(sources: Iterable[NamedSource | SourceDraft]) -> str:
    return "\n".join(starmap("{}: {} {}".format, map(_parts, sources)))


def _parts(source: NamedSource | SourceDraft) -> tuple[str, str, str]:
    kind = words.SOURCE_KINDS.get(source.kind, "")
    chosen = [words.MODES.get(source.mode, ""), words.CONSENT.get(source.consent, "")]
    more = [say_date(source.dated), *(_(word) for word in chosen if word)]
    if isinstance(source, SourceDraft) and source.identity.strip():
        more.append(_("with a new identity"))
    return _(kind) if kind else "–", _plain(source.label), ", ".join(part for part in more if part)


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()
