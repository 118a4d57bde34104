"""A list that is read on leads back to its first page, with what was asked for; the first page does not."""

import pytest
from lxml import html
from sqlalchemy.orm import Session

from config import policy
from tests.factories import make_partner, make_staff
from tests.published import make_published
from tests.sites import Browser
from workflows.core.actors import Role

FIRST, MORE = "Back to the first page", "More"


def link(page: str, words: str) -> str | None:
    found = [one for one in html.fromstring(page).iter("a") if one.text_content().strip() == words]
    return found[0].get("href") if found else None


def test_results_lead_back_with_their_filters_and_cost_nothing_more(public: Browser, scene: Session) -> None:
    for _ in range(policy.PAGE_SIZE_PUBLIC * 2 + 1):
        make_published(scene)
    scene.commit()
    address = "/en/search?q=insuline&country=COD&topic=HEA&topic=HEA-medicines"
    first = public.get(address).text
    assert link(first, FIRST) is None
    second = public.get(link(first, MORE)).text
    with public.statements() as seen:
        third = public.get(link(second, MORE)).text
    assert public.get(link(third, FIRST)).text.count('<article class="hit') == policy.PAGE_SIZE_PUBLIC
    assert link(second, FIRST) == link(third, FIRST) == address
    assert link(third, MORE) is None
    with public.statements() as before:
        public.get(link(second, MORE).replace("insuline", "Insuline"))
    assert len(seen) == len(before)


@pytest.mark.parametrize("query", ["", "?country=COD&endpoint=x&_external=1"])
def test_a_list_of_the_desk_does_so_too(desk: Browser, scene: Session, query: str) -> None:
    manager = make_staff(scene, Role.MANAGER)
    for number in range(policy.PAGE_SIZE_DESK + 1):
        make_partner(scene, name=f"Partner {number:03}")
    scene.commit()
    desk.sign_in(manager.id)
    first = desk.get(f"/desk/partners{query}").text
    assert link(first, FIRST) is None
    after = f"{'&' if query else '?'}after=Partner%20010~x"
    assert link(desk.get(f"/desk/partners{query}{after}").text, FIRST) == f"/desk/partners{query}"
