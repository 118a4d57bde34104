"""The side paths of the demonstration: two askers with one question, one split in two, a thread, a telephone call."""

from uuid import uuid4

from sqlalchemy import exists, func, select

from ops.demo.world import World
from workflows.assignments.clock import LIVE
from workflows.assignments.conversation import partners_reading, write_to_partner
from workflows.assignments.merging import merge_questions
from workflows.assignments.models import Assignment, AssignmentState
from workflows.assignments.splitting import Share, split_question
from workflows.core.actors import Role, Visitor
from workflows.core.events import record
from workflows.replies.desk import correct_reply, standing_reply, take_back_reply
from workflows.requests.desk_filing import Channel, file_for_requester
from workflows.requests.desk_queries import draft_of
from workflows.requests.drafts import Draft, QuestionDraft
from workflows.requests.messages import keep_note, tell_requester
from workflows.requests.models import Point, Question, QuestionState, Request
from workflows.requests.public import file_request
from workflows.requests.receipts import KEY_VERSION, desk_submission, fingerprint, new_code
from workflows.requests.words import CONSENT_VERSION

ASKED_AGAIN = "On voudrait savoir la même chose : combien coûte le logement là-bas, et qui peut aider une famille ?"
BY_TELEPHONE = "Il demande si l'on trouve du travail dans le bâtiment à Conakry, et ce que l'on gagne par jour."
NOTE = "The same family wrote to a colleague in spring. Look there before asking them again."
TOLD = {
    "fr": "Nous avons trouvé quelqu'un sur place. La réponse prend une semaine de plus.",
    "nl": "We vonden iemand ter plaatse. Het antwoord duurt een week langer.",
    "en": "We found somebody there. The answer takes one more week.",
}
TO_PARTNER = {
    "fr": "Merci de donner aussi le prix par mois, avec la date.",
    "nl": "Geef ook de prijs per maand, met de datum.",
    "en": "Please give the price by month as well, with the day.",
}


MEANT = {
    "fr": "Correction : les prix sont ceux d’un mois, et non d’une semaine.",
    "nl": "Verbetering: de prijzen zijn per maand, niet per week.",
    "en": "Correction: the prices are for a month, not for a week.",
}


def load_side_paths(world: World, receipt_key: bytes, desk_key: bytes) -> None:
    """Walk each of them through the real commands."""
    _merge(world, receipt_key)
    _split(world)
    _write(world)
    _call(world, desk_key)
    _mend(world, receipt_key)
    world.session.flush()


def _merge(world: World, receipt_key: bytes) -> None:
    stays = _free(world)[0]
    submission = uuid4()
    code, asked = new_code(receipt_key, submission), (QuestionDraft(ASKED_AGAIN, stays.country),)
    draft = Draft(submission, "self", "fr", asked, None, CONSENT_VERSION)
    file_request(world.session, Visitor(), draft, fingerprint(receipt_key, code), KEY_VERSION, world.ago(1.2))
    request = world.session.scalars(select(Request).where(Request.submission_id == submission)).one()
    other = world.session.scalars(select(Question).where(Question.request_id == request.id)).one()
    seen = {one.id: one.version for one in (stays, other)}
    officer = world.a(Role.OFFICER)
    record(world.session, officer, "reading.original", other, world.ago(0.8))
    merge_questions(world.session, officer, seen, stays.id, world.ago(0.7))
    _show(world, "a question merged into another", code)


def _split(world: World) -> None:
    points = select(func.count()).where(Point.question_id == Question.id).scalar_subquery()
    whole = next(one for one in _free(world, points > 1) if not _is_followed(world, one))
    texts = tuple(
        world.session.scalars(select(Point.text).where(Point.question_id == whole.id).order_by(Point.position))
    )
    shares = (*[Share.STAYS] * (len(texts) - 1), Share.MOVES)
    about = draft_of(whole, texts)
    split_question(world.session, world.a(Role.OFFICER), whole.id, shares, about, world.ago(0.4), version=whole.version)
    world.session.flush()


def _write(world: World) -> None:
    in_research = exists().where(Assignment.question_id == Question.id, Assignment.state == AssignmentState.ACCEPTED)
    of_today = (Question.state == QuestionState.TRIAGED, in_research)
    question = world.session.scalars(select(Question).where(*of_today).order_by(Question.received_at.desc())).first()
    if question is None:
        return
    officer = world.a(Role.OFFICER)
    keep_note(world.session, officer, question.id, NOTE, world.ago(0.9))
    told = TOLD.get(question.language, TOLD["en"])
    tell_requester(world.session, officer, question.id, told, world.ago(0.6), question.version)
    for partner in partners_reading(world.session, officer, question.id):
        words = TO_PARTNER.get(partner.language, TO_PARTNER["en"])
        write_to_partner(
            world.session, officer, question.id, partner.assignment_id, words, world.ago(0.3), partner.version
        )


def _call(world: World, desk_key: bytes) -> None:
    ticket = uuid4()
    code = new_code(desk_key, ticket)
    asked = (QuestionDraft(BY_TELEPHONE, "GIN", "Conakry"),)
    draft = Draft(desk_submission(desk_key, ticket), "self", "fr", asked, None, CONSENT_VERSION)
    digest = fingerprint(desk_key, code)
    file_for_requester(world.session, world.a(Role.OFFICER), draft, Channel.PHONE, digest, world.ago(0.2))
    _show(world, "a question asked by telephone", code)


def _mend(world: World, receipt_key: bytes) -> None:
    """One reply was corrected and one taken back; what a code is shown for already stays as it was sent."""
    world.session.flush()
    rows = world.session.execute(
        select(Question, Request.submission_id)
        .join(Request, Request.id == Question.request_id)
        .where(Question.state == QuestionState.ANSWERED, Request.code_hash.is_not(None))
        .order_by(Question.received_at)
    ).all()
    shown = {login.get("receipt_code") for login in world.logins}
    of_code = {new_code(receipt_key, submission): one for one, submission in rows}
    unseen = [(one, code) for code, one in of_code.items() if code not in shown]
    if len(unseen) < 2:
        return
    editor, ((corrected, code_of_one), (taken_back, code_of_other)) = world.a(Role.EDITOR), unseen[:2]
    sent = standing_reply(world.session, corrected.id)
    words = f"{sent.text if sent else ''}\n\n{MEANT.get(corrected.language, MEANT['en'])}"
    version = corrected.version
    correct_reply(world.session, editor, corrected.id, words, (), world.ago(0.8), version=version, read_again=True)
    take_back_reply(world.session, editor, taken_back.id, world.ago(0.5), version=taken_back.version)
    _show(world, "a question whose answer was corrected", code_of_one)
    _show(world, "a question whose answer was taken back", code_of_other)


def _free(world: World, *more: object) -> list[Question]:
    """Triaged questions that no partner has, the oldest first."""
    world.session.flush()
    with_partner = exists().where(Assignment.question_id == Question.id, Assignment.state.in_(LIVE))
    query = select(Question).where(Question.state == QuestionState.TRIAGED, ~with_partner, *more)  # type: ignore[arg-type]
    return list(world.session.scalars(query.order_by(Question.received_at)))


def _is_followed(world: World, question: Question) -> bool:
    return bool(world.session.scalar(select(exists().where(Question.merged_into_id == question.id))))


def _show(world: World, name: str, code: str) -> None:
    world.logins.append({"site": "public", "role": "requester", "name": name, "receipt_code": code})
