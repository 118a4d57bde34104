"""What counsellors do with their caseload: ask for somebody, name the case for themselves, make a code for the person.

Everything else they do in a request is what whoever asked may do, through `acting_in` and the commands of `public.py`.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, load_only

from config import policy
from workflows.core.access import lock_visible, visible
from workflows.core.actors import Counsellor, Requester
from workflows.core.errors import NotFound, OutOfTurn
from workflows.core.events import record
from workflows.core.hidden import strip_hidden
from workflows.core.words import mark as _
from workflows.requests.codes import CodeMeanwhile, code_given
from workflows.requests.drafts import Draft
from workflows.requests.filing import checked, file, refuse_problems, unread_questions
from workflows.requests.models import Request
from workflows.requests.words import ANOTHER_AGREES

CHANNEL = "caseload"
COUNSELLOR_READS = (
    load_only(
        Request.id, Request.counsellor_id, Request.label_sealed, Request.code_key_version, Request.language,
        Request.received_at, Request.erased_at, raiseload=True,
    ),
)  # fmt: skip
"""The columns of a request that the counsellors' site may read and needs."""
COUNSELLOR_CONSENT = (
    ANOTHER_AGREES,
    _("We remove personal details before anybody else sees the question."),
    _("You can delete everything here. With a code the person can do so too."),
)
"""What a counsellor confirms for whoever they ask for, without which nothing can be done."""
COUNSELLOR_PUBLISHING = (
    _("The answer helps others who ask the same."),
    _("Nothing on our public pages says who it was for."),
    _("The person gets the answer also without this."),
)
"""The second purpose, which is free, as on the public site."""
LABEL_TOO_LONG = _("This is too long. Initials or a number of your own are enough.")


def file_for_client(
    session: Session, actor: Counsellor, draft: Draft, label: str, now: datetime, *, read_again: bool = False
) -> UUID:
    """File a request into one's own caseload and give its id; the same form sent again gives the first one's.

    Without address and without code: news goes to the counsellor. `read_again`: words that may point to a person were
    read once more and are meant. Refuses: Incomplete (also `label`, `read_again`), NotFound.
    """
    label = tidy_label(label)
    unread = unread_questions(draft, now, read_again=read_again)
    draft = checked(session, draft, label=_label_problem(label), **unread)
    columns = {"channel": CHANNEL, "code_key_version": 0, "counsellor_id": actor.id, "label": label or None}
    file(session, actor, draft, now, **columns)
    mine = select(Request.id).where(Request.visible_to(actor), Request.submission_id == draft.submission_id)
    found = session.scalar(mine)
    if found is None:
        raise NotFound("Request")
    return found


def acting_in(session: Session, actor: Counsellor, request_id: UUID) -> Requester:
    """This counsellor in one request of the caseload, to do and read what whoever asked may. Refuses: NotFound."""
    if session.scalar(visible(actor, Request).where(Request.id == request_id).with_only_columns(Request.id)) is None:
        raise NotFound("Request")
    return actor.acting_in(request_id)


def name_case(session: Session, actor: Counsellor, request_id: UUID, label: str, now: datetime) -> None:
    """Write one's own label; an empty one takes it away. Refuses: NotFound, Incomplete (label), OutOfTurn (erased)."""
    label = tidy_label(label)
    refuse_problems({"label": _label_problem(label)})
    request = _mine(session, actor, request_id)
    request.label = label or None
    record(session, actor, "request.name_case", request, now)


def give_code(
    session: Session,
    actor: Counsellor,
    request_id: UUID,
    code_hash: bytes,
    code_key_version: int,
    seen: str,
    now: datetime,
) -> None:
    """Give the person a receipt code of their own; one made before stops working.

    `seen` is the turn of the code that stood when the page was opened, empty when there was none. The same form sent
    again changes nothing. Refuses: NotFound, OutOfTurn (erased), CodeMeanwhile.
    """
    request = _mine(session, actor, request_id)
    given = code_given(session, request_id, code_hash)
    if given and given.same:
        return
    if given and given.turn != seen:
        raise CodeMeanwhile(given)
    request.code_hash = code_hash
    request.code_key_version = code_key_version
    request.code_seed = None
    record(session, actor, "request.give_code", request, now)


def tidy_label(label: str) -> str:
    """One line without invisible characters."""
    return " ".join(strip_hidden(label).split())


def _mine(session: Session, actor: Counsellor, request_id: UUID) -> Request:
    request = lock_visible(session, actor, Request, request_id, only=COUNSELLOR_READS)
    if request.erased_at is not None:
        raise OutOfTurn("this request was erased")
    return request


def _label_problem(label: str) -> str:
    return LABEL_TOO_LONG if len(label) > policy.LABEL_MAX else ""
