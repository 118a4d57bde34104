"""The list of partner organisations."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.factories import make_absence, make_assignment, make_partner, make_staff
from workflows.accounts.models import PartnerAbsence
from workflows.core import clock
from workflows.core.actors import Role


def test_it_says_where_they_work_in_which_languages_and_with_how_much_in_hand(desk, scene, officer) -> None:
    partner = make_partner(scene, "COD", "CMR", name="Relais", languages=["fr", "ln"])
    make_assignment(scene, partner)
    make_assignment(scene, partner, state="accepted")
    make_assignment(scene, partner, state="completed")
    make_partner(scene, "GIN", name="Absent", away_until=clock.today() + timedelta(days=5))
    make_partner(scene, "GIN", name="Fermé", active=False)
    scene.commit()
    page = desk.get("/desk/partners").text
    assert re.findall(r"<b><a[^>]*>(\w+)</a></b></td>", page) == ["Absent", "Fermé", "Relais"]
    assert "DR Congo, Cameroon" in page
    assert "French, Lingala" in page
    assert '<span class="told">In hand</span> 2</td>' in page
    assert "Takes no work" in page


def test_it_can_be_narrowed_to_a_country(desk, scene, officer) -> None:
    make_partner(scene, "COD", name="Ici")
    make_partner(scene, "GIN", name="Ailleurs")
    scene.commit()
    assert re.findall(r"<b><a[^>]*>(\w+)</a></b></td>", desk.get("/desk/partners?country=GIN").text) == ["Ailleurs"]
    assert "No partner works there yet" in desk.get("/desk/partners?country=ZZZ").text
    assert desk.get("/desk/partners?country=%00&after=%00~x").status_code == 200


def test_it_is_paged_without_losing_or_repeating_a_row(desk, scene, officer) -> None:
    for number in range(120):
        make_partner(scene, name=f"N~{number}")
    scene.commit()
    address, seen = "/desk/partners", []
    while address:
        page = desk.get(address).text
        seen += re.findall(r">N~(\d+)</a></b>", page)
        more = re.search(r'rel="next" href="([^"]+)"', page)
        address = more[1].replace("&amp;", "&") if more else None
    assert len(seen) == len(set(seen)) == 120


@pytest.mark.parametrize("rows", [3, 300])
def test_it_asks_the_database_little(desk, scene, officer, rows) -> None:
    for _number in range(rows):
        make_partner(scene)
    scene.commit()
    with desk.statements() as seen:
        desk.get("/desk/partners")
    assert len(seen) == 4


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.OFFICER, 200), (Role.MANAGER, 200), (Role.ADMINISTRATOR, 200), (Role.EDITOR, 403)],
)
def test_who_may_look(desk, scene, role, status) -> None:
    desk.sign_in(make_staff(scene, role).id)
    scene.commit()
    assert desk.get("/desk/partners").status_code == status


def typed(first, last) -> dict:
    boxes = lambda day: [str(day.day), str(day.month), str(day.year)]  # noqa: E731
    return {"first_day": boxes(first), "last_day": boxes(last)}


def test_a_partner_has_a_page_on_which_the_desk_keeps_its_days_away(desk, scene, officer) -> None:
    partner, today = make_partner(scene, "COD", name="Relais"), clock.today()
    scene.commit()
    address = f"/desk/partners/{partner.id}"
    assert "No absence is planned" in desk.get(address).text
    soon = today + timedelta(days=5), today + timedelta(days=9)
    assert desk.post(f"{address}/absences", typed(soon[1], soon[0])).status_code == 422
    assert desk.post(f"{address}/absences", typed(*soon)).location == address
    row = scene.scalars(select(PartnerAbsence)).one()
    assert (row.first_day, row.last_day) == soon
    assert "away from" in desk.get("/desk/partners").text
    late = desk.post(f"/desk/partners/absences/{row.id}", {"version": "0", **typed(today, today)})
    assert (late.status_code, "Change days away" in late.text) == (409, True)
    assert desk.post(f"/desk/partners/absences/{row.id}", {"version": "1", **typed(today, today)}).status_code == 303
    assert "Away now" in desk.get(address).text
    asked = f"/desk/partners/absences/{row.id}/remove"
    assert f'href="{asked}"' in desk.get(address).text
    page = desk.get(asked).text
    assert "Remove these days away?" in page
    assert (f'datetime="{today}"' in page, 'name="version" value="2"' in page) == (True, True)
    assert desk.post(asked, {"version": "2"}).location == address
    scene.rollback()
    assert scene.scalars(select(PartnerAbsence)).all() == []


@pytest.mark.parametrize("rows", [3, 300])
def test_the_page_of_a_partner_asks_the_database_little(desk, scene, officer, rows) -> None:
    partner = make_partner(scene)
    for number in range(rows):
        day = clock.today() - timedelta(days=3 * number)
        make_absence(scene, partner, day, day)
    scene.commit()
    with desk.statements() as seen:
        assert desk.get(f"/desk/partners/{partner.id}").status_code == 200
    assert len(seen) == 5
