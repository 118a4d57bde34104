"""A form whose cookie or token is gone comes back as it was typed, and one press sends it: only to our own pages."""

import re
from time import time
from typing import Any

import pytest
from itsdangerous import TimestampSigner
from lxml import html
from sqlalchemy import func, select

from tests.http.portal.test_over import sent_back, typed_back
from tests.published import make_published
from tests.requesters import LONG_ENOUGH
from workflows.excerpts.report_models import ReaderReport
from workflows.requests.models import Request

OURS = {"Sec-Fetch-Site": "same-origin"}
FOREIGN = [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Sec-Fetch-Site": "none"},
           {"Origin": "https://evil.example"}, {"Origin": "null"}, {},
           {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"}]  # fmt: skip


def gone(public: Any, path: str, form: dict[str, Any], headers: dict[str, str] = OURS) -> Any:
    """Sent by a browser that holds no cookie of ours any more."""
    public.client.delete_cookie(public.app.config["SESSION_COOKIE_NAME"])
    return public.client.post(path, data=form, headers=headers)


def form_of(page: Any) -> Any:
    [form] = [one for one in html.fromstring(page.text).forms if one.method == "POST"]
    return form


def press(public: Any, page: Any, **options: Any) -> Any:
    """The one button."""
    form = form_of(page)
    data: dict[str, list[str]] = {}
    for name, value in form.form_values():
        data.setdefault(name, []).append(value)
    return public.client.post(form.get("action"), data=data, headers=OURS, **options)


def count(scene: Any, table: Any = Request) -> int:
    scene.rollback()
    return int(scene.scalar(select(func.count()).select_from(table)))


def test_a_question_is_shown_under_the_labels_of_its_form_and_sent_with_one_press(public, asking, scene):
    page = gone(public, "/en/ask", asking(contact="me@example.org", publishing="y"))
    assert (page.status_code, page.headers["Cache-Control"]) == (400, "no-store")
    assert "<h1>It was not sent yet</h1>" in page.text
    assert "Leave this page" in page.text
    assert sent_back(page.text) == [
        ("Who is this for?", "For me or my family"),
        ("Country", "DR Congo"),
        ("Town or area", "Kinshasa"),
        ("Your question", LONG_ENOUGH),
        ("We answer in", "English"),
        ("Your e-mail", "me@example.org"),
        ("Your agreement", "Yes"),
        ("Helping others", "Yes"),
    ]
    assert count(scene) == 0
    assert 'class="receipt"' in press(public, page).text
    assert count(scene) == 1


def test_pressed_twice_it_is_one_question(public, asking, scene):
    page = gone(public, "/en/ask", asking())
    press(public, page)
    assert press(public, page).status_code == 200
    assert count(scene) == 1


def test_a_step_goes_on_with_the_button_that_was_pressed_and_everything_before_it(public, asking):
    page = gone(public, "/fr/ask/question", asking(to="country.0."))
    assert 'lang="fr"' in page.text
    assert "Ce n’est pas encore envoyé" in page.text
    after = press(public, page)
    assert after.status_code == 200
    assert html.fromstring(after.text).xpath("//main//select[@name='questions-0-country']")
    assert re.search(rf'name="questions-0-text" value="{re.escape(html_text(LONG_ENOUGH))}"', after.text)


def html_text(text: str) -> str:
    return text.replace("’", "’").replace("'", "&#39;")


@pytest.mark.parametrize("headers", FOREIGN)
def test_a_form_that_another_site_sent_cannot_be_sent_from_here(public, asking, headers):
    page = gone(public, "/en/ask", asking(), headers)
    assert page.status_code == 400
    assert "Send it now" not in page.text
    assert 'method="post"' not in page.text
    assert ("Your question", LONG_ENOUGH) in typed_back(page.text)


def test_an_older_browser_proves_by_its_origin_that_the_page_was_ours(public, asking, scene):
    page = gone(public, "/en/ask", asking(), {"Origin": "http://localhost"})
    assert 'class="receipt"' in press(public, page).text


def test_a_token_that_ran_out_is_replaced_by_a_fresh_one(public, asking, scene, monkeypatch):
    with monkeypatch.context() as yesterday:
        yesterday.setattr(TimestampSigner, "get_timestamp", lambda self: int(time()) - 13 * 3600)
        old = public.token()
    page = public.client.post("/en/ask", data=asking(csrf_token=old), headers=OURS)
    assert (page.status_code, old in page.text) == (400, False)
    assert 'class="receipt"' in press(public, page).text


def test_a_browser_without_cookies_is_told_so_instead_of_the_same_again(public, asking, scene):
    page = gone(public, "/en/ask", asking())
    public.client.delete_cookie(public.app.config["SESSION_COOKIE_NAME"])
    second = press(public, page)
    assert (second.status_code, "<h1>Your browser keeps no cookies</h1>" in second.text) == (400, True)
    assert [name for name, _ in form_of(second).form_values()].count("sent_again") == 1
    assert 'class="receipt"' in press(public, second).text  # cookies were allowed meanwhile


def test_a_report_comes_back_with_its_reason_in_words(public, scene, asking):
    ref = make_published(scene)
    scene.commit()
    typed = {"ticket": asking()["ticket"], "reason": "wrong", "text": "The price is older.", "website": ""}
    page = gone(public, f"/en/report/{ref}", typed)
    assert sent_back(page.text) == [
        ("What did you find?", "Something is wrong"), ("Tell us more", "The price is older."),
    ]  # fmt: skip
    assert count(scene, ReaderReport) == 0
    assert press(public, page).status_code == 303
    assert count(scene, ReaderReport) == 1


def test_letters_are_asked_for_with_the_names_of_country_and_topic(public):
    form = {"email": "me@example.org", "country": "COD", "topic": "", "language": "fr"}
    page = gone(public, "/en/alerts", form)
    assert sent_back(page.text) == [
        ("Country", "DR Congo"), ("Language of the letters", "Français"), ("Your e-mail", "me@example.org"),
    ]  # fmt: skip


def test_a_receipt_code_is_never_carried_and_the_way_leads_back_to_its_form(public, request_with_code):
    _, code = request_with_code
    page = gone(public, "/en/q", {"code": code})
    assert (page.status_code, code in page.text, "Send it now" in page.text) == (400, False, False)
    assert '<a class="btn go" href="/en/q">' in page.text
    assert "If you read this a second time, allow cookies for this site." in page.text


def test_a_press_without_any_text_leads_back_instead_of_being_repeated(public):
    page = gone(public, "/en/q/delete", {})
    assert (page.status_code, "Send it now" in page.text) == (400, False)
