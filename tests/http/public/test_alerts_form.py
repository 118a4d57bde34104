"""The words of the pages about letters, in other languages: the form before anything is chosen, what refuses it, and the end."""

import re

import pytest
from sqlalchemy import select

from tests.subscribers import GUINEA, asking, make_subscriber
from webapp.tickets import Ticket
from workflows.core import clock
from workflows.subscribers.models import Subscriber
from workflows.subscribers.tokens import token_of


@pytest.mark.parametrize(
    ("lang", "choose", "every"),
    [("en", "Choose a country", "Every country"), ("ar", "اختر بلدًا", "كل البلدان")],
)
def test_a_form_about_nothing_asks_to_choose_and_does_not_seem_complete(public, lang, choose, every):
    page = public.get(f"/{lang}/alerts").text
    assert f'<option selected value="">{choose}</option>' in page
    assert every not in page
    assert public.get(f"/{lang}/alerts?topic=HEA").text.count(f'<option selected value="">{every}</option>') == 1
    hint = re.search('<span class="hint" id="country-hint">([^<]+)<', page)[1]
    refused = public.post(f"/{lang}/alerts", asking(public, country="")).text
    assert refused.count(hint) == 3  # as the hint, beside the field and above the form


@pytest.mark.parametrize(
    ("lang", "why"), [("fr", "C’était très rapide"), ("nl", "Dat ging heel snel"), ("ar", "كان ذلك سريعًا جدًا")]
)
def test_a_form_that_was_sent_at_once_says_why_it_was_not_taken(public, scene, lang, why):
    with public.app.app_context():
        fresh = Ticket.issue(clock.now()).sign()
    answer = public.post(f"/{lang}/alerts", asking(public, ticket=fresh))
    assert answer.status_code == 422
    assert why in answer.text
    assert scene.scalar(select(Subscriber)) is None


@pytest.mark.parametrize(
    ("lang", "before", "after"),
    [
        ("fr", "Arrêter les messages", "Les messages sont arrêtés"),
        ("nl", "De berichten stoppen", "De berichten zijn gestopt"),
        ("ar", "إيقاف الرسائل", "توقفت الرسائل"),
    ],
)
def test_stopping_is_named_by_what_it_does_and_then_by_what_was_done(public, scene, lang, before, after):
    link = f"/{lang}/alerts/{token_of(make_subscriber(scene, GUINEA).id)}"
    scene.commit()
    assert f"<h2>{before}</h2>" in public.get(link).text
    assert f"<title>{before} – Terrain</title>" in public.get(f"{link}/stop").text
    assert f"<h1>{after}</h1>" in public.post(f"{link}/stop").text


def test_the_arabic_form_says_in_everyday_words_when_we_write(public):
    assert "نكتب إليك عند نشر نص أو تصحيحه أو سحبه" in public.get("/ar/alerts?country=COD").text
