"""The page that takes a text back: a notice in its language, and one for each language in which it is read beside."""

import re

import pytest
from sqlalchemy import select

from tests.http.desk.moving import seen, url
from tests.translated import make_pair, put_into
from workflows.core.clock import now
from workflows.excerpts.models import Excerpt, PublishedExcerpt
from workflows.excerpts.standing import withdraw_excerpt

FRENCH, ENGLISH = "Tout était faux.", "All of it was false."
MOVES = pytest.mark.parametrize("move", ["withdraw", "retract"])


@pytest.fixture
def pair(desk, scene):
    made = make_pair(scene)
    scene.commit()
    desk.sign_in(made.editor.id)
    return made


def fields(page: str) -> dict[str, str]:
    """Every text area by its name, with the language of what is typed into it."""
    areas = re.findall(r"<textarea[^>]*>", page)
    return {re.search(r'name="(\w+)"', one)[1]: (re.search(r' lang="(\w+)"', one) or ["", ""])[1] for one in areas}


def notices(scene) -> dict[str, str]:
    scene.expire_all()
    return dict(scene.execute(select(PublishedExcerpt.language, PublishedExcerpt.notice)).all())


@MOVES
def test_there_is_a_field_for_each_language_that_readers_have_it_in(desk, scene, pair, move: str) -> None:
    page = desk.get(url(scene, pair.french, move)).text
    assert fields(page) == {"notice": "fr", "notice_en": "en"}
    assert "Public notice (Français)" in page
    assert re.search(r"Public notice \(English\) <span[^>]*>\(optional\)", page)
    assert fields(desk.get(url(scene, pair.english, move)).text) == {"notice": "en"}
    alone = desk.get(url(scene, pair.english, move)).text
    assert "Public notice (" not in alone


def test_a_translation_that_was_withdrawn_before_has_a_word_of_its_own_until_the_original_is_retracted(
    desk, scene, pair
) -> None:
    withdraw_excerpt(scene, pair.editor, pair.english.id, "Badly put.", now(), version=pair.english.version)
    scene.commit()
    assert fields(desk.get(url(scene, pair.french, "withdraw")).text) == {"notice": "fr"}
    assert fields(desk.get(url(scene, pair.french, "retract")).text) == {"notice": "fr", "notice_en": "en"}
    assert desk.post(url(scene, pair.french, "withdraw"), seen(pair.french, notice=FRENCH)).status_code == 303
    assert notices(scene) == {"fr": FRENCH, "en": "Badly put."}
    french = scene.get(Excerpt, pair.french.id)
    assert desk.post(url(scene, french, "retract"), seen(french, notice=FRENCH)).status_code == 303
    assert notices(scene) == {"fr": FRENCH, "en": ""}


@MOVES
def test_each_page_gets_what_was_typed_for_it(desk, scene, pair, move: str) -> None:
    put_into(scene, pair.french, "nl", pair.editor)
    scene.commit()
    sent = desk.post(
        url(scene, pair.french, move), seen(pair.french, notice=FRENCH, notice_en=f" {ENGLISH} ", notice_nl="")
    )
    assert sent.status_code == 303
    assert notices(scene) == {"fr": FRENCH, "en": ENGLISH, "nl": ""}
    assert ENGLISH in desk.get(url(scene, pair.english)).text
    dutch = scene.scalars(select(Excerpt).where(Excerpt.language == "nl")).one()
    assert "The reason was not translated" in desk.get(url(scene, dutch)).text


@MOVES
@pytest.mark.parametrize(
    ("typed", "said"),
    [("x" * 501, "This is too long."), ("Ask Mrs. Amina Diallo.", "This may point to a person."),
     ("You should wait: it is not safe to return.", "This sounds like advice")],
)  # fmt: skip
def test_what_the_notice_may_not_say_no_translation_of_it_may_and_nothing_typed_is_lost(
    desk, scene, pair, move: str, typed: str, said: str
) -> None:
    refused = desk.post(url(scene, pair.french, move), seen(pair.french, notice=FRENCH, notice_en=typed))
    assert refused.status_code == 422
    assert said in refused.text
    assert re.search(rf'id="notice_en-error".*?{said}', refused.text, re.DOTALL)
    assert 'id="notice-error"' not in refused.text
    assert typed in refused.text
    assert FRENCH in refused.text
    assert notices(scene) == {"fr": "", "en": ""}


def test_a_notice_for_a_language_that_nobody_reads_it_in_is_not_even_looked_at(desk, scene, pair) -> None:
    sent = desk.post(url(scene, pair.french, "withdraw"), seen(pair.french, notice=FRENCH, notice_nl="x" * 501))
    assert sent.status_code == 303
    assert notices(scene) == {"fr": FRENCH, "en": ""}
