"""What was wrong in an original, for readers of its translation: in their language, or that it was not translated."""

from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from tests.factories import make_staff
from tests.http.public.conftest import fresh, open_status
from tests.pdf_words import pdf_words, unspaced
from tests.sheets import make_sheet, words_of
from tests.sites import Browser
from tests.translated import Pair, corrected, make_pair, put_into
from workflows.core import clock
from workflows.core.actors import Role
from workflows.excerpts.models import PublishedExcerpt, PublishedVersion
from workflows.replies.desk import send_reply

FRENCH, ENGLISH = "Les prix étaient d’un autre quartier.", "The prices were of another quarter."
OURS = "What was wrong was not translated: the page of the original says it, in its own language."
TYPED = pytest.mark.parametrize(
    ("typed", "said"), [({"en": ENGLISH}, ENGLISH), ({}, OURS), ({"nl": "Andere wijk."}, OURS)], ids=["yes", "no", "nl"]
)


@pytest.fixture
def pair(scene: Session) -> Pair:
    made = make_pair(scene)
    scene.commit()
    return made


@TYPED
def test_its_pages_say_what_was_wrong_or_lead_to_where_it_stands(
    public: Browser, scene: Session, pair: Pair, typed: dict[str, str], said: str
) -> None:
    corrected(scene, pair, FRENCH, **typed)
    scene.commit()
    for address in (pair.english.ref, f"{pair.english.ref}/v1"):
        page = public.get(f"/en/e/{address}").text
        assert "The original of this text was wrong and was corrected on" in page
        assert said in page
        assert f'href="/en/e/{pair.french.ref}">Read the original' in page
        assert FRENCH not in page
    assert "was wrong and was corrected on" in public.get(f"/en/e/{pair.french.ref}/v1").text
    assert f'<span lang="fr" dir="auto">{FRENCH}</span>' in public.get(f"/en/e/{pair.french.ref}/v1").text
    told = public.get(f"/api/v1/excerpts/{pair.english.ref}/versions/1").json
    assert told["corrected_note"] == said
    assert public.get(f"/api/v1/excerpts/{pair.french.ref}/versions/1").json["corrected_note"] == FRENCH


@TYPED
def test_programs_are_told_that_what_a_translation_renders_was_wrong_and_do_not_call_it_fresh(
    public: Browser, scene: Session, pair: Pair, typed: dict[str, str], said: str
) -> None:
    yesterday = clock.today() - timedelta(days=1)
    scene.execute(update(PublishedExcerpt).values(changed_on=yesterday))
    scene.commit()
    address, stands = f"/api/v1/excerpts/{pair.english.ref}", f"/api/v1/freshness?ref={pair.english.ref}"
    before = public.get(address)
    assert (before.json["notice"], before.json["corrected_on"]) == ("", None)
    corrected(scene, pair, FRENCH, **typed)
    scene.commit()
    kept = {"If-Modified-Since": before.headers["Last-Modified"], "If-None-Match": before.headers.get("ETag", "")}
    after = public.get(address, headers=kept)
    assert after.status_code == 200
    today = clock.today().isoformat()
    assert (after.json["notice"], after.json["corrected_on"], after.json["freshness"]) == (said, today, None)
    assert after.json["state"] == "published"
    [one] = public.get(stands).json["items"]
    assert (one["corrected_on"], one["freshness"]) == (today, None)
    original = public.get(f"/api/v1/excerpts/{pair.french.ref}").json
    assert (original["notice"], original["corrected_on"]) == (FRENCH, None)
    assert original["freshness"]["kind"] == "current"


def test_the_sentence_of_ours_speaks_the_language_of_the_page(public: Browser, scene: Session, pair: Pair) -> None:
    corrected(scene, pair, FRENCH)
    scene.commit()
    assert "Wat fout was, is niet vertaald" in public.get(f"/nl/e/{pair.english.ref}").text


@TYPED
def test_a_country_sheet_says_it_on_its_page_in_both_files_and_to_programs(
    public: Browser, scene: Session, pair: Pair, typed: dict[str, str], said: str
) -> None:
    make_sheet(scene, pair.editor, make_staff(scene, Role.EDITOR), {"HOU": [pair.english.ref]}, language="en")
    corrected(scene, pair, FRENCH, **typed)
    scene.commit()
    page, file = public.get("/en/sheet/COD").text, public.get("/en/sheet/COD.docx").data
    section = next(one for one in public.get("/api/v1/sheets/COD?language=en").json["sections"] if one["items"])
    assert section["items"][0]["notice"] == said
    assert said in page
    assert said in words_of(file)
    assert "Read the original" in words_of(file)
    assert unspaced(said) in pdf_words(public.get("/en/sheet/COD.pdf").data)
    for shown in (page, words_of(file), str(section)):
        assert FRENCH not in shown


@TYPED
def test_whoever_received_the_translation_reads_it_on_their_card_and_on_paper(
    public: Browser, scene: Session, pair: Pair, typed: dict[str, str], said: str
) -> None:
    question = fresh(scene, state="triaged")
    send_reply(
        scene, pair.editor, question.id, "Here it is.", [pair.english.ref], clock.now(), version=question.version
    )
    corrected(scene, pair, FRENCH, **typed)
    page = open_status(public, scene, question).text
    assert said in page
    assert f"/e/{pair.french.ref}/v2" in page
    assert FRENCH not in page
    assert unspaced(said) in pdf_words(public.get(f"/en/q/answer/{question.id}.pdf").data)
    if said == OURS:
        assert "لم يُترجَم ما كان خاطئًا" in public.get("/ar/q/status").text


def test_a_translation_that_followed_says_nothing_any_more(public: Browser, scene: Session, pair: Pair) -> None:
    corrected(scene, pair, FRENCH, en=ENGLISH)
    dutch = put_into(scene, pair.french, "nl", pair.editor)
    scene.commit()
    assert "was corrected on" not in public.get(f"/en/e/{dutch.ref}").text
    assert scene.get_one(PublishedVersion, (dutch.ref, 1)).translated_notes == {}
