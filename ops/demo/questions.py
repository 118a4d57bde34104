"""The requests of the demonstration, each walked through the real commands to the state it should stand in today."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import select

from ops.demo import texts
from ops.demo.agreements import NOTES, agreement_in
from ops.demo.research import accept_and_answer, decide, submit
from ops.demo.world import World
from workflows.accounts.models import PartnerOrganisation
from workflows.assignments.clock import note_closed
from workflows.assignments.desk import offer_assignment
from workflows.assignments.lifecycle import ASSIGNMENT
from workflows.assignments.models import Assignment
from workflows.assignments.second_partner import ask_second
from workflows.assignments.terms import OfferDraft, usual_dates
from workflows.core.actors import CLOCK, Requester, Role, Visitor
from workflows.excerpts.models import PublishedExcerpt
from workflows.excerpts.question_match import settle_match
from workflows.replies.desk import send_reply
from workflows.requests import desk
from workflows.requests.counsellor import file_for_client
from workflows.requests.drafts import Draft, QuestionDraft
from workflows.requests.models import Question, Request
from workflows.requests.neutral import NeutralDraft
from workflows.requests.public import file_request, withdraw_question
from workflows.requests.receipts import KEY_VERSION, fingerprint, new_code
from workflows.requests.words import CONSENT_VERSION, COUNSELLOR_CONSENT_VERSION, Kind

RECEIVED_DAYS_AGO = {
    "received": 1, "triaged": 3, "clarification_asked": 5, "declined": 12, "withdrawn": 9, "offered": 4, "lapsed": 18,
    "accepted": 9, "submitted": 14, "returned": 18, "accepted_answer": 19, "answered": 32, "closed": 75,
}  # fmt: skip
TERMS = {
    "en": "Ask at two places at least. Say what you saw and what you were told. No names of people.",
    "fr": "Demander à deux endroits au moins. Distinguer ce qui est vu de ce qui est dit. Aucun nom de personne.",
    "nl": "Vraag het op minstens twee plaatsen. Zeg wat je zag en wat je hoorde. Geen namen van mensen.",
}
SHOWN_CODES = {
    "answered": "a question that is answered",
    "clarification_asked": "a question about which we asked something",
    "accepted": "a question that a partner works on",
    "declined": "a question that we could not take",
}
"""One receipt code of a request in each of these states is written down for newcomers, in these words."""


@dataclass
class Case:
    """One question on its way."""

    world: World
    row: dict[str, Any]
    question: Question
    began: datetime

    def at(self, days: float) -> datetime:
        """So many days after it was received, never later than now."""
        return min(self.began + timedelta(days=days), self.world.now)

    @property
    def state(self) -> str:
        return str(self.row["state"])


def load_requests(world: World, receipt_key: bytes) -> None:
    """File every request and walk each of its questions to its state."""
    shown: set[str] = set()
    for place, row in enumerate(texts.read("requests")):
        states = [question["state"] for question in row["questions"]]
        began = world.ago(max(RECEIVED_DAYS_AGO[state] for state in states) + place % 3 * 0.4)
        has_counsellor = row["requester_kind"] == Kind.HELPING and not 5 <= place < 20
        request, questions, code = _file(world, row, began, receipt_key, has_counsellor=has_counsellor)
        for asked, question in zip(row["questions"], questions, strict=True):
            _walk(Case(world, asked, question, began), request)
        if code and len(states) == 1 and states[0] in SHOWN_CODES and states[0] not in shown:
            shown.add(states[0])
            login = {"site": "public", "role": "requester", "name": SHOWN_CODES[states[0]]}
            world.logins.append(login | {"receipt_code": code})


def _file(
    world: World, row: dict[str, Any], began: datetime, receipt_key: bytes, *, has_counsellor: bool
) -> tuple[Request, list[Question], str | None]:
    """The code is None for a request in a counsellor's caseload."""
    submission = uuid4()
    asked = tuple(QuestionDraft(one["original"], one["country"], one["place"]) for one in row["questions"])
    draft = Draft(submission, row["requester_kind"], row["language"], asked, row["contact"], CONSENT_VERSION)
    code: str | None = None
    if has_counsellor:
        _file_for_client(world, draft, began)
    else:
        code = new_code(receipt_key, submission)
        file_request(world.session, Visitor(), draft, fingerprint(receipt_key, code), KEY_VERSION, began)
    world.session.flush()
    request = world.session.query(Request).filter_by(submission_id=submission).one()
    request.channel = row["channel"] if code else request.channel
    questions = world.session.query(Question).filter_by(request_id=request.id).order_by(Question.number).all()
    for question, one in zip(questions, row["questions"], strict=True):
        question.language = one["language"]
    world.session.flush()
    return request, questions, code


def _file_for_client(world: World, draft: Draft, began: datetime) -> None:
    """Into the caseload of the counsellor with the most cases still to come."""
    counsellor, labels = max(world.counsellors, key=lambda one: len(one[1]))
    agreed = replace(draft, contact=None, consent=COUNSELLOR_CONSENT_VERSION)
    file_for_client(world.session, counsellor, agreed, labels.pop(0), began, read_again=True)


def _walk(case: Case, request: Request) -> None:
    for step in STEPS[case.state]:
        step(case, request)
        case.world.session.flush()


def _triage(case: Case, request: Request) -> None:  # noqa: ARG001 -- a step like the others
    row = case.row
    draft = NeutralDraft(
        country=row["country"],
        place=row["place"] or "",
        topics=tuple(row["topics"]),
        facets=tuple(row["facets"]),
        urgency=row["urgency"],
        urgency_reason=row["urgency_reason"] or "",
        points=tuple(point["text"] for point in row["points"]),
    )
    officer = case.world.a(Role.OFFICER)
    desk.take_question(case.world.session, officer, case.question.id, case.at(0.6))
    case.world.session.flush()
    override = "Checked by hand: what the detector points at is a public place or a public office."
    desk.triage_question(
        case.world.session, officer, case.question.id, draft, override, case.at(0.8), case.question.version
    )
    case.world.session.flush()


