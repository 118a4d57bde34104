"""The accounts page: administrators invite, invite again and shut; nobody else sees it."""

import re
from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from tests.factories import make_partner, make_researcher, make_staff
from tests.sites import Browser
from workflows.core.actors import Role

SOMEBODY = {"staff-name": "Lena", "staff-login": "lena", "staff-language": "nl", "staff-timezone": "Europe/Brussels",
            "staff-email": "", "staff-roles": ["editor"]}  # fmt: skip


def test_each_role_begins_where_its_work_is(desk: Browser, scene: Session) -> None:
    begins = {Role.OFFICER: "/desk/questions", Role.EDITOR: "/desk/reviews", Role.MANAGER: "/desk/assignments",
              Role.ADMINISTRATOR: "/desk/accounts"}  # fmt: skip
    for role, path in begins.items():
        person = make_staff(scene, role)
        scene.commit()
        assert desk.sign_in(person.id).get("/desk/").headers["Location"] == path


@pytest.mark.parametrize("role", [Role.OFFICER, Role.EDITOR, Role.MANAGER])
def test_only_administrators_see_accounts(desk: Browser, scene: Session, role: Role) -> None:
    person = make_staff(scene, role)
    scene.commit()
    assert desk.sign_in(person.id).get("/desk/accounts").status_code == 403


def test_an_invitation_shows_a_link_that_opens_once(administrator: Browser) -> None:
    page = administrator.post("/desk/accounts/staff", SOMEBODY)
    token = re.search(r"/invite/([\w-]+)", page.text)[1]
    assert page.status_code == 200
    assert administrator.get(f"/invite/{token}").status_code == 200
    assert "Lena" in administrator.get("/desk/accounts").text


def test_until_when_a_link_works_is_said_in_the_time_of_whoever_gets_it(
    administrator: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = datetime(2026, 3, 10, 22, 30, tzinfo=UTC)
    for module in ("accounts", "one_account"):
        monkeypatch.setattr(f"webapp.desk.{module}.now", lambda: moment)
    made = administrator.post("/desk/accounts/staff", SOMEBODY | {"staff-timezone": "Africa/Kinshasa"}).text
    assert "It works until 13 Mar 2026, 23:30. Times are those of Kinshasa." in made
    [account] = re.findall(r'href="(/desk/accounts/staff/[^"]+)">Lena<', administrator.get("/desk/accounts").text)
    again = administrator.post(f"{account}/invite").text
    assert "It works until 13 Mar 2026, 23:30. Times are those of Kinshasa." in again


def somebody(scene: Session, kind: str) -> dict[str, str]:
    """What is typed into one of the three forms."""
    fields = {"name": "Lena", "login": "lena", "language": "fr", "timezone": "Europe/Brussels", "email": ""}
    own = {"staff": {"roles": "editor"}, "researcher": {"partner": str(make_partner(scene).id)},
           "counsellor": {"organisation": "House"}}  # fmt: skip
    scene.commit()
    return {f"{kind}-{name}": value for name, value in (fields | own[kind]).items()}


@pytest.mark.parametrize("kind", ["staff", "researcher", "counsellor"])
def test_all_that_is_wrong_with_an_invitation_is_said_in_one_round(
    administrator: Browser, scene: Session, kind: str
) -> None:
    path, typed = f"/desk/accounts/{kind}s".replace("staffs", "staff"), somebody(scene, kind)
    assert administrator.post(path, typed).status_code == 200
    wrong = {f"{kind}-login": " LENA ", f"{kind}-email": "x@@y", f"{kind}-timezone": "Nowhere"}
    page = administrator.post(path, typed | wrong)
    assert page.status_code == 422
    for said in (
        "Somebody else has this user name already.",
        "Please write one e-mail address",
        "Choose a time zone that exists",
    ):
        assert said in page.text
    assert 'value="x@@y"' in page.text


@pytest.mark.parametrize("email", ["x@@y", "x@y", "a b@c.example", "lena@desk..example", "@desk.example"])
def test_nobody_is_invited_with_an_address_that_no_letter_reaches(administrator: Browser, email: str) -> None:
    page = administrator.post("/desk/accounts/staff", SOMEBODY | {"staff-email": email})
    assert page.status_code == 422
    assert "Please write one e-mail address, or leave this empty." in page.text
    assert "/invite/" not in page.text


def test_a_wrong_invitation_keeps_what_was_typed_and_says_what_to_mend(administrator: Browser) -> None:
    assert opened(administrator.get("/desk/accounts").text) == []
    page = administrator.post("/desk/accounts/staff", SOMEBODY | {"staff-name": "", "staff-roles": []})
    assert page.status_code == 422
    assert "Please write a name" in page.text
    assert 'value="lena"' in page.text
    assert opened(page.text) == ["invite-a-staff"], "what is to be mended is not folded away"


def opened(page: str) -> list[str]:
    """Which forms are unfolded."""
    return re.findall(r'<details [^>]*id="(invite-[\w-]+)"[^>]* open', page)


def test_a_researcher_is_invited_to_the_portal(administrator: Browser, scene: Session) -> None:
    partner = make_partner(scene)
    scene.commit()
    typed = {name.replace("staff", "researcher"): value for name, value in SOMEBODY.items() if "roles" not in name}
    page = administrator.post("/desk/accounts/researchers", typed | {"researcher-partner": str(partner.id)})
    assert page.status_code == 200
    assert f"{administrator.site.portal_url}/invite/" in page.text


def test_a_shut_account_is_out_at_once(administrator: Browser, desk_app, house, scene: Session) -> None:
    officer = make_staff(scene)
    scene.commit()
    theirs = Browser(desk_app, house).sign_in(officer.id)
    assert theirs.get("/desk/questions").status_code == 200
    administrator.post(f"/desk/accounts/staff/{officer.id}/shut")
    assert theirs.get("/desk/questions").status_code == 303


def test_nobody_shuts_their_own_account(administrator: Browser) -> None:
    administrator.post(f"/desk/accounts/staff/{administrator.me.id}/shut")
    assert administrator.get("/desk/accounts").status_code == 200


@pytest.mark.parametrize("size", [3, 300])
def test_the_page_has_a_budget_of_statements(administrator: Browser, scene: Session, size: int) -> None:
    partner = make_partner(scene)
    for _ in range(size):
        make_researcher(scene, partner)
    scene.commit()
    with administrator.statements() as seen:
        assert administrator.get("/desk/accounts").status_code == 200
    assert len(seen) <= 7, seen


def test_a_time_zone_that_does_not_exist_is_refused(administrator: Browser) -> None:
    page = administrator.post("/desk/accounts/staff", SOMEBODY | {"staff-timezone": "Mars/Base"})
    assert page.status_code == 422
    assert "Choose a time zone that exists" in page.text


def test_the_desks_bare_address_leads_to_the_log_in(desk: Browser) -> None:
    assert desk.get("/").headers["Location"].startswith("/login")


def test_an_administrator_says_who_keeps_an_organisations_accounts(administrator: Browser, scene: Session) -> None:
    researcher = make_researcher(scene)
    scene.commit()
    path = f"/desk/accounts/researcher/{researcher.id}/keeper"
    assert "keeps the accounts" not in administrator.get("/desk/accounts").text
    for keeps in ("yes", "no"):
        assert administrator.post(path, {"keeps": keeps}).status_code == 303
        assert ("keeps the accounts" in administrator.get("/desk/accounts").text) is (keeps == "yes")
