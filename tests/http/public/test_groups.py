"""Who asks for a group of topics asks for any of its topics, whichever of them comes first in a text."""

import re
from datetime import timedelta
from html import unescape

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from tests.published import correct, make_published
from tests.sites import Browser
from workflows.core import clock
from workflows.excerpts.counts import keep_counts
from workflows.excerpts.models import PublishedExcerpt
from workflows.excerpts.news import feed
from workflows.excerpts.public import coverage_by_group
from workflows.excerpts.search import Filters, search_page
from workflows.subscribers.followed import Followed, wanted

TODAY = clock.today()
TITLE = "Travel papers for a family of four"


@pytest.fixture
def ref(scene: Session) -> str:
    """About rent first, and about medicines too."""
    made = make_published(scene, topic_group="HOU", topics=["HOU-rent", "HEA-medicines"], title=TITLE, language="en",
                          versions=2)  # fmt: skip
    scene.commit()
    return made


@pytest.mark.parametrize("path", [
    "/en/c/COD/HEA", "/en/c/COD/HOU", "/en/search?country=COD&topic=HEA", "/en/search?q=papers&topic=HEA",
    "/feeds/HEA.atom", "/feeds/search.atom?topic=HEA&country=COD", "/api/v1/excerpts?topic=HEA&country=COD",
])  # fmt: skip
def test_a_text_is_found_in_the_group_of_each_of_its_topics(public: Browser, ref: str, path: str) -> None:
    assert TITLE in public.get(path).text


@pytest.mark.parametrize("ready", [False, True])
@pytest.mark.parametrize("words", ["", "papers"])
def test_each_group_counts_the_text_and_all_together_count_it_once(
    scene: Session, ref: str, words: str, ready: bool
) -> None:
    if ready:
        keep_counts(scene, TODAY)
    for groups in ((), ("HEA",), ("HEA", "HOU")):
        found = search_page(scene, Filters(words=words, groups=groups), TODAY)
        assert (found.total, [hit.ref for hit in found.hits]) == (1, [ref])
        assert found.facets["group"] == {"HEA": 1, "HOU": 1}
        assert found.facets["country"] == {"COD": 1}
    assert not search_page(scene, Filters(words=words, groups=("SOC",)), TODAY).total
    assert {code: one.count for code, one in coverage_by_group(scene, TODAY).items()} == {"HEA": 1, "HOU": 1}


def test_who_follows_a_group_hears_of_a_correction_and_of_a_retraction(scene: Session, ref: str) -> None:
    followed = wanted(Followed("COD", "HEA"))
    correct(scene, ref, 2, "The fee was wrong.")
    assert [one.kind for one in feed(scene, followed, TODAY).entries if one.ref == ref][:1] == ["correction"]
    gone = {"state": "retracted", "listed": False, "changed_on": TODAY + timedelta(days=1)}
    scene.execute(update(PublishedExcerpt).values(gone))
    assert "retracted" in [one.kind for one in feed(scene, followed, TODAY).entries]
    assert not feed(scene, wanted(Followed("COD", "SOC")), TODAY).entries


def test_a_topic_whose_texts_have_all_expired_leads_to_them(public: Browser, scene: Session) -> None:
    make_published(scene, topic_group="HOU", topics=["HOU-rent"], title=TITLE, language="en",
                   valid_until=TODAY - timedelta(days=400), information_date=TODAY - timedelta(days=800))  # fmt: skip
    scene.commit()
    page = public.get("/en/c/COD/HOU-rent").text
    assert "We have no answer that is still valid." in page
    assert TITLE not in page
    link = re.search(r'href="([^"]+)">Expired texts as well<', page)[1]
    assert TITLE in public.get(unescape(link)).text
    assert "Expired texts as well" not in public.get("/en/c/COD/EDU-cost").text
