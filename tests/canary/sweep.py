"""Reads everything that everybody can open: each person, each page of each site, with the ids of the rows there are."""

from collections.abc import Iterator, Mapping
from typing import Any

from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.factories import make_counsellor, make_request, make_researcher, make_staff
from tests.http.matrix import Person, Variant, World
from tests.http.routes import SAFE, Route, browser_of, routes
from tests.sites import Browser
from workflows.accounts.models import (
    CounsellorAccount,
    PartnerAbsence,
    PartnerOrganisation,
    ResearcherAccount,
    StaffAccount,
)
from workflows.answers.attachment_models import Attachment
from workflows.answers.draft_models import KeptDraft
from workflows.answers.models import Answer, Contact, Source
from workflows.assignments.models import Assignment
from workflows.core.actors import Role, Visitor
from workflows.excerpts.models import Excerpt
from workflows.excerpts.report_models import ReaderReport
from workflows.requests.models import Question, Request
from workflows.sheets.models import Edition

READ_ONLY_PRESSES = {"question_moves.contact", "reviews.identity", "reviews.reach"}


def everybody(session: Session) -> list[Person]:
    """Those of the journey and those who must learn nothing of it. Who they are to the domain is not asked here."""
    request = session.scalars(select(Request)).one()
    researcher = session.scalars(select(ResearcherAccount)).one()
    staff = session.scalars(select(StaffAccount).order_by(StaffAccount.name)).all()
    names = {"Edith": "editor", "Olga": "officer", "Sven": "second editor"}
    people = [
        ("visitor", "public", None),
        ("requester", "public", request.id),
        ("another requester", "public", make_request(session).id),
        ("researcher", "portal", researcher.id),
        ("another researcher", "portal", make_researcher(session).id),
        ("counsellor", "caseload", request.counsellor_id),
        ("another counsellor", "caseload", make_counsellor(session).id),
        *((names[one.name], "desk", one.id) for one in staff),
        *((str(role), "desk", make_staff(session, role).id) for role in (Role.MANAGER, Role.ADMINISTRATOR)),
    ]
    session.commit()
    return [Person(name, home, account, Visitor()) for name, home, account in people]


def rows_of(session: Session) -> dict[str, list[Variant]]:
    """Every id of every row that an address can name."""

    def ids(model: Any) -> list[Variant]:
        return [Variant("", one) for one in session.scalars(select(model.id))]

    refs = [Variant("", ref) for ref in session.scalars(select(Excerpt.ref))]
    staff = [Variant("", "staff")]
    return {
        "request_id": ids(Request), "counsellor_id": ids(CounsellorAccount), "question_id": ids(Question), "assignment_id": ids(Assignment), "answer_id": ids(Answer), "attachment_id": ids(Attachment), "draft_id": ids(KeptDraft), "report_id": ids(ReaderReport),
        "source_id": ids(Source), "contact_id": ids(Contact), "edition_id": ids(Edition), "account_id": ids(StaffAccount), "kind": staff, "partner_id": ids(PartnerOrganisation), "absence_id": ids(PartnerAbsence),
        "ref": refs, "iso3": [Variant("", "COD")], "topic": [Variant("", "HEA"), Variant("", "HEA-medicines")],
        "number": [Variant("", 1)], "older": [Variant("", 1)], "newer": [Variant("", 1)],
        "lang": [Variant("", "en")], "feeds.atom.code": [Variant("", "COD"), Variant("", "HEA")], "feeds.json.code": [Variant("", "COD"), Variant("", "HEA")],
        "entry.speak.code": [Variant("", "en")], "token": [Variant("", "x" * 43)],
        "filename": [Variant("", "kit/terrain.css")], "dumps.file.name": [Variant("", "excerpts.jsonl")],
        "excerpt_files.take.name": [Variant("", "document-1.pdf")],
    }  # fmt: skip


def everything_read(
    apps: Mapping[str, Flask], house: Engine, session: Session, people: list[Person]
) -> Iterator[tuple[str, str, Any]]:
    """(who, address, answer) of every page that anybody can open, refusals too."""
    world = World(session, people, rows_of(session))
    for app in apps.values():
        presses = [route for route in routes(app, "POST") if route.rule.endpoint in READ_ONLY_PRESSES]
        for route in routes(app, SAFE) + presses:
            for path, _ in route.addresses(world):
                for person in people:
                    if person.home == route.site:
                        yield person.name, path, _read(route, browser_of(route, person, house), path)


def _read(route: Route, browser: Browser, path: str) -> Any:
    if route.method == SAFE:
        separator = "&" if "?" in path else "?"
        return browser.get(f"{path}{separator}language=en", buffered=True)
    return browser.post(path, {"version": "1"})
