"""Rows for setting a scene, complete and plausible; every value can be given. They are added, not committed."""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from workflows import tables  # noqa: F401 -- the whole metadata, so that every foreign key finds its table
from workflows.accounts.models import (
    CounsellorAccount,
    PartnerAbsence,
    PartnerOrganisation,
    ResearcherAccount,
    StaffAccount,
)
from workflows.answers.attachment_models import Attachment
from workflows.answers.draft_models import KeptDraft
from workflows.answers.models import Answer, AnswerPoint, Revision
from workflows.answers.word_upload_models import WordUpload
from workflows.assignments.models import Assignment, AssignmentPoint
from workflows.core.actors import Counsellor, Requester, Researcher, Role, Staff
from workflows.notices.models import Letter
from workflows.requests.models import Point, Question, Request

NOW = datetime(2026, 3, 10, 10, 0, tzinfo=UTC)
"""A Tuesday, with no public holiday near in Belgium."""
TODAY = NOW.date()
LONG_AGO = TODAY - timedelta(days=300)
numbers = count(1)


def _add(session: Session, row: Any) -> Any:
    session.add(row)
    session.flush()
    return row


def make_staff(session: Session, *roles: Role, **values: Any) -> Staff:
    """A member of staff, as the actor that the domain is handed."""
    roles = roles or (Role.OFFICER,)
    given = {"name": f"Staff {next(numbers)}", "email": f"staff{next(numbers)}@desk.example.org", "language": "en",
             "timezone": "Europe/Brussels", "calendar": "BE", "active": True}  # fmt: skip
    row = _add(session, StaffAccount(**given | {"roles": [str(role) for role in roles]} | values))
    return Staff(row.id, frozenset(roles), row.name, row.language)


def make_partner(
    session: Session, *countries: str, away_until: date | None = None, read: bool = True, **values: Any
) -> PartnerOrganisation:
    """A partner organisation working in these countries (DR Congo when none is named), away until a day or not; with a
    colleague who reads offers and gets no letters, unless nobody is to `read` them.
    """
    given = {"name": f"Partner {next(numbers)}", "countries": list(countries) or ["COD"], "languages": ["fr", "en"],
             "timezone": "Africa/Kinshasa", "calendar": "CD", "active": True}  # fmt: skip
    row: PartnerOrganisation = _add(session, PartnerOrganisation(**given | values))
    if away_until is not None:
        make_absence(session, row, LONG_AGO, away_until)
    if read:
        _add(session, ResearcherAccount(name="Reader", email=None, language="fr", timezone="Africa/Kinshasa",
                                        active=True, partner_id=row.id))  # fmt: skip
    return row


def make_absence(session: Session, partner: PartnerOrganisation, first: date, last: date) -> PartnerAbsence:
    """Days on which a partner is away."""
    row: PartnerAbsence = _add(session, PartnerAbsence(partner_id=partner.id, first_day=first, last_day=last))
    return row


def make_researcher(session: Session, partner: PartnerOrganisation | None = None, **values: Any) -> Researcher:
    """A researcher, as the actor that the domain is handed."""
    partner = partner or make_partner(session)
    given = {"name": f"Researcher {next(numbers)}", "email": f"r{next(numbers)}@partner.example.net", "language": "fr",
             "timezone": partner.timezone, "active": True, "partner_id": partner.id}  # fmt: skip
    row = _add(session, ResearcherAccount(**given | values))
    return Researcher(row.id, partner.id, row.name, row.language, bool(row.keeps_accounts))


def make_counsellor(session: Session, **values: Any) -> Counsellor:
    """A counsellor with an account, as the actor that the domain is handed."""
    given = {"name": f"Counsellor {next(numbers)}", "email": f"c{next(numbers)}@social.example.org", "language": "en",
             "timezone": "Europe/Brussels", "active": True, "organisation": "Social House"}  # fmt: skip
    row = _add(session, CounsellorAccount(**given | values))
    return Counsellor(row.id, row.name, row.language)


def make_request(session: Session, **values: Any) -> Request:
    """A request by the web form, in French, with a contact."""
    given = {"channel": "web", "language": "fr", "requester_kind": "self", "contact": "someone@example.org",
             "consent_version": "1", "consented_at": NOW, "code_hash": uuid4().bytes * 2, "code_key_version": 1,
             "submission_id": uuid4(), "received_at": NOW, "erased_at": None}  # fmt: skip
    row: Request = _add(session, Request(**given | values))
    return row


def requester_of(request: Request) -> Requester:
    """Whoever holds the code of this request."""
    return Requester(request.id)


def make_question(
    session: Session, request: Request | None = None, points: tuple[str, ...] = (), **values: Any
) -> Question:
    """A received question about DR Congo; with `points` it has a neutral text."""
    request = request or make_request(session)
    given = {"request_id": request.id, "number": 1, "state": "received", "language": "fr",
             "original": "Mon frère Jean vend-il de l’insuline ?", "country": "COD", "place": "Kinshasa",
             "topics": ["HEA-medicines"], "facets": [], "urgency": "normal", "received_at": NOW, "matched": [],
             "triage_by": TODAY + timedelta(days=2), "promised_by": TODAY + timedelta(days=28)}  # fmt: skip
    given["was_triaged"] = values.get("state") in {"triaged", "answered", "closed"}
    given["neutral_language"] = values.get("language", "fr")
    row: Question = _add(session, Question(**given | values))
    for place, text in enumerate(points, 1):
        _add(session, Point(question_id=row.id, code=f"Q{place}", position=place, text=text))
    return row


