"""One's own account in the portal."""

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.factories import make_partner, make_researcher
from workflows.accounts.models import LoginSession, ResearcherAccount


@pytest.fixture
def researcher(scene: Session):
    return make_researcher(scene, make_partner(scene), language="en")


@pytest.fixture
def browser(portal, scene: Session, researcher):
    scene.commit()
    return portal.sign_in(researcher.id)


def language_of(scene: Session, account_id) -> str:
    return scene.scalars(select(ResearcherAccount.language).where(ResearcherAccount.id == account_id)).one()


@pytest.mark.parametrize(("zone", "city"), [
    ("Asia/Kathmandu", "Катманду"), ("Europe/Kyiv", "Киев"), ("Asia/Yerevan", "Ереван"),
])  # fmt: skip
def test_a_city_is_called_as_in_the_language_of_the_page_though_its_zone_was_renamed(
    portal, scene, zone: str, city: str
) -> None:
    someone = make_researcher(scene, make_partner(scene, timezone=zone), language="ru")
    scene.commit()
    assert city in portal.sign_in(someone.id).get("/w/account").text


def test_in_french_a_city_that_begins_with_a_vowel_needs_no_elision(portal, scene) -> None:
    someone = make_researcher(scene, make_partner(scene, timezone="Africa/Algiers"), language="fr")
    scene.commit()
    assert "Fuseau horaire : Alger." in portal.sign_in(someone.id).get("/w/account").text.replace("\u00a0", " ")


def test_the_account_lists_where_one_is_signed_in(browser, researcher) -> None:
    browser.sign_in(researcher.id)
    text = browser.get("/w/account").text
    assert (text.count("<tr><td>"), text.count("this browser")) == (2, 1)
    assert "Times are those of Kinshasa." in text


def test_the_language_is_kept_for_pages_and_letters(scene, browser, researcher) -> None:
    colleague = make_researcher(scene, language="en")
    scene.commit()
    browser.get("/language/nl")
    assert browser.post("/w/account/language", {"language": "fr"}).status_code == 303
    page = browser.get("/w/account").text
    assert ('lang="fr"' in page, "Enregistré." in page, "Bewaard." in page) == (True, True, False)
    assert (language_of(scene, researcher.id), language_of(scene, colleague.id)) == ("fr", "en")


def test_a_colleagues_account_is_out_of_reach_in_the_database(scene, at_work, researcher) -> None:
    colleague = make_researcher(scene, language="en")
    scene.execute(update(ResearcherAccount).values(partner_id=researcher.partner_id))
    scene.commit()
    with at_work(researcher) as session:
        theirs = update(ResearcherAccount).where(ResearcherAccount.id == colleague.id)
        session.execute(theirs.values(language="nl").execution_options(synchronize_session=False))
    assert language_of(scene, colleague.id) == "en"


def test_an_unknown_language_is_refused(scene, browser, researcher) -> None:
    answer = browser.post("/w/account/language", {"language": "xx"})
    assert (answer.status_code, "Choose one of these languages." in answer.text) == (422, True)
    assert language_of(scene, researcher.id) == "en"


def test_signing_out_everywhere_ends_every_session(scene, browser, researcher) -> None:
    assert 'action="/logout/everywhere"' in browser.get("/w/account").text
    assert browser.post("/logout/everywhere").headers["Location"].startswith("/login")
    assert all(scene.scalars(select(LoginSession.revoked_at)))
    assert browser.get("/w").headers["Location"].startswith("/login")


def test_a_language_chosen_at_the_top_is_told_beside_that_of_the_account_until_one_is_saved(browser) -> None:
    told = "Dans ce navigateur, vous avez choisi en haut de la page\u00a0: français."
    assert "at the top of the page" not in browser.get("/w/account").text
    browser.get("/language/fr")
    assert told in browser.get("/w/account").text
    browser.post("/w/account/language", {"language": "fr"})
    assert 'lang="fr"' in (page := browser.get("/w/account").text)
    assert told not in page
