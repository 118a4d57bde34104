"""One account: an administrator corrects it, gives it other roles, and shuts it after being told what that does."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories import make_counsellor, make_researcher, make_staff
from tests.sites import Browser
from workflows.accounts.changing import Details
from workflows.accounts.models import CounsellorAccount, ResearcherAccount, StaffAccount
from workflows.core.actors import Role
from workflows.core.events import Event

Kinds = dict[str, Any]


def typed(account: Any, **changed: Any) -> dict[str, Any]:
    """The form of an account as its page gives it, with some fields typed anew."""
    stands = Details.of(account)
    values = {name: value or "" for name, value in stands.person.__dict__.items()}
    given = {"roles": [role.value for role in stands.roles], "organisation": stands.organisation}
    return values | given | {"version": str(stands.version)} | changed


def path_of(account: Any) -> str:
    kind = {StaffAccount: "staff", ResearcherAccount: "researcher", CounsellorAccount: "counsellor"}[type(account)]
    return f"/desk/accounts/{kind}/{account.id}"


def kinds_of_events(scene: Session, account: Any) -> set[str]:
    return set(scene.scalars(select(Event.kind).where(Event.object_id == account.id)))


def test_an_address_that_was_mistyped_is_corrected(administrator: Browser, scene: Session) -> None:
    person = scene.get_one(ResearcherAccount, make_researcher(scene).id)
    scene.commit()
    page = administrator.get(path_of(person))
    assert f'value="{person.email}"' in page.text
    answer = administrator.post(path_of(person), typed(person, email="right@partner.example.net", language="ru"))
    assert answer.status_code == 303
    scene.refresh(person)
    assert (person.email, person.language) == ("right@partner.example.net", "ru")
    assert kinds_of_events(scene, person) == {"researcher.change", "researcher.readdress"}


def test_another_role_holds_from_the_next_page_on(
    administrator: Browser, desk_app: Any, house: Any, scene: Session
) -> None:
    person = scene.get_one(StaffAccount, make_staff(scene, Role.OFFICER).id)
    scene.commit()
    theirs = Browser(desk_app, house).sign_in(person.id)
    assert theirs.get("/desk/reviews").status_code == 403
    assert administrator.post(path_of(person), typed(person, roles=["editor"])).status_code == 303
    assert theirs.get("/desk/reviews").status_code == 200
    assert theirs.get("/desk/questions").status_code == 403
    assert kinds_of_events(scene, person) == {"staff.change_roles"}


def test_nothing_changed_leaves_no_event(administrator: Browser, scene: Session) -> None:
    person = scene.get_one(StaffAccount, make_staff(scene).id)
    scene.commit()
    assert administrator.post(path_of(person), typed(person)).status_code == 303
    assert kinds_of_events(scene, person) == set()


def test_a_counsellor_moves_to_another_organisation(administrator: Browser, scene: Session) -> None:
    person = scene.get_one(CounsellorAccount, make_counsellor(scene).id)
    scene.commit()
    assert administrator.post(path_of(person), typed(person, organisation=" ")).status_code == 422
    assert administrator.post(path_of(person), typed(person, organisation=" Maison  Verte ")).status_code == 303
    scene.refresh(person)
    assert person.organisation == "Maison Verte"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"name": " "}, "Please write a name"),
        ({"email": "nobody"}, "Please write one e-mail address"),
        ({"timezone": "Mars/Base"}, "Choose a time zone that exists"),
        ({"roles": []}, "Choose at least one role"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(
    administrator: Browser, scene: Session, changed: dict[str, Any], said: str
) -> None:
    person = scene.get_one(StaffAccount, make_staff(scene).id)
    scene.commit()
    page = administrator.post(path_of(person), typed(person, **{"name": "Kept Name"} | changed))
    assert page.status_code == 422
    assert page.text.count(said) == 2
    assert ("Kept Name" in page.text) is ("name" not in changed)


def test_of_two_administrators_one_wins_and_the_other_sees_both(administrator: Browser, scene: Session) -> None:
    person = scene.get_one(StaffAccount, make_staff(scene).id)
    scene.commit()
    one, other = typed(person, name="Lena One"), typed(person, name="Lena Two", roles=["editor"])
    assert administrator.post(path_of(person), one).status_code == 303
    late = administrator.post(path_of(person), other)
    assert late.status_code == 409
    assert "Lena One" in late.text
    assert 'value="Lena Two"' in late.text
    assert "Helpdesk officer" in late.text
    scene.refresh(person)
    again = other | {"version": str(Details.of(person).version)}
    assert administrator.post(path_of(person), again).status_code == 303


def test_nobody_changes_their_own_roles_and_nobody_shuts_themselves(administrator: Browser, scene: Session) -> None:
    me = scene.get_one(StaffAccount, administrator.me.id)
    page = administrator.get(path_of(me)).text
    assert 'name="roles"' not in page
    assert "/shut" not in page
    changed = typed(me, name="Another Name", roles=["editor"])
    assert administrator.post(path_of(me), changed).status_code == 303
    scene.refresh(me)
    assert (me.name, me.roles) == ("Another Name", ["administrator"])


def test_shutting_says_first_what_it_does_and_what_stays(administrator: Browser, scene: Session) -> None:
    person = make_staff(scene)
    scene.commit()
    page = administrator.get(f"/desk/accounts/staff/{person.id}/shut")
    assert f"Shut the account of {person.name}?" in page.text
    assert scene.get_one(StaffAccount, person.id).active
    administrator.post(f"/desk/accounts/staff/{person.id}/shut")
    scene.expire_all()
    assert not scene.get_one(StaffAccount, person.id).active
    assert "A new link opens the account again." in administrator.get(f"/desk/accounts/staff/{person.id}").text


def test_unknown_accounts_and_kinds_are_not_found(administrator: Browser, scene: Session) -> None:
    person = make_staff(scene)
    scene.commit()
    for path in (f"researcher/{person.id}", f"nobody/{person.id}", f"nobody/{person.id}/shut"):
        assert administrator.get(f"/desk/accounts/{path}").status_code == 404


def test_everything_that_is_wrong_with_an_invitation_is_said_at_once(administrator: Browser) -> None:
    page = administrator.post(
        "/desk/accounts/staff", {"staff-login": "a b", "staff-email": "x", "staff-language": "en"}
    )
    for said in ("Please write a name", "3 to 120 characters", "Please write one e-mail", "Choose at least one role"):
        assert page.text.count(said) == 2, said
