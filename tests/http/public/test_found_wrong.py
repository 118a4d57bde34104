"""Lists for whoever keeps copies or follows a matter: they say in the language of a translation that it was wrong."""

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from tests.published import columns_of, make_published
from tests.sites import Browser
from tests.translated import Pair, corrected, make_pair, put_into
from workflows.core import clock
from workflows.excerpts.models import PublishedExcerpt, PublishedVersion
from workflows.excerpts.news import FOUND_WRONG, every_correction_and_retraction, news_between
from workflows.excerpts.search import Filters
from workflows.replies.recall import retract_and_tell

FRENCH, ENGLISH = "Les prix étaient d’un autre quartier.", "The prices were of another quarter."
OURS = "What was wrong was not translated: the page of the original says it, in its own language."


@pytest.fixture
def pair(scene: Session) -> Pair:
    made = make_pair(scene)
    scene.commit()
    return made


def listed(public: Browser, **asked: str) -> list[dict]:
    return public.get("/api/v1/retractions", query_string=asked).json["items"]


@pytest.mark.parametrize(("typed", "said"), [({"en": ENGLISH}, ENGLISH), ({}, OURS)], ids=["said", "unsaid"])
def test_a_correction_is_listed_for_each_language_that_still_says_what_was_wrong(
    public: Browser, scene: Session, pair: Pair, typed: dict[str, str], said: str
) -> None:
    assert listed(public) == []
    corrected(scene, pair, FRENCH, **typed)
    put_into(scene, pair.french, "nl", pair.editor)  # of the version that is right
    scene.commit()
    french, english = ("correction", pair.french.ref, 2, FRENCH), (FOUND_WRONG, pair.english.ref, 1, said)
    told = listed(public)
    assert {(one["kind"], one["ref"], one["version"], one["note"]) for one in told} == {french, english}
    assert {one["on"] for one in told} == {clock.today().isoformat()}
    [only] = listed(public, kind=FOUND_WRONG)
    assert listed(public, language="en") == [only]
    assert only["url"].endswith(f"/e/{pair.english.ref}/v1")
    assert [one["kind"] for one in listed(public, language="fr")] == ["correction"]
    assert {(one.kind, one.ref) for one in every_correction_and_retraction(scene)} == {french[:2], english[:2]}


def test_each_wrong_version_is_listed_once_and_stays_when_the_translation_is_put_right(
    public: Browser, scene: Session, pair: Pair
) -> None:
    corrected(scene, pair, FRENCH)
    corrected(scene, pair, "Encore faux.")
    scene.commit()
    [only] = listed(public, language="en")
    row = scene.get_one(PublishedVersion, (pair.english.ref, 1))
    values = columns_of(row)
    scene.add(PublishedVersion(**values | {"number": 2, "source_number": 3, "change": "update"}))
    scene.commit()
    assert listed(public, language="en") == [only]
    scene.execute(update(PublishedVersion).where(PublishedVersion.number == 2).values(source_number=2))
    scene.commit()
    assert [one["version"] for one in listed(public, language="en")] == [2, 1]
    first = public.get("/api/v1/retractions?language=en&limit=1").json
    assert [one["version"] for one in public.get(first["next"]).json["items"]] == [1]


def test_what_was_retracted_with_its_original_is_listed_as_that_alone(
    public: Browser, scene: Session, pair: Pair
) -> None:
    corrected(scene, pair, FRENCH)
    retract_and_tell(scene, pair.editor, pair.french.id, "Tout était faux.", clock.now(), version=pair.french.version)
    scene.commit()
    assert {one["kind"] for one in listed(public)} == {"retracted"}


def test_a_feed_says_it_once_of_a_text_however_long_ago_it_was_published(
    public: Browser, scene: Session, pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    corrected(scene, pair, FRENCH, en=ENGLISH)
    scene.commit()

    def heads() -> list[str]:
        items = public.get("/feeds/search.json?language=en").json["items"]
        return [item["title"] for item in items if pair.english.ref in item["id"]]

    title = "Rent for a one-bedroom home"
    assert heads() == [f"Corrected since: {title}"]
    monkeypatch.setattr("config.policy.FEED_ENTRIES", 1)
    for row in (PublishedExcerpt, PublishedVersion):
        scene.execute(update(row).where(row.ref == pair.english.ref).values(published_on="2020-01-01"))
    make_published(scene, language="en")  # newer than it
    scene.commit()
    assert heads() == [f"Original corrected: {title}"]


def test_whoever_follows_the_matter_in_one_language_is_told(scene: Session, pair: Pair) -> None:
    today, english = clock.today(), [Filters(languages=("en",))]
    scene.execute(update(PublishedVersion).values(published_on="2020-01-01"))
    assert news_between(scene, english, today, None, 9) == []
    corrected(scene, pair, FRENCH, en=ENGLISH)
    [one] = news_between(scene, english, today, None, 9)
    assert (one.kind, one.ref, one.number, one.note) == (FOUND_WRONG, pair.english.ref, 1, ENGLISH)
    assert news_between(scene, english, today, today, 9) == []
