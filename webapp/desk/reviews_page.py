"""What the page of one review shows: put together for reading, after a refusal, and on an edit conflict."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from web_kit.forms import Clash
from webapp.desk.moments import due_text
from webapp.desk.reviews_forms import ReviewForm
from webapp.desk.vocabulary import Vocabulary, language_name, vocabulary
from workflows.answers import words as answer_words
from workflows.answers.checklist import CHECKS, VERDICTS, looked_at, obstacles
from workflows.answers.checks import Checked, check_points
from workflows.answers.desk import WHOLE
from workflows.answers.desk_queries import QueueRow, ReviewDesk, beside, review_desk
from workflows.answers.desk_words import STATES
from workflows.answers.models import AnswerState
from workflows.core import clock
from workflows.core.actors import Staff
from workflows.core.calendars import HELPDESK
from workflows.depersonalise import mark_up
from workflows.requests.desk_words import FINDINGS


def read_page(
    session: Session,
    actor: Staff,
    answer_id: UUID,
    form: ReviewForm | None = None,
    opened: Mapping[UUID, str] | None = None,
) -> dict[str, Any]:
    """Everything the page shows; `opened` are the identities of sources whose opening was noted."""
    words, today = vocabulary(session, with_facets=False), HELPDESK.local_day(clock.now())
    desk = review_desk(session, actor, answer_id, words.language)
    checked = check_points(desk.points, desk.row.language, desk.shelf_life, today)
    form = form or ReviewForm.filled(desk)
    late = bool(desk.row.review_by and desk.row.review_by < today)
    return {
        "desk": desk,
        "form": form,
        "words": words,
        "checks": CHECKS,
        "looked_at": looked_at(form.notes.verdicts),
        "obstacles": obstacles(form.notes.verdicts),
        "machine": _machine(checked),
        "pieces": [mark_up(point.text, found) for point, found in zip(desk.points, checked.findings, strict=True)],
        "findings": FINDINGS,
        "opened": opened or {},
        "queue": _queue(beside(session, actor, words.language), words, answer_id, today),
        "lists": answer_words,
        "state": STATES[AnswerState(desk.row.state)],
        "late": late,
        "due_words": due_text(desk.row.review_by, today, late=late),
        "language_name": language_name,
        "open_for_review": desk.row.state == AnswerState.SUBMITTED,
    }


def clashes_of(desk: ReviewDesk, form: ReviewForm) -> list[Clash]:
    """The fields in which the notes that stand and the notes that were typed differ, in words."""
    return [Clash(label, theirs, yours) for label, theirs, yours in _said(desk, form) if theirs != yours]


def _said(desk: ReviewDesk, form: ReviewForm) -> Iterator[tuple[str, str, str]]:
    notes, stands = form.notes, desk.noted
    for check in CHECKS:
        line = stands.checklist.get(str(check.number), {"verdict": "", "comment": ""})
        label = form.verdict(check.number).label.text
        typed = (notes.verdicts.get(check.number, ""), notes.remarks.get(check.number, "").strip())
        yield label, _verdict(line["verdict"], line["comment"]), _verdict(*typed)
    for code, text in notes.comments.items():
        label = _("Note to the partner") if code == WHOLE else _("Comment on %(code)s", code=code)
        yield label, stands.comments.get(code, ""), text.strip()


def _verdict(verdict: str, remark: str) -> str:
    return " – ".join(filter(None, (_(VERDICTS[verdict]) if verdict in VERDICTS else "", remark)))


def _queue(rows: Sequence[QueueRow], words: Vocabulary, here: UUID, today: Any) -> list[dict[str, Any]]:
    """The queue beside the desk."""
    return [
        {
            "label": words.listed(row.topics[:1]) + (f", {row.place}" if row.place else ""),
            "url": url_for("reviews.show", answer_id=row.id),
            "small": f"{row.reference} · {row.country_name}",
            "when_text": due_text(row.review_by, today, late=bool(row.review_by and row.review_by < today)),
            "late": bool(row.review_by and row.review_by < today),
            "current": row.id == here,
        }
        for row in rows
    ]


def _machine(checked: Checked) -> list[dict[str, Any]]:
    """What was checked by itself: tone, glyph, figure and words."""
    whole = checked.sources == checked.sources_complete and not checked.without_source
    return [
        _line(not checked.personal, checked.personal, "stop", _("Possible personal details, marked in the text")),
        _line(whole, f"{checked.sources_complete}/{checked.sources}", "act", _("Sources have a name, a kind and a day"),
              checked.without_source and _("None for %(codes)s.", codes=", ".join(checked.without_source))),
        _line(not checked.too_old, len(checked.too_old), "act", _("Points too old for their topic"),
              ", ".join(checked.too_old)),
        _line(not checked.long, len(checked.long), "act", _("Long sentences"), _shortened(checked.long)),
        _line(not checked.advice, len(checked.advice), "stop", _("Words that sound like advice"),
              _quoted(checked.advice)),
    ]  # fmt: skip


def _line(good: bool, count: Any, tone: str, text: str, more: Any = "") -> dict[str, Any]:
    return {
        "tone": "ok" if good else tone,
        "icon": "check" if good else "warn",
        "count": count,
        "text": f"{text}: {more}" if more else text,
    }


def _shortened(sentences: Sequence[str]) -> str:
    if not sentences:
        return ""
    first = " ".join(sentences[0].split()[:8])
    more = len(sentences) - 1
    return f"“{first} …”" + (" " + ngettext("and %(num)s more", "and %(num)s more", more) if more else "")


def _quoted(phrases: Sequence[str]) -> str:
    return ", ".join(f"“{phrase}”" for phrase in phrases)
