"""What the page of one review shows: put together for reading, after a refusal, and on an edit conflict."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from web_kit.forms import Clash
from web_kit.language import language_name
from webapp.desk.margins import margin
from webapp.desk.moments import due_text
from webapp.desk.reviews_checks import machine
from webapp.desk.reviews_forms import ReviewForm
from webapp.desk.reviews_text import texts
from webapp.desk.vocabulary import Vocabulary, vocabulary
from workflows.answers import attachment_words
from workflows.answers import words as answer_words
from workflows.answers.attachment_queries import files_under_review
from workflows.answers.checklist import CHECKS, VERDICTS, looked_at, obstacles
from workflows.answers.checks import check_points
from workflows.answers.comments import margin_of_answer
from workflows.answers.desk import WHOLE
from workflows.answers.desk_queries import QueueRow, ReviewDesk, beside, review_desk
from workflows.answers.desk_words import STATES
from workflows.answers.models import AnswerState
from workflows.core import clock
from workflows.core.actors import Staff
from workflows.core.calendars import HELPDESK
from workflows.excerpts.provenance import texts_from
from workflows.excerpts.rechecked import text_checked


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
    form, near = form or ReviewForm.filled(desk), beside(session, actor, words.language, answer_id)
    late = bool(desk.row.review_by and desk.row.review_by < today)
    return {
        "desk": desk,
        "form": form,
        "words": words,
        "checks": CHECKS,
        "looked_at": looked_at(form.notes.verdicts),
        "obstacles": obstacles(form.notes.verdicts),
        "machine": machine(checked),
        **texts(desk, checked),
        **_margin(session, actor, desk),
        "opened": opened or {},
        "queue": _queue(near.rows, words, answer_id, today),
        "place": near.place,
        "lists": answer_words,
        "files": files_under_review(session, actor, answer_id),
        "file_words": attachment_words,
        "state": STATES[AnswerState(desk.row.state)],
        "late": late,
        "due_words": due_text(desk.row.review_by, today, late=late),
        "language_name": language_name,
        "checked": text_checked(session, actor, desk.assignment_id) if desk.excerpt_id else None,
        "written_up": _written_up(session, actor, desk),
        "open_for_review": desk.row.state == AnswerState.SUBMITTED,
    }


def _written_up(session: Session, actor: Staff, desk: ReviewDesk) -> tuple[str, ...]:
    """The texts from this question, so that nobody writes a second one without knowing of the first."""
    if desk.row.state != AnswerState.ACCEPTED or not desk.question_id:
        return ()
    return texts_from(session, actor, desk.question_id)


def _margin(session: Session, actor: Staff, desk: ReviewDesk) -> dict[str, Any]:
    """The margin, and what the partner was asked before; what was copied from the margin stands there already."""
    parts = {point.code: point.text for point in desk.points}
    threads = margin_of_answer(session, actor, desk.row.id, parts)
    copied = {(one.part, one.first.text) for one in threads if one.first.for_partner}
    earlier = [one for one in desk.earlier if (one.point_code or "", one.text) not in copied]
    return margin(threads, parts, {}, _("The whole answer")) | {"earlier": earlier}


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
            "label": words.listed(row.topics[:1]) + (f" · {row.place}" if row.place else ""),
            "url": url_for("reviews.show", answer_id=row.id),
            "small": f"{row.reference} · {row.country_name}",
            "when_text": due_text(row.review_by, today, late=bool(row.review_by and row.review_by < today)),
            "late": bool(row.review_by and row.review_by < today),
            "current": row.id == here,
        }
        for row in rows
    ]
