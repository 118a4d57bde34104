"""Filing what the helpdesk asks itself: nobody agrees to anything, is written to, gets a code or follows a page."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from workflows.core.access import visible
from workflows.core.actors import Role, Staff
from workflows.core.errors import NotAllowed
from workflows.requests.desk import details_of, write_text
from workflows.requests.drafts import Draft, QuestionDraft, tidied
from workflows.requests.filing import file, refuse_problems, unread_questions, what_is_wrong
from workflows.requests.models import DESK, Question, Request, Urgency
from workflows.requests.neutral import NeutralDraft, shape_problems

OF_SOMEBODY = frozenset({"requester_kind", "consent"})
"""What is asked for only when there is a person."""


def file_our_own(
    session: Session,
    actor: Staff,
    submission_id: UUID,
    asked: QuestionDraft,
    language: str,
    now: datetime,
    *,
    read_again: bool = False,
) -> Question:
    """File one question of the helpdesk's own. It waits for triage, with its words as the neutral text so far; the same
    form sent again files nothing and gives the question that it filed.

    `read_again`: words that may point to a person were read once more and are meant. Refuses: NotAllowed, Incomplete
    (by the fields of an asking form, also `read_again`).
    """
    if Role.OFFICER not in actor.roles:
        raise NotAllowed("only officers file questions of the helpdesk")
    draft = tidied(Draft(submission_id, None, language, (asked,)))
    wrong = {name: words for name, words in what_is_wrong(session, draft).items() if name not in OF_SOMEBODY}
    refuse_problems(wrong | unread_questions(draft, now, read_again=read_again))
    first = file(session, actor, draft, now, channel=DESK, code_key_version=0)
    filed = visible(actor, Question).join(Request, Request.id == Question.request_id)
    question = session.scalars(filed.where(Request.submission_id == submission_id)).one()
    if first:
        _begin_neutral(session, question, draft.questions[0], now)
    return question


def _begin_neutral(session: Session, question: Question, asked: QuestionDraft, now: datetime) -> None:
    """Take the words as the first point, where they are short enough for one."""
    draft = NeutralDraft(
        country=asked.country,
        place=asked.place or "",
        topics=(asked.topic,) if asked.topic else (),
        facets=(),
        urgency=Urgency.NORMAL,
        urgency_reason="",
        points=(asked.text,),
    )
    if not shape_problems(session, draft):
        write_text(session, question, draft, details_of(question, draft, now))
