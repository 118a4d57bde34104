"""A question in triage, as the tests of the desk set it up, type into it and look at it."""

from datetime import timedelta

from sqlalchemy import select

from tests.factories import make_question, make_request
from workflows.core import clock
from workflows.core.calendars import HELPDESK
from workflows.core.events import Event
from workflows.requests.models import Point, Question

ORIGINAL = "Je m’appelle Zawadi Bahati, tél. 0470 12 34 56. Où acheter de l’insuline à Kinshasa ?"
POINT = "Où l’insuline est-elle vendue à Kinshasa ?"
TELLING = "Où Mme Béatrice Mabiala, tél. 0470 12 34 56, achète-t-elle de l’insuline ?"


def make(scene, **values) -> Question:
    now = clock.now()
    given = {"original": ORIGINAL, "received_at": now, "triage_by": HELPDESK.local_day(now) + timedelta(days=2)}
    given["promised_by"] = HELPDESK.local_day(now) + timedelta(days=20)
    row = make_question(scene, make_request(scene), **(given | values))
    scene.commit()
    return row


def stored(scene, question) -> Question:
    scene.expire_all()
    return scene.get(Question, question.id)


def typed(question, **values) -> dict:
    given = {
        "version": question.version,
        "country": "COD",
        "place": "Kinshasa",
        "topics": ["HEA-medicines"],
        "urgency": "normal",
        "points-0": POINT,
        "do": "save",
    }
    return given | values


def url(question, *more) -> str:
    return "/".join((f"/desk/questions/{question.id}", *more))


def kinds(scene, question) -> list[str]:
    return list(scene.scalars(select(Event.kind).where(Event.question_id == question.id).order_by(Event.at)))


def points(scene, question) -> list[str]:
    query = select(Point.text).where(Point.question_id == question.id).order_by(Point.position)
    return list(scene.scalars(query))
