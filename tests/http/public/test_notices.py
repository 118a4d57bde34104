"""Why a text was taken back, for readers of a translation: in their language, or that it stands with the original."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.factories import make_staff
from tests.http.public.conftest import fresh, open_status
from tests.pdf_words import pdf_words, unspaced
from tests.published import make_published
from tests.sheets import make_sheet, words_of
from tests.sites import Browser
from tests.subscribers import make_subscriber
from tests.translated import Pair, make_pair
from workflows.core import clock
from workflows.core.actors import Role
from workflows.excerpts.standing import hold_excerpt
from workflows.replies.desk import send_reply
from workflows.replies.recall import retract_and_tell, withdraw_and_tell
from workflows.subscribers.tokens import token_of

FRENCH, ENGLISH = "Tout était faux.", "All of it was false."
OURS = "The reason was not translated: the page of the original says it, in its own language."
TAKEN_BACK = [pytest.param(withdraw_and_tell, "withdrawn", id="withdrawn"),
              pytest.param(retract_and_tell, "retracted", id="retracted")]  # fmt: skip
TYPED = pytest.mark.parametrize("typed", [{"en": ENGLISH}, {"en": " \n"}], ids=["typed", "left empty"])
ACTS = pytest.mark.parametrize(("take_back", "state"), TAKEN_BACK)


@pytest.fixture
def pair(scene: Session) -> Pair:
    made = make_pair(scene)
    scene.commit()
    return made


@pytest.fixture
def fall(scene: Session, pair: Pair) -> Callable[..., str]:
    """Take the original back; what readers of the English are to find."""

    def act(take_back: Callable[..., Any], typed: dict[str, str]) -> str:
        french = pair.french
        take_back(scene, pair.editor, french.id, FRENCH, clock.now(), version=french.version, translated=typed)
        scene.commit()
        return ENGLISH if typed.get("en", "").strip() else OURS

    return act


@ACTS
@TYPED
def test_the_pages_of_both_languages_say_why_each_in_its_own(
    public: Browser, pair: Pair, fall, take_back, state, typed
):
    said = fall(take_back, typed)
    for address in (pair.english.ref, f"{pair.english.ref}/v1"):
        page = public.get(f"/en/e/{address}").text
        assert f"This text was {state}." in page
        assert said in page
        assert FRENCH not in page
        leads = f'href="/en/e/{pair.french.ref}">Read what became of it'
        assert (leads in page) == (said == OURS or (address == pair.english.ref and state == "withdrawn"))
    assert f'<span lang="fr" dir="auto">{FRENCH}</span>' in public.get(f"/en/e/{pair.french.ref}").text
    if said == ENGLISH:
        assert f'<span lang="en" dir="auto">{ENGLISH}</span>' in page


@ACTS
@pytest.mark.parametrize(
    ("language", "said"),
    [("fr", "La raison n’a pas été traduite"), ("nl", "De reden is niet vertaald")],
)
def test_the_sentence_of_ours_speaks_the_language_of_the_page(
    public: Browser, pair: Pair, fall, take_back, state, language: str, said: str
) -> None:
    fall(take_back, {})
    page = public.get(f"/{language}/e/{pair.english.ref}").text
    assert said in page
    assert OURS not in page


@ACTS
def test_feeds_call_a_text_that_was_taken_back_what_its_own_page_calls_it(
    public: Browser, pair: Pair, fall, take_back, state
) -> None:
    fall(take_back, {})
    heading = re.search(r"<h1[^>]*>([^<]+)</h1>", public.get(f"/en/e/{pair.french.ref}").text)
    assert heading
    assert (heading[1] == pair.french.ref) is (state == "retracted")
    told = {item["url"]: item["title"] for item in public.get("/feeds/COD.json").json["items"]}
    [title] = [title for url, title in told.items() if url.endswith(f"/e/{pair.french.ref}")]
    assert title == f"{state.capitalize()}: {heading[1]}"


@ACTS
@TYPED
def test_a_country_sheet_says_it_on_its_page_and_in_both_files(
    public: Browser, scene: Session, pair: Pair, fall, take_back, state, typed
) -> None:
    make_sheet(scene, pair.editor, make_staff(scene, Role.EDITOR), {"HOU": [pair.english.ref]}, language="en")
    scene.commit()
    said = fall(take_back, typed)
    page = public.get("/en/sheet/COD").text
    assert said in page
    assert (f'href="/en/e/{pair.french.ref}">Read the original' in page) == (said == OURS)
    assert said in words_of(public.get("/en/sheet/COD.docx").data)
    assert unspaced(said) in pdf_words(public.get("/en/sheet/COD.pdf").data)
    section = next(one for one in public.get("/api/v1/sheets/COD?language=en").json["sections"] if one["items"])
    assert section["items"][0]["notice"].endswith(said)
    for shown in (page, words_of(public.get("/en/sheet/COD.docx").data), str(section)):
        assert FRENCH not in shown


@ACTS
@TYPED
def test_programs_and_feeds_are_told_in_the_language_of_the_text(
    public: Browser, pair: Pair, fall, take_back, state, typed
) -> None:
    said = fall(take_back, typed)
    one = public.get(f"/api/v1/excerpts/{pair.english.ref}").json
    assert (one["state"], one["translation_of"]["ref"]) == (state, pair.french.ref)
    assert one["notice"].endswith(said)
    assert public.get(f"/api/v1/excerpts/{pair.french.ref}").json["notice"] == FRENCH
    listed = {one["ref"]: one for one in public.get("/api/v1/retractions").json["items"]}
    assert listed[pair.english.ref]["note"].endswith(said)
    assert listed[pair.french.ref]["note"] == FRENCH
    entries = {one["id"].split("/e/")[1]: one for one in public.get("/feeds/COD.json").json["items"]}
    assert entries[f"{pair.english.ref}/{state}"]["content_text"].endswith(said)
    assert entries[f"{pair.english.ref}/{state}"]["language"] == "en"
    assert entries[f"{pair.french.ref}/{state}"]["content_text"] == FRENCH


@ACTS
@TYPED
def test_whoever_gets_letters_reads_it_on_their_page(
    public: Browser, scene: Session, pair: Pair, fall, take_back, state, typed
) -> None:
    row = make_subscriber(scene, ("COD", ""))
    said = fall(take_back, typed)
    page = public.get(f"/en/alerts/{token_of(row.id)}").text
    assert said in page
    assert f'<span class="small" lang="fr" dir="auto">{FRENCH}</span>' in page
    if said == OURS:
        assert "لم يُترجَم السبب" in public.get(f"/ar/alerts/{token_of(row.id)}").text


@ACTS
@TYPED
def test_the_card_of_whoever_received_the_translation_has_no_word_of_another_language(
    public: Browser, scene: Session, pair: Pair, fall, take_back, state, typed
) -> None:
    question = fresh(scene, state="triaged")
    send_reply(
        scene, pair.editor, question.id, "Here it is.", [pair.english.ref], clock.now(), version=question.version
    )
    fall(take_back, typed)
    page = open_status(public, scene, question).text
    assert "Do not rely on it." in page
    assert f"/e/{pair.english.ref}/v1" in page
    assert FRENCH not in page


def test_what_was_taken_back_before_keeps_the_words_it_had(public: Browser, scene: Session, pair: Pair, fall) -> None:
    """Rows of the time when a translation was given the notice of its original."""
    fall(withdraw_and_tell, {"en": FRENCH})
    page = public.get(f"/en/e/{pair.english.ref}").text
    assert FRENCH in page
    assert OURS not in page


def test_while_an_original_is_being_checked_its_translation_says_so_everywhere_and_nothing_says_why(
    public: Browser, scene: Session, pair: Pair
) -> None:
    """The reason of a hold is a doubt: it has no public words in any language."""
    doubt, question = "Un lecteur doute des prix.", fresh(scene, state="triaged")
    ref = pair.english.ref
    send_reply(scene, pair.editor, question.id, "Here it is.", [ref], clock.now(), version=question.version)
    make_sheet(scene, pair.editor, make_staff(scene, Role.EDITOR), {"HOU": [ref]}, language="en")
    hold_excerpt(scene, pair.editor, pair.french.id, doubt, None, clock.now(), version=pair.french.version)
    scene.commit()
    page, sheet = public.get(f"/en/e/{ref}").text, public.get("/en/sheet/COD").text
    told, feed = public.get(f"/api/v1/excerpts/{ref}"), public.get("/feeds/COD.json").text
    card = open_status(public, scene, question).text
    assert "The original of this text is being checked." in page
    assert f'href="/en/e/{pair.french.ref}">Read the original' in page
    assert "The original of this text is being checked." in sheet
    assert (told.json["state"], told.json["notice"]) == ("on_hold", "")
    assert ref not in feed
    assert "Being checked" in card
    for shown in (page, sheet, told.text, feed, card, public.get(f"/en/e/{pair.french.ref}").text):
        assert doubt not in shown


def test_an_older_address_says_too_that_it_is_the_original_that_is_being_checked(public, scene) -> None:
    original = make_published(scene, state="on_hold")
    english = make_published(scene, language="en", state="on_hold", source_ref=original, source_number=1)
    scene.commit()
    for address in (english, f"{english}/v1"):
        page = public.get(f"/en/e/{address}").text
        assert ("The original of this text is being checked." in page, "We are checking this text." in page) == (
            True, False,
        )  # fmt: skip
    for address in (original, f"{original}/v1"):
        assert "We are checking this text." in public.get(f"/en/e/{address}").text
