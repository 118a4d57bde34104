"""Partner organisations are added and changed by administrators, also by two of them at once."""

import re
from collections.abc import Iterator
from threading import Thread
from time import monotonic, sleep
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from tests.factories import make_partner, make_researcher, make_staff
from tests.sites import Browser
from workflows.accounts.models import PartnerOrganisation
from workflows.core.actors import Role
from workflows.core.events import Event

RELAY: dict[str, Any] = {
    "name": "  Relais   Baobab ",
    "countries": ["SEN"],
    "language": "fr",
    "others": ["en", "fr"],
    "timezone": "",
    "calendar": "",
    "active": "y",
}


@pytest.fixture
def administrator(desk: Browser, scene: Session) -> Browser:
    person = make_staff(scene, Role.ADMINISTRATOR)
    scene.commit()
    return desk.sign_in(person.id)


def row(scene: Session, name: str = "Relais Baobab") -> PartnerOrganisation:
    scene.expire_all()
    return scene.scalars(select(PartnerOrganisation).where(PartnerOrganisation.name == name)).one()


def test_a_partner_is_added_with_the_time_and_the_holidays_of_its_country(
    administrator: Browser, scene: Session
) -> None:
    answer = administrator.post("/desk/partners/new", RELAY)
    made = row(scene)
    assert answer.headers["Location"] == f"/desk/partners/{made.id}"
    assert (made.countries, made.languages, made.active) == (["SEN"], ["fr", "en"], True)
    assert (made.timezone, made.calendar) == ("Africa/Dakar", "SN")
    assert scene.scalar(select(Event.kind).where(Event.object_id == made.id)) == "partner.add"
    invited = administrator.get("/desk/accounts").text
    assert f'value="{made.id}"' in invited


def test_the_page_of_a_new_partner_leads_to_the_invitation_of_its_first_researcher(
    administrator: Browser, scene: Session
) -> None:
    page = administrator.post("/desk/partners/new", RELAY, follow_redirects=True).text
    address, _, anchor = link_named("Invite the first researcher", page).partition("#")
    form = administrator.get(address).text
    assert f'id="{anchor}" open' in form
    chosen = re.findall(r'<option[^>]* selected[^>]*value="([^"]+)"', form.partition(f'id="{anchor}"')[2])
    assert chosen[:2] == ["fr", str(row(scene).id)]
    assert 'value="Africa/Dakar"' in form
    make_researcher(scene, row(scene))
    scene.commit()
    page = administrator.get(f"/desk/partners/{row(scene).id}").text
    assert "Invite the first researcher" not in page
    assert link_named("Invite a researcher", page) == f"{address}#{anchor}"


def test_a_partner_that_takes_no_work_leads_to_no_invitation(administrator: Browser, scene: Session) -> None:
    partner = make_partner(scene, read=False, active=False)
    scene.commit()
    assert "Invite" not in administrator.get(f"/desk/partners/{partner.id}").text


def test_an_invitation_for_a_partner_that_is_none_is_not_found(administrator: Browser) -> None:
    assert administrator.get(f"/desk/accounts?partner={uuid4()}").status_code == 404
    assert administrator.get("/desk/accounts?partner=nobody").status_code == 200


def link_named(words: str, page: str) -> str:
    """The address behind a link of these words."""
    return next(
        address for address, said in re.findall(r'<a [^>]*href="([^"]+)"[^>]*>(.*?)</a>', page) if words in said
    )


def test_what_is_missing_is_said_beside_its_field_and_everything_typed_stays(administrator: Browser) -> None:
    page = administrator.post("/desk/partners/new", {"name": "", "timezone": "Mars/Base", "others": ["en"]})
    assert page.status_code == 422
    for said in ("Please write a name", "Choose at least one country", "Choose the language they prefer"):
        assert page.text.count(said) == 2, said
    assert 'value="Mars/Base"' in page.text


def test_countries_that_differ_need_a_time_zone_and_a_calendar(administrator: Browser, scene: Session) -> None:
    several = RELAY | {"countries": ["SEN", "COD"]}
    page = administrator.post("/desk/partners/new", several)
    assert page.status_code == 422
    assert "These countries have several time zones" in page.text
    assert "Choose whose public holidays it keeps" in page.text
    assert (
        administrator.post(
            "/desk/partners/new", several | {"timezone": "Africa/Kinshasa", "calendar": "CD"}
        ).status_code
        == 303
    )
    assert (row(scene).timezone, row(scene).calendar) == ("Africa/Kinshasa", "CD")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"timezone": "Mars/Base"}, "Choose a time zone that exists"),
        ({"calendar": "QQ"}, "Choose whose public holidays it keeps"),
        ({"countries": ["SEN", "QQQ"]}, "Choose at least one country"),
        ({"language": "xx"}, "Choose the language they prefer"),
        ({"name": "n" * 121}, "Please write a name"),
        ({"name": "HARBOUR  house"}, "There is a partner of this name already"),
        ({"name": " Maison\tde l’été "}, "There is a partner of this name already"),
    ],
)
def test_what_cannot_be_is_refused(administrator: Browser, scene: Session, typed: dict[str, Any], said: str) -> None:
    make_partner(scene, name="Harbour House")
    make_partner(scene, name="MAISON  DE L’ÉTÉ")
    scene.commit()
    page = administrator.post("/desk/partners/new", RELAY | typed)
    assert page.status_code == 422
    assert said in page.text


