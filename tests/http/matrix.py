"""Who tries and what there is: one of everything that an address of the four sites can name, and who may see it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.excerpts import drafted, published, recent
from tests.factories import (
    make_absence,
    make_assignment,
    make_attachment,
    make_counsellor,
    make_kept_draft,
    make_letter,
    make_partner,
    make_question,
    make_request,
    make_researcher,
    make_staff,
)
from tests.published import make_published
from tests.reviews import Submitted, submitted
from tests.sheets import make_draft, make_sheet, make_text
from tests.subscribers import GUINEA, make_subscriber
from workflows.accounts.models import (
    CounsellorAccount,
    PartnerAbsence,
    PartnerOrganisation,
    ResearcherAccount,
    StaffAccount,
)
from workflows.answers.attachment_models import Attachment
from workflows.answers.comments import comment_on_answer
from workflows.answers.draft_models import KeptDraft
from workflows.answers.margin import About
from workflows.answers.models import Answer
from workflows.assignments.models import Assignment
from workflows.core import clock
from workflows.core.access import visible
from workflows.core.actors import Actor, Counsellor, Requester, Role, Visitor
from workflows.core.clock import now
from workflows.excerpts.comments import comment_on_version
from workflows.excerpts.published_files import PublishedFile
from workflows.excerpts.report_models import ReaderReport
from workflows.notices.models import Letter
from workflows.requests.models import Question, Request
from workflows.sheets.models import Edition
from workflows.subscribers.tokens import token_of


@dataclass(frozen=True)
class Variant:
    """One value for one argument of an address, and who may see what it names."""

    label: str
    value: Any
    seen_by: Callable[[Actor], bool] = lambda actor: True


@dataclass(frozen=True)
class Person:
    """Somebody who tries: the account whose session the browser holds, and on which site it is worth something."""

    name: str
    home: str
    account: UUID | None
    actor: Actor
    ended: bool = False

    def on(self, site: str) -> Actor:
        """Who this is to a site: a stranger everywhere but at home, and at home when the session has ended."""
        return self.actor if site == self.home and not self.ended else Visitor()


@dataclass
class World:
    """One of everything that an address can name, and everybody who may try."""

    session: Session
    people: list[Person] = field(default_factory=list)
    variants: dict[str, list[Variant]] = field(default_factory=dict)
    queries: dict[str, str] = field(default_factory=dict)
    """What stands behind the question mark of an endpoint's address."""

    def row(self, label: str, model: Any, row: Any) -> Variant:
        def seen_by(actor: Actor) -> bool:
            return self.session.scalar(visible(actor, model).where(model.id == row.id)) is not None

        return Variant(label, row.id, seen_by)


def build_world(session: Session) -> World:
    """The scene of the matrix, committed."""
    work = submitted(session)
    request = make_request(session)
    received = make_question(session, request)
    triaged = make_question(session, request, state="triaged", number=2, points=("Is there a school?",))
    partner = session.get(PartnerOrganisation, work.assignment.partner_id)
    offered = make_assignment(session, partner, triaged, respond_by=clock.today() + timedelta(days=3))
    hidden = make_assignment(session, partner, triaged, state="drafted", partner_id=None)
    colleague = session.get(StaffAccount, make_staff(session, Role.MANAGER).id)
    member = session.get(ResearcherAccount, make_researcher(session, partner).id)
    counsellor = make_counsellor(session)
    world = World(session)
    _add_people(world, work, request, counsellor)
    world.variants |= {
        "reply_id": [Variant("of nobody", UUID(int=0))],
        "question_id": [world.row("received", Question, received), world.row("triaged", Question, triaged)],
        "assignment_id": [world.row("offered", Assignment, offered), world.row("in work", Assignment, work.assignment),
                          world.row("drafted", Assignment, hidden)],
        "answer_id": [world.row("submitted", Answer, work.answer)],
        "source_id": [Variant("its source", work.source.id)],
        "contact_id": [Variant("its contact", work.contact.id)],
        "letter_id": [world.row("given up", Letter, make_letter(session, request))],
        "kind": [Variant("of the desk", "staff")],
        "account_id": [world.row("a colleague", StaffAccount, colleague)],
        "one_account.appoint.account_id": [world.row("a researcher", ResearcherAccount, member)],
        "colleague_id": [world.row("of the organisation", ResearcherAccount, member)],
    }  # fmt: skip
    _add_beside(world, work)
    world.queries |= dict.fromkeys(
        ("offers.offer", "offers.offer_to_another", "offers.ask_as_well"), f"?partner={partner.id}"
    )
    world.queries["question_merging.choose"] = f"?question={triaged.id}"
    world.queries |= dict.fromkeys(("sheets.show_preview", "sheets.compare"), "?language=fr")
    _add_partner(world, partner)
    _add_case(world, counsellor)
    _add_texts(world)
    _add_subscriber(world)
    session.commit()
    return world


def _add_partner(world: World, partner: PartnerOrganisation) -> None:
    today = clock.today()
    absence = make_absence(world.session, partner, today, today)
    world.variants |= {
        "partner_id": [world.row("a partner", PartnerOrganisation, partner)],
        "absence_id": [world.row("an absence", PartnerAbsence, absence)],
    }


def _add_case(world: World, counsellor: Counsellor) -> None:
    session = world.session
    case = make_request(session, counsellor_id=counsellor.id, label="B.M.", contact=None)
    asked = make_question(session, case)
    account = session.get(CounsellorAccount, counsellor.id)
    world.variants |= {
        "request_id": [world.row("a case", Request, case)],
        "caseload.question_id": [world.row("of the case", Question, asked)],
        "counsellor_id": [world.row("a counsellor", CounsellorAccount, account)],
    }


