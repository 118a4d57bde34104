"""What goes less smoothly: a text that a second person must read, a second round of review, a refused offer, a letter
that nobody took.
"""

from datetime import timedelta
from uuid import UUID, uuid4

from sqlalchemy import select

from ops.demo.research import submit
from ops.demo.world import World
from workflows.answers.models import Answer, AnswerState
from workflows.assignments.models import Assignment, AssignmentState
from workflows.assignments.partner import decline_assignment
from workflows.core.actors import Role, Visitor
from workflows.notices.mailbox import Refused
from workflows.notices.models import Letter, LetterState
from workflows.notices.send import mark_failed
from workflows.requests.desk import take_question, triage_question
from workflows.requests.drafts import Draft, QuestionDraft
from workflows.requests.models import Question, QuestionState, Request
from workflows.requests.neutral import NeutralDraft
from workflows.requests.public import file_request
from workflows.requests.receipts import KEY_VERSION, fingerprint, new_code
from workflows.requests.words import CONSENT_VERSION

ASKED = "Ma belle-sœur vit à Boma avec ses cinq enfants et fait des crises d’épilepsie. Qui peut la suivre là-bas ?"
NEUTRAL = "Une mère de cinq enfants, épileptique, peut-elle être suivie sur place, et à quel prix ?"
COLLEAGUE = {
    "fr": "Le centre social de la paroisse voisine connaît bien ce sujet : demandez le bureau des familles.",
    "nl": "Het sociaal huis van de buurgemeente kent dit goed: vraag naar de dienst gezinnen.",
    "en": "The community centre of the next district knows this well: ask for its family desk.",
}


def load_troubles(world: World, receipt_key: bytes) -> None:
    """Walk each of them through the real commands."""
    _rare(world, receipt_key)
    _second_round(world)
    _decline(world)
    _lose_letter(world)
    world.session.flush()


def _rare(world: World, receipt_key: bytes) -> None:
    """Place, illness and family in one neutral text; whoever wrote it cannot clear it alone."""
    submission, session, officer = uuid4(), world.session, world.a(Role.OFFICER)
    code = new_code(receipt_key, submission)
    draft = Draft(submission, "self", "fr", (QuestionDraft(ASKED, "COD", "Boma"),), None, CONSENT_VERSION)
    file_request(session, Visitor(), draft, fingerprint(receipt_key, code), KEY_VERSION, world.ago(1.1))
    request = session.scalars(select(Request).where(Request.submission_id == submission)).one()
    question = session.scalars(select(Question).where(Question.request_id == request.id)).one()
    take_question(session, officer, question.id, world.ago(0.5))
    session.flush()
    neutral = NeutralDraft(country="COD", place="Boma", topics=("HEA-treatments",), points=(NEUTRAL,))
    triage_question(session, officer, question.id, neutral, "", world.ago(0.4), question.version)


def _second_round(world: World) -> None:
    """What an editor sent back came again, and waits for its second reading."""
    returned = select(Answer).where(Answer.state == AnswerState.RETURNED).order_by(Answer.saved_at)
    submit(world, world.session.scalars(returned).first().assignment_id, world.ago(0.6))  # type: ignore[union-attr]


def _decline(world: World) -> None:
    """A partner says no, and whom to ask instead."""
    offered = select(Assignment).where(Assignment.state == AssignmentState.OFFERED).order_by(Assignment.number)
    offer = world.session.scalars(offered).all()[-1]
    researcher = world.researchers[_partner_of(offer)]
    words = COLLEAGUE.get(offer.language, COLLEAGUE["en"])
    decline_assignment(world.session, researcher, offer.id, "not_our_field", None, world.ago(0.7), words)


def _lose_letter(world: World) -> None:
    """News that the mail server of whoever asked did not take."""
    answered = (Question.state == QuestionState.ANSWERED, Request.contact_sealed.is_not(None))
    asked = select(Request).join(Question, Question.request_id == Request.id).where(*answered)
    request = world.session.scalars(asked.order_by(Request.received_at.desc())).first()
    if request is None:
        return
    then = world.ago(0.9)
    letter = Letter(
        recipient_kind="request", recipient_id=request.id, template="requester_news",
        message_id=f"<{uuid4()}@helpdesk.example>", state=LetterState.WAITING, created_at=then, next_try_at=then,
        attempts=1,
    )  # fmt: skip
    world.session.add(letter)
    world.session.flush()
    mark_failed(world.session, letter.id, Refused("smtp_550"), then + timedelta(minutes=5))


def _partner_of(assignment: Assignment) -> UUID:
    if assignment.partner_id is None:
        raise LookupError("nobody was offered this assignment")
    return assignment.partner_id
