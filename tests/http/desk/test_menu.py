"""The desk's menu leads to every page that opens for whoever looks, and to no other."""

import re

import pytest

from tests.factories import make_staff
from workflows.core.actors import Role


def menu_of(desk, person) -> set[str]:
    """Where the menu leads, on a page that anybody with an account may open."""
    desk.sign_in(person.id)
    page = desk.get("/desk/account").text
    bar = page[page.index("<nav ") : page.index("</nav>")]
    return set(re.findall(r'href="([^"]+)"', bar))


@pytest.mark.parametrize("role", list(Role))
def test_the_menu_of_a_role_is_what_opens_for_it(desk, scene, role: Role) -> None:
    all_round, person = make_staff(scene, *Role), make_staff(scene, role)
    scene.commit()
    everything, mine = menu_of(desk, all_round), menu_of(desk, person)
    assert mine == {address for address in everything if desk.get(address).status_code == 200}
    assert mine < everything


def test_a_manager_finds_the_partners_in_the_menu(desk, scene) -> None:
    manager = make_staff(scene, Role.MANAGER)
    scene.commit()
    assert "/desk/partners" in menu_of(desk, manager)


@pytest.mark.parametrize(
    ("page", "entry"),
    [
        ("/desk/partners/new", "/desk/partners"),
        ("/desk/questions/own", "/desk/questions"),
        ("/desk/accounts", "/desk/accounts"),
        ("/desk/account", None),
    ],
)
def test_the_menu_says_under_which_entry_a_page_lies(desk, scene, page: str, entry: str | None) -> None:
    person = make_staff(scene, Role.ADMINISTRATOR, Role.OFFICER)
    scene.commit()
    text = desk.sign_in(person.id).get(page).text
    bar = text[text.index("<nav ") : text.index("</nav>")]
    assert re.findall(r'href="([^"]+)"[^>]* aria-current="page"', bar) == ([entry] if entry else [])