def _add_beside(world: World, work: Submitted) -> None:
    """What hangs on an answer, and what readers reported."""
    session, sent, not_sent = world.session, {"state": "clean", "sent_in": 1}, {"number": 2}
    for argument, given in (("attachment_id", sent), ("files.remove.attachment_id", not_sent)):
        row = make_attachment(session, work.answer, **given)
        world.variants[argument] = [world.row("a file", Attachment, row)]
    world.variants["files.remove.assignment_id"] = [world.row("its work", Assignment, work.assignment)]
    kept = make_kept_draft(session, work.answer)
    world.variants["draft_id"] = [world.row("a draft", KeptDraft, kept)]
    for page in ("show", "take"):
        world.variants[f"drafts.{page}.assignment_id"] = [world.row("its work", Assignment, work.assignment)]
    for deed in ("reply", "settle"):
        note = comment_on_answer(session, work.editor, work.answer.id, About("Q1"), "Which?", now(), for_partner=False)
        world.variants[f"review_comments.{deed}.note_id"] = [Variant("its comment", note.id)]
    report = ReaderReport(ref=make_published(session), number=1, reason="wrong", state="received", at=now())
    session.add(report)
    session.flush()
    world.variants["report_id"] = [world.row("a reader's", ReaderReport, report)]


def _add_people(world: World, work: Submitted, request: Request, counsellor: Counsellor) -> None:
    session = world.session
    partner = session.get(PartnerOrganisation, work.assignment.partner_id)
    keeper = make_researcher(session, partner, keeps_accounts=True)
    away, other = make_researcher(session, partner), make_researcher(session, make_partner(session))
    staff = {role: make_staff(session, role) for role in Role}
    another, gone = make_counsellor(session), make_counsellor(session, active=False)
    left, expired = make_staff(session, Role.OFFICER), make_staff(session, Role.OFFICER)
    session.get(ResearcherAccount, away.id).active = False
    session.get(StaffAccount, left.id).active = False
    stranger = make_request(session)
    world.people += [
        Person("visitor", "public", None, Visitor()),
        Person("requester", "public", request.id, Requester(request.id)),
        Person("another requester", "public", stranger.id, Requester(stranger.id)),
        Person("researcher", "portal", work.researcher.id, work.researcher),
        Person("researcher who keeps accounts", "portal", keeper.id, keeper),
        Person("another researcher", "portal", other.id, other),
        Person("suspended researcher", "portal", away.id, Visitor()),
        Person("counsellor", "caseload", counsellor.id, counsellor),
        Person("another counsellor", "caseload", another.id, another),
        Person("counsellor who left", "caseload", gone.id, Visitor()),
        *(Person(str(role), "desk", actor.id, actor) for role, actor in staff.items()),
        Person("officer who left", "desk", left.id, Visitor()),
        Person("officer whose session expired", "desk", expired.id, expired, ended=True),
    ]


def _file(session: Session, ref: str) -> str:
    """The name of a file that readers may take with this text."""
    row = PublishedFile(ref=ref, number=1, name="photo-1.jpg", attachment_id=uuid4(), media="image/jpeg", data=b"jpeg")
    session.add(row)
    return row.name


def _add_subscriber(world: World) -> None:
    token = token_of(make_subscriber(world.session, GUINEA).id)
    known = [Variant("a subscriber's", token), Variant("of nobody", "x" * 43, lambda actor: False)]
    world.variants |= {f"alerts.{page}.token": known for page in ("show", "change", "confirm_stop")}
    world.variants["alerts.stop.token"] = [Variant("of nobody", "x" * 43)]  # it says the same of what never was


def _add_texts(world: World) -> None:
    session = world.session
    writer, approver = make_staff(session, Role.EDITOR), make_staff(session, Role.EDITOR)
    ref = make_text(session, "HEA", versions=2)
    make_sheet(session, writer, approver, {"HEA": [ref]})
    under_work = make_draft(session, writer, {"HEA": [ref]})
    draft = drafted(session, writer, recent(), now=now())
    excerpt = published(session, recent(), now=now())
    note = comment_on_version(session, writer, draft.id, About("body"), "Since when?", now())
    session.flush()
    draft_ref = session.scalar(text("select ref from excerpt where id = :id"), {"id": draft.excerpt_id})
    world.variants |= {
        "public.ref": [Variant("published", ref), Variant("a draft", draft_ref, lambda actor: False)],
        "desk.ref": [Variant("published", excerpt.ref), Variant("a draft", draft_ref)],
        "excerpt_comments.reply.note_id": [Variant("its comment", note.id)],
        "excerpt_comments.settle.note_id": [Variant("its comment", note.id)],
        "desk.edition_id": [world.row("under work", Edition, under_work)],
        "iso3": [Variant("a country", "COD")],
        "topic": [Variant("a group", "HEA")],
        "number": [Variant("the first", 1)],
        "older": [Variant("the first", 1)],
        "newer": [Variant("the second", 2)],
        "lang": [Variant("French", "fr")],
        "feeds.atom.code": [Variant("a country", "COD")],
        "feeds.json.code": [Variant("a topic", "HEA-medicines")],
        "dumps.file.name": [
            Variant("all texts", "excerpts.jsonl"),
            Variant("of no dump", "nothing.csv", lambda actor: False),
        ],
        "excerpt_files.take.name": [
            Variant("a photo", _file(session, ref)),
            Variant("of no file", "photo-9.jpg", lambda actor: False),
        ],
        "entry.speak.code": [Variant("French", "fr")],
        "token": [Variant("unknown", "x" * 43, lambda actor: False)],
        "handle": [Variant("of nobody", "0" * 32, lambda actor: False)],
        "filename": [Variant("the stylesheet", "kit/terrain.css")],
    }