@pytest.mark.parametrize("page", ["new", "change"])
def test_of_two_administrators_who_give_one_name_at_once_the_second_is_told_at_the_field(
    administrator: Browser, scene: Session, page: str
) -> None:
    path, typed = "/desk/partners/new", RELAY | {"timezone": "Africa/Lome"}
    if page == "change":
        own = make_partner(scene, "SEN", name="Our own name")
        path, typed = f"/desk/partners/{own.id}/change", typed | {"version": "1"}
        scene.commit()
    administrator.get(path)
    make_partner(scene, "COD", name="relais BAOBAB")
    answers: list[Any] = []
    second = Thread(target=lambda: answers.append(administrator.post(path, typed)))
    second.start()
    _wait_until_somebody_waits(scene)
    assert answers == []
    scene.commit()
    second.join(20)
    [refused] = answers
    assert refused.status_code == 422
    assert refused.text.count("There is a partner of this name already") == 2, "above the form and at the field"
    for kept in ('value="  Relais   Baobab "', 'value="Africa/Lome"'):
        assert kept in refused.text, kept
    assert re.findall(r'<input[^>]*\bchecked\b[^>]*value="(SEN|en)"', refused.text) == ["SEN", "en"]
    scene.expire_all()
    names = set(scene.scalars(select(PartnerOrganisation.name)))
    assert names == {"relais BAOBAB"} | ({"Our own name"} if page == "change" else set())


def _wait_until_somebody_waits(session: Session) -> None:
    end = monotonic() + 20
    here = "select pid from pg_stat_activity where datname = current_database()"
    while monotonic() < end and not session.scalar(
        text(f"select count(*) from pg_locks where not granted and pid in ({here})")
    ):
        sleep(0.02)


def test_a_partner_that_takes_no_new_work_is_offered_none(administrator: Browser, scene: Session) -> None:
    partner = make_partner(scene, "SEN", name="Relais Baobab", read=False)
    scene.commit()
    form = administrator.get(f"/desk/partners/{partner.id}/change").text
    assert 'value="Relais Baobab"' in form
    typed = {name: value for name, value in RELAY.items() if name != "active"} | {"version": "1"}
    assert administrator.post(f"/desk/partners/{partner.id}/change", typed).status_code == 303
    assert not row(scene).active
    assert "Relais Baobab" not in administrator.get("/desk/accounts").text


def test_of_two_administrators_one_wins_and_the_other_sees_both(administrator: Browser, scene: Session) -> None:
    partner = make_partner(scene, "SEN", name="Relais Baobab")
    scene.commit()
    path = f"/desk/partners/{partner.id}/change"
    assert administrator.post(path, RELAY | {"name": "Relais Un", "version": "1"}).status_code == 303
    late = administrator.post(path, RELAY | {"name": "Relais Deux", "version": "1"})
    assert late.status_code == 409
    assert "Relais Un" in late.text
    assert 'value="Relais Deux"' in late.text
    assert row(scene, "Relais Un").version == 2
    assert administrator.post(path, RELAY | {"name": "Relais Deux", "version": "2"}).status_code == 303


@pytest.fixture
def senegal_asleep(scene: Session) -> Iterator[None]:
    """Nobody is asked about it any more, in this test: no cleaning touches the vocabulary."""
    from workflows.vocabulary.models import Country

    country = scene.get_one(Country, "SEN")
    country.active = False
    scene.commit()
    yield
    scene.rollback()
    country.active = True
    scene.commit()


@pytest.mark.usefixtures("senegal_asleep")
def test_a_country_that_nobody_asks_about_any_more_may_stay(administrator: Browser, scene: Session) -> None:
    partner = make_partner(scene, "SEN", name="Relais Baobab")
    scene.commit()
    path = f"/desk/partners/{partner.id}/change"
    assert administrator.post(path, RELAY | {"version": "1"}).status_code == 303
    assert administrator.post("/desk/partners/new", RELAY | {"name": "Another"}).status_code == 422


@pytest.mark.parametrize("role", [Role.OFFICER, Role.EDITOR, Role.MANAGER])
def test_nobody_else_adds_or_changes_one(desk: Browser, scene: Session, role: Role) -> None:
    person, partner = make_staff(scene, role), make_partner(scene)
    scene.commit()
    desk.sign_in(person.id)
    for path in ("/desk/partners/new", f"/desk/partners/{partner.id}/change"):
        assert desk.get(path).status_code == 403
        assert desk.post(path, RELAY).status_code == 403
    if role is not Role.EDITOR:
        assert "/desk/partners/new" not in desk.get("/desk/partners").text
