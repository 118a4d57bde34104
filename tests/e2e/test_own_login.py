"""Somebody sees to their own log-in on the three sites with accounts, in a real browser; every page examined."""

import pyotp
import pytest
from sqlalchemy.orm import Session

from tests.e2e.conftest import PASSWORD, Make, Person, give_login
from tests.factories import make_counsellor, make_researcher, make_staff
from tests.fences.rows import log_in

pytestmark = [pytest.mark.e2e, pytest.mark.filterwarnings("ignore::ResourceWarning")]

MAKERS = {"desk": make_staff, "portal": make_researcher, "caseload": make_counsellor}
CHOSEN = "nine loud geese on the roof"


@pytest.fixture(params=MAKERS)
def somebody(request: pytest.FixtureRequest, sites: dict[str, str], person: Make, scene: Session) -> Person:
    """Signed in here and in another browser, on the page of their account."""
    site = request.param
    account = MAKERS[site](scene, language="en").id
    login = give_login(scene, account, site, "somebody")
    scene.commit()
    made = person(site)
    made.logs_in(sites[site], login)
    log_in(scene, site, account)
    scene.commit()
    made.page.locator("details.menu summary").last.click()
    made.follows("My account")
    return made


def test_somebody_changes_all_they_sign_in_with_and_leaves_every_browser(somebody: Person) -> None:
    somebody.clicks(somebody.page.locator("main table button"))
    somebody.reads("That browser is signed out.")

    somebody.follows("Change password")
    somebody.presses("Change password")
    somebody.reads("Type your password.")
    for label, typed in (("Present password", PASSWORD), ("New password", CHOSEN), ("The same password again", CHOSEN)):
        somebody.writes(label, typed)
    somebody.presses("Change password")
    somebody.reads("Your password is changed.")

    somebody.follows("New recovery codes")
    somebody.writes("Present password", CHOSEN)
    somebody.presses("Make new codes")
    assert somebody.page.locator("main .code").count() == 10
    somebody.follows("Back to my account")

    somebody.follows("Connect another app")
    key = somebody.page.locator("main .code").inner_text().replace(" ", "")
    somebody.writes("Code from your app", pyotp.TOTP(key).now())
    somebody.writes("Present password", CHOSEN)
    somebody.presses("Connect")
    somebody.reads("Your new app is connected.")

    somebody.presses("Sign out everywhere")
    somebody.reads("You are signed out on every device.")
