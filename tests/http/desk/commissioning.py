"""A commission as the tests of the desk set it up, type it and look at it."""

from datetime import timedelta

from tests.factories import make_assignment, make_partner
from workflows.assignments.models import Assignment
from workflows.core import clock

POINTS = ("L’insuline est-elle vendue à Kinshasa ?", "À quel prix ?")


def today():
    return clock.today()


def in_days(days) -> list[str]:
    day = today() + timedelta(days=days)
    return [str(day.day), str(day.month), str(day.year)]


def typed(**values) -> dict:
    given = {
        "language": "fr",
        "points-0": POINTS[0],
        "points-1": POINTS[1],
        "terms": "Trois pharmacies.",
        "effort": "1 jour",
        "respond_by": in_days(4),
        "submit_by": in_days(18),
    }
    return given | values


def assign(question, partner=None) -> str:
    address = f"/desk/questions/{question.id}/assign"
    return f"{address}?partner={partner.id}" if partner else address


def url(row, *more) -> str:
    return "/".join((f"/desk/assignments/{row.id}", *more))


def partner_in(scene, *countries, **values):
    row = make_partner(scene, *countries, **values)
    scene.commit()
    return row


def assignment(scene, question=None, partner=None, **values) -> Assignment:
    given = {"respond_by": today() + timedelta(days=3), "submit_by": today() + timedelta(days=9)}
    row = make_assignment(scene, partner, question, POINTS, **(given | values))
    scene.commit()
    return row


def stored(scene, row) -> Assignment:
    scene.expire_all()
    return scene.get(Assignment, row.id)
