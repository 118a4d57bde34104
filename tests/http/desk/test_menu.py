"""The desk's menu leads to every page that opens for whoever looks, and to no other."""

import re

import pytest

from tests.factories import make_letter, make_request, make_staff
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


def parts_of(text: str) -> tuple[list[str], list[str]]:
    """The entries that stand in the bar, and those that are folded under the last one."""
    bar = text[text.index("<nav ") : text.index("</nav>")]
    stand, _sheet, folded = bar.partition("<details")
    return re.findall(r'href="([^"]+)"', stand), re.findall(r'href="([^"]+)"', folded)


@pytest.mark.parametrize("role", list(Role))
def test_whoever_has_one_role_sees_every_entry(desk, scene, role: Role) -> None:
    person = make_staff(scene, role)
    scene.commit()
    stand, folded = parts_of(desk.sign_in(person.id).get("/desk/account").text)
    assert (2 <= len(stand) <= 6, folded) == (True, [])


def test_more_entries_than_one_line_holds_are_folded_but_never_the_page_one_is_on(desk, scene) -> None:
    person = make_staff(scene, *Role)
    scene.commit()
    desk.sign_in(person.id)
    stand, folded = parts_of(desk.get("/desk/account").text)
    assert (len(stand), "/desk/audit" in folded, len(stand) + len(folded)) == (5, True, 12)
    there, others = parts_of(desk.get("/desk/audit").text)
    assert there == [*stand[:-1], "/desk/audit"]
    assert set(others) == {*folded, stand[-1]} - {"/desk/audit"}


def test_what_waits_behind_folded_entries_is_counted_on_the_fold(desk, scene) -> None:
    person = make_staff(scene, *Role)
    make_letter(scene, make_request(scene))
    scene.commit()
    text = desk.sign_in(person.id).get("/desk/account").text
    assert re.search(r'<summary>More <span class="count">1</span></summary>', text)