def _ask(case: Case, request: Request) -> None:  # noqa: ARG001
    officer = case.world.a(Role.OFFICER)
    text, moment = case.row["clarification"], case.at(1)
    desk.ask_requester(case.world.session, officer, case.question.id, text, moment, case.question.version)


def _decline(case: Case, request: Request) -> None:  # noqa: ARG001
    desk.decline_question(
        case.world.session, case.world.a(Role.OFFICER), case.question.id, case.row["decline_reason"],
        case.row["another_place"], case.at(1), case.question.version,
    )  # fmt: skip


def _withdraw(case: Case, request: Request) -> None:
    withdraw_question(case.world.session, Requester(request.id), case.question.id, case.at(2))


def _offer(case: Case, request: Request) -> None:  # noqa: ARG001
    world, row, moment = case.world, case.row, case.at(1.5)
    partner = world.session.get_one(PartnerOrganisation, world.partners[row["country"]])
    settle_match(world.session, world.a(Role.OFFICER), case.question.id, case.at(1.2), case.question.version)
    world.session.flush()
    language = partner.languages[0]
    respond_by, submit_by = usual_dates(partner, row["urgency"], field_visit=False, now=moment)
    draft = OfferDraft(
        language=language, points=tuple(point["partner_text"] for point in row["points"]),
        terms=TERMS.get(language, TERMS["en"]), effort=NOTES.get(language, NOTES["en"]), agreed=agreement_in(language),
        respond_by=respond_by, submit_by=submit_by,
    )  # fmt: skip
    offer_assignment(world.session, world.a(Role.OFFICER), case.question.id, partner.id, draft, moment)
    world.session.flush()


def _lapse(case: Case, request: Request) -> None:  # noqa: ARG001
    assignment = _assignment(case)
    if assignment.lapse_at:
        moment = min(assignment.lapse_at, case.world.now)
        ASSIGNMENT.fire(case.world.session, CLOCK, assignment, "lapse", moment)
        note_closed(case.world.session, assignment, moment)


def _accept(case: Case, request: Request) -> None:  # noqa: ARG001
    accept_and_answer(case.world, _assignment(case).id, case.row, case.at(3))


def _submit(case: Case, request: Request) -> None:  # noqa: ARG001
    submit(case.world, _assignment(case).id, case.at(12))


def _return(case: Case, request: Request) -> None:  # noqa: ARG001
    decide(case.world, _assignment(case).id, "return", case.at(15), case.row["comments_to_partner"])


def _accept_answer(case: Case, request: Request) -> None:  # noqa: ARG001
    decide(case.world, _assignment(case).id, "accept", case.at(15))


def _reply(case: Case, request: Request) -> None:  # noqa: ARG001
    world, question, moment = case.world, case.question, case.at(18)
    words, texts = case.row["reply"], _texts_for(case, moment)
    send_reply(world.session, world.a(Role.EDITOR), question.id, words, texts, moment, version=question.version)


def _texts_for(case: Case, moment: datetime) -> list[str]:
    """What was published by then about the question's first topic, in its language, and holds still."""
    text, row = PublishedExcerpt, case.row
    about = (text.country == row["country"], text.language == row["language"], text.topics.contains(row["topics"][:1]))
    by_then = (text.listed, text.published_on <= moment.date(), text.valid_until >= case.world.today)
    return list(case.world.session.scalars(select(text.ref).where(*about, *by_then).order_by(text.ref)))


def _close(case: Case, request: Request) -> None:  # noqa: ARG001
    officer = case.world.a(Role.OFFICER)
    desk.close_question(case.world.session, officer, case.question.id, case.at(48), case.question.version)


def _assignment(case: Case) -> Assignment:
    """The first one; a second partner may be asked beside it."""
    return case.world.session.query(Assignment).filter_by(question_id=case.question.id).order_by(Assignment.number)[0]


def _ask_second(case: Case, request: Request) -> None:  # noqa: ARG001
    """Where another partner of the country reads the language, it is asked the same."""
    session, first = case.world.session, _assignment(case)
    others = session.query(PartnerOrganisation).filter(
        PartnerOrganisation.countries.contains([first.country]),
        PartnerOrganisation.languages.contains([first.language]),
        PartnerOrganisation.id != first.partner_id,
    )
    for partner in others[:1]:
        ask_second(session, case.world.a(Role.OFFICER), first.id, partner.id, case.at(4), 1)


Step = Callable[[Case, Request], None]
OFFERED: tuple[Step, ...] = (_triage, _offer)
ACCEPTED: tuple[Step, ...] = (*OFFERED, _accept)
SUBMITTED: tuple[Step, ...] = (*ACCEPTED, _submit)
REVIEWED: tuple[Step, ...] = (*SUBMITTED, _accept_answer)
STEPS: dict[str, tuple[Step, ...]] = {
    "received": (),
    "clarification_asked": (_ask,),
    "declined": (_decline,),
    "withdrawn": (_withdraw,),
    "triaged": (_triage,),
    "offered": OFFERED,
    "lapsed": (*OFFERED, _lapse),
    "accepted": (*ACCEPTED, _ask_second),
    "submitted": SUBMITTED,
    "returned": (*SUBMITTED, _return),
    "accepted_answer": REVIEWED,
    "answered": (*REVIEWED, _reply),
    "closed": (*REVIEWED, _reply, _close),
}
