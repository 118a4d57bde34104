"""The list of partner organisations."""

import re
from datetime import timedelta

import pytest

from tests.factories import make_assignment, make_partner, make_staff
from workflows.core import clock
from workflows.core.actors import Role


def test_it_says_where_they_work_in_which_languages_and_with_how_much_in_hand(desk, scene, officer) -> None:
    partner = make_partner(scene, "COD", "CMR", name="Relais", languages=["fr", "ln"])
    make_assignment(scene, partner)
    make_assignment(scene, partner, state="accepted")
    make_assignment(scene, partner, state="completed")
    make_partner(scene, "GIN", name="Absent", away_until=clock.now().date() + timedelta(days=5))
    make_partner(scene, "GIN", name="Fermé", active=False)
    scene.commit()
    page = desk.get("/desk/partners").text
    assert re.findall(r"<b>(\w+)</b></td>", page) == ["Absent", "Fermé", "Relais"]
    assert "DR Congo, Cameroon" in page
    assert "French, Lingala" in page
    assert '<span class="told">In hand</span> 2</td>' in page
    assert "Takes no work" in page


def test_it_can_be_narrowed_to_a_country(desk, scene, officer) -> None:
    make_partner(scene, "COD", name="Ici")
    make_partner(scene, "GIN", name="Ailleurs")
    scene.commit()
    assert re.findall(r"<b>(\w+)</b></td>", desk.get("/desk/partners?country=GIN").text) == ["Ailleurs"]
    assert "No partner works there yet" in desk.get("/desk/partners?country=ZZZ").text
    assert desk.get("/desk/partners?country=%00&after=%00~x").status_code == 200


def test_it_is_paged_without_losing_or_repeating_a_row(desk, scene, officer) -> None:
    for number in range(120):
        make_partner(scene, name=f"N~{number}")
    scene.commit()
    address, seen = "/desk/partners", []
    while address:
        page = desk.get(address).text
        seen += re.findall(r"<b>N~(\d+)</b>", page)
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
