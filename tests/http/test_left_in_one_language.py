"""Who signs out reads the log-in page in the language of the page that they left, whatever the browser is set to."""

import re

import pytest
from sqlalchemy.orm import Session

from tests.factories import make_counsellor, make_partner, make_researcher, make_staff
from tests.sites import Browser
from workflows.core.actors import Actor, Role

HOMES = {"desk": "/desk/questions", "portal": "/w", "caseload": "/nl/caseload"}


@pytest.fixture(params=HOMES)
def signed_in(request: pytest.FixtureRequest, scene: Session) -> Browser:
    site = request.param
    actor: Actor = (
        make_staff(scene, Role.OFFICER, language="nl") if site == "desk"
        else make_counsellor(scene) if site == "caseload"
        else make_researcher(scene, make_partner(scene), language="nl")
    )  # fmt: skip
    scene.commit()
    browser: Browser = request.getfixturevalue(site)
    return browser.sign_in(actor.id)


def test_the_log_in_page_speaks_the_language_of_the_page_that_was_left(signed_in: Browser) -> None:
    home = signed_in.get(HOMES[signed_in.site.name]).text
    assert '<html lang="nl"' in home
    form = re.search(r'<form method="post" action="/logout">.*?</form>', home, re.DOTALL)[0]
    said = re.search(r'name="language" value="(\w+)"', form)[1]
    signed_in.post("/logout", {"language": said})
    page = signed_in.get("/login").text
    assert '<html lang="nl"' in page
    assert "Je bent afgemeld." in page


def test_a_language_that_the_site_does_not_speak_is_not_kept(signed_in: Browser) -> None:
    signed_in.post("/logout", {"language": "xx"})
    assert '<html lang="xx"' not in signed_in.get("/login").text
    kept = signed_in.client.get_cookie(signed_in.site.cookie("language"))
    assert kept is not None
    assert kept.value in {"en", "fr", "nl"}