def make_assignment(
    session: Session,
    partner: PartnerOrganisation | None = None,
    question: Question | None = None,
    points: tuple[str, ...] = ("L’insuline 30/70 est-elle vendue à Kinshasa ?",),
    **values: Any,
) -> Assignment:
    """An assignment offered to a partner; `state` and dates can be given."""
    partner = partner or make_partner(session)
    given = {"number": next(numbers) + 1000, "kind": "question", "question_id": question.id if question else None,
             "country": "COD", "place": "Kinshasa", "topics": ["HEA-medicines"], "state": "offered",
             "proposed_partner_id": partner.id, "partner_id": partner.id, "language": "fr",
             "terms": "Trois pharmacies au moins.", "effort": "1 jour", "urgency": "normal", "field_visit": False,
             "created_at": NOW, "offered_at": NOW, "respond_by": TODAY + timedelta(days=3)}  # fmt: skip
    row: Assignment = _add(session, Assignment(**given | values))
    for place, text in enumerate(points, 1):
        _add(session, AssignmentPoint(assignment_id=row.id, code=f"Q{place}", position=place, text=text))
    return row


def make_answer(session: Session, assignment: Assignment, **values: Any) -> Answer:
    """A draft answer with one filled point for each of the assignment's (Q1 only when they are not loaded)."""
    given = {"assignment_id": assignment.id, "partner_id": assignment.partner_id,
             "question_id": assignment.question_id, "state": "draft", "round": 1, "saved_at": NOW,
             "credit": "anonymous"}  # fmt: skip
    row: Answer = _add(session, Answer(**given | values))
    point = {"answer_id": row.id, "code": "Q1", "position": 1, "text": "Deux pharmacies sur trois en avaient.",
             "place": "Kinshasa", "information_date": date(2026, 3, 9), "confidence": "fairly_sure",
             "not_found": False, "searched_where": ""}  # fmt: skip
    _add(session, AnswerPoint(**point))
    return row


def make_revision(session: Session, answer: Answer, submitted_by: UUID | None = None, **values: Any) -> Revision:
    """The frozen first submission of an answer."""
    content = {"points": [{"code": "Q1", "text": "Deux pharmacies sur trois en avaient.", "place": "Kinshasa",
                           "information_date": "2026-03-09", "confidence": "fairly_sure", "not_found": False,
                           "searched_where": ""}], "sources": []}  # fmt: skip
    given = {"answer_id": answer.id, "partner_id": answer.partner_id, "question_id": answer.question_id, "number": 1,
             "submitted_at": NOW, "submitted_by": submitted_by or uuid4(), "content": content,
             "content_hash": b"\0" * 32}  # fmt: skip
    row: Revision = _add(session, Revision(**given | values))
    return row


def make_kept_draft(session: Session, answer: Answer, **values: Any) -> KeptDraft:
    """An earlier draft of one point."""
    point = {"code": "Q1", "text": "Earlier.", "place": "", "information_date": None, "confidence": None,
             "not_found": False, "searched_where": ""}  # fmt: skip
    content = {"points": [point], "sources": [], "prices": [], "contacts": [], "credit": "anonymous", "note": None}
    given = {"answer_id": answer.id, "partner_id": answer.partner_id, "begun_at": NOW, "saved_at": NOW,
             "saved_by": uuid4(), "by_hand": True, "content": content}  # fmt: skip
    row: KeptDraft = _add(session, KeptDraft(**given | values))
    return row


def make_attachment(session: Session, answer: Answer, **values: Any) -> Attachment:
    """A file in quarantine."""
    given = {"answer_id": answer.id, "partner_id": answer.partner_id, "question_id": answer.question_id, "number": 1,
             "kind": "pdf", "state": "quarantined", "size": 2048, "uploaded_at": NOW, "uploaded_by": uuid4(),
             "dropped": False, "attempts": 0, "next_try_at": NOW}  # fmt: skip
    if values.get("state") in {"clean", "released"}:
        given |= {"media": "application/pdf", "clean": b"%PDF-clean", "clean_size": 10}
    row: Attachment = _add(session, Attachment(**given | values))
    return row


def make_word_upload(session: Session, answer: Answer, **values: Any) -> WordUpload:
    """A Word form that came back and waits; it would change the place of the first point."""
    given = {"answer_id": answer.id, "partner_id": answer.partner_id, "uploaded_at": NOW, "uploaded_by": uuid4(),
             "found": {"fields": [["Q1.place", "Goma"]], "rows": [], "others": []}, "closed": [],
             "kept_until": NOW + timedelta(days=7)}  # fmt: skip
    row: WordUpload = _add(session, WordUpload(**given | values))
    return row


def make_letter(session: Session, request: Request, **values: Any) -> Letter:
    """A letter to whoever asked that was given up, because the address does not exist."""
    given = {"recipient_kind": "request", "recipient_id": request.id, "template": "requester_news",
             "message_id": f"<{uuid4()}@desk.example.org>", "state": "gave_up", "created_at": NOW, "next_try_at": NOW,
             "attempts": 1, "last_error": "smtp_550"}  # fmt: skip
    row: Letter = _add(session, Letter(**given | values))
    return row
