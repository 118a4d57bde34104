"""Feeds of countries, topics and searches: what RFC 4287 and JSON Feed 1.1 ask for, and every end of a text."""

import json
import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from babel.dates import format_date
from lxml import etree
from sqlalchemy import update
from sqlalchemy.orm import Session

from tests.published import correct, make_published
from tests.sites import Browser
from workflows.core import clock
from workflows.excerpts.models import PublishedVersion

TODAY = clock.today()
ATOM = "{http://www.w3.org/2005/Atom}"
NAMES = ("COD", "HEA", "HEA-medicines", "search")
NOTICE = "The price list was false."


def entries(public: Browser, path: str) -> list[etree._Element]:
    return etree.fromstring(public.get(path).data).findall(f"{ATOM}entry")


def text(element: etree._Element, name: str) -> str:
    return element.findtext(f"{ATOM}{name}") or ""


def is_moment(said: str) -> bool:
    return bool(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", said))


def problems_of_atom(data: bytes) -> list[str]:
    """What RFC 4287 requires and is not there."""
    feed = etree.fromstring(data)
    entries = feed.findall(f"{ATOM}entry")
    wrong = [problem for one in (feed, *entries) for problem in problems_of_one(one)]
    ids = [text(entry, "id") for entry in entries]
    return wrong + [
        problem
        for problem, holds in {
            "the root is no feed": feed.tag == f"{ATOM}feed",
            "nobody wrote it": bool(feed.findall(f"{ATOM}author/{ATOM}name")),
            "an id is there twice": len(set(ids)) == len(ids),
        }.items()
        if not holds
    ]


def problems_of_one(one: etree._Element) -> list[str]:
    """Of a feed or an entry."""
    links = one.findall(f"{ATOM}link")
    kinds = [(link.get("rel", "alternate"), link.get("type"), link.get("hreflang")) for link in links]
    rules = {
        f"{name} is not there exactly once": len(one.findall(f"{ATOM}{name}")) == 1 and bool(text(one, name).strip())
        for name in ("id", "title", "updated")
    } | {
        "an id is no IRI": bool(urlsplit(text(one, "id")).scheme),
        "updated is no moment": is_moment(text(one, "updated")),
        "two links are alike": len(set(kinds)) == len(kinds),
        "a link leads nowhere": all(link.get("href") for link in links),
        "nothing says where it is read": any(rel == "alternate" for rel, *_ in kinds),
        "a category has no term": all(category.get("term") for category in one.findall(f"{ATOM}category")),
    }
    return [problem for problem, holds in rules.items() if not holds]


def problems_of_json(data: bytes) -> list[str]:
    """What JSON Feed 1.1 requires and is not there."""
    feed = json.loads(data)
    wrong = [] if feed["version"] == "https://jsonfeed.org/version/1.1" else ["version"]
    wrong += [name for name in ("title", "feed_url", "home_page_url") if not isinstance(feed.get(name), str)]
    if not isinstance(feed.get("items"), list):
        return [*wrong, "items"]
    for item in feed["items"]:
        wrong += [
            name for name in ("id", "url", "content_text") if not (isinstance(item.get(name), str) and item[name])
        ]
        if not is_moment(item["date_published"]):
            wrong.append("date_published")
        if not all(isinstance(tag, str) for tag in item["tags"]):
            wrong.append("tags")
    ids = [item["id"] for item in feed["items"]]
    return wrong + (["an id is there twice"] if len(set(ids)) < len(ids) else [])


@pytest.fixture
def library(scene: Session) -> dict[str, str]:
    """One text of each fate, and one about something else."""
    corrected = make_published(scene, versions=2, title="Prix <&> “loyers”")
    scene.execute(update(PublishedVersion).where(PublishedVersion.ref == corrected, PublishedVersion.number == 2).values(change="correction", public_note="The price was per week."))  # fmt: skip
    made = {
        "plain": make_published(scene),
        "corrected": corrected,
        "withdrawn": make_published(scene, state="withdrawn", notice=NOTICE, changed_on=TODAY, title="Rien ici"),
        "retracted": make_published(scene, state="retracted", notice=NOTICE, changed_on=TODAY, title="x"),
        "held": make_published(scene, state="on_hold"),
        "elsewhere": make_published(scene, country="ARM", topic_group="HOU", topics=["HOU-rent"], title="Loyers"),
    }
    scene.commit()
    return made


@pytest.mark.parametrize("name", NAMES)
def test_feeds_hold_what_their_formats_require(public: Browser, library: dict[str, str], name: str) -> None:
    assert problems_of_atom(public.get(f"/feeds/{name}.atom").data) == []
    assert problems_of_json(public.get(f"/feeds/{name}.json").data) == []


@pytest.mark.parametrize("name", NAMES)
def test_empty_feeds_are_feeds_too(public: Browser, clean: None, name: str) -> None:
    assert problems_of_atom(public.get(f"/feeds/{name}.atom").data) == []
    assert problems_of_json(public.get(f"/feeds/{name}.json").data) == []


def test_a_validator_that_finds_nothing_is_not_asleep(public: Browser, library: dict[str, str]) -> None:
    page = public.get("/feeds/COD.atom").text
    assert problems_of_atom(re.sub("<updated>.*?</updated>", "", page, count=1).encode())
    assert problems_of_atom(page.replace("<author><name>Terrain</name></author>", "").encode())
    assert problems_of_json(public.get("/feeds/COD.json").text.replace("content_text", "text").encode())


@pytest.mark.parametrize("name", ["COD", "HEA", "HEA-medicines"])
def test_a_feed_tells_of_corrections_and_of_every_end(public: Browser, library: dict[str, str], name: str) -> None:
    told = {text(entry, "id").partition("/e/")[2]: entry for entry in entries(public, f"/feeds/{name}.atom")}
    assert set(told) == {
        f"{library['plain']}/v1", f"{library['corrected']}/v1", f"{library['corrected']}/v2",
        f"{library['withdrawn']}/withdrawn", f"{library['retracted']}/retracted",
    }  # fmt: skip
    correction = told[f"{library['corrected']}/v2"]
    assert text(correction, "title") == "Corrected: Prix <&> “loyers”"
    assert "The price was per week." in text(correction, "summary")


@pytest.mark.parametrize("fate", ["withdrawn", "retracted"])
def test_of_what_was_taken_back_a_feed_says_what_it_was_why_and_when_and_nothing_else(
    public: Browser, library: dict[str, str], fate: str
) -> None:
    ref = library[fate]
    (entry,) = [one for one in entries(public, "/feeds/COD.atom") if ref in text(one, "id")]
    assert text(entry, "title") == {"withdrawn": "Withdrawn: Rien ici", "retracted": f"Retracted: {ref}"}[fate]
    assert text(entry, "summary") == NOTICE
    assert text(entry, "updated") == f"{TODAY}T00:00:00Z"


def test_the_feed_of_a_search_finds_what_the_search_finds(public: Browser, library: dict[str, str]) -> None:
    def refs(query: str) -> set[str]:
        return {text(entry, "id").split("/")[-2] for entry in entries(public, f"/feeds/search.atom?{query}")}

    taken_back = {library["withdrawn"], library["retracted"]}
    assert refs("q=insuline") == {library["plain"]} | taken_back
    assert refs("country=ARM") == {library["elsewhere"]}
    assert refs("q=insuline&country=ARM") == set()
    assert refs("freshness=expired&language=nl") == set()


def test_the_feed_of_a_search_that_finds_most_of_the_words_says_so(public: Browser, library: dict[str, str]) -> None:
    with public.statements() as seen:
        feed = public.get("/feeds/search.json?q=insuline+ordonnance&country=COD").get_json()
    assert len(seen) <= 5, seen
    assert feed["title"] == "Terrain: “insuline ordonnance”, DR Congo – most of the words"
    assert library["plain"] in {item["id"].split("/")[-2] for item in feed["items"]}
    assert "most of" not in public.get("/feeds/search.json?q=insuline").get_json()["title"]


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/feeds/COD", "Terrain: DR Congo"),
        ("/fr/feeds/COD", "Terrain : RD Congo"),
        ("/nl/feeds/HEA-medicines", "Terrain: Geneesmiddelen"),
        ("/feeds/search", "Terrain: All texts"),
        ("/fr/feeds/search?country=COD&topic=HEA-medicines", "Terrain : RD Congo, Médicaments"),
        ("/fr/feeds/search?q=insuline&country=COD", "Terrain : « insuline », RD Congo"),
        ("/ar/feeds/search?q=insuline&country=COD", "Terrain: «insuline»، الكونغو الديمقراطية"),
        ("/nl/feeds/search?topic=HEA&language=fr&freshness=current", "Terrain: Gezondheid, Actueel, Français"),
    ],
)
def test_a_feed_says_in_its_title_what_it_follows(
    public: Browser, library: dict[str, str], path: str, title: str
) -> None:
    where, asked, query = path.partition("?")
    assert text(etree.fromstring(public.get(f"{where}.atom{asked}{query}").data), "title") == title
    assert public.get(f"{where}.json{asked}{query}").get_json()["title"] == title


@pytest.mark.parametrize(("page", "lang"), [("/fr/c/COD", "fr"), ("/nl/search?q=insuline", "nl"), ("/ar/c/COD", "ar")])
def test_a_feed_that_was_taken_from_a_page_speaks_its_language(
    public: Browser, library: dict[str, str], page: str, lang: str
) -> None:
    address = re.search(r'type="application/feed\+json"[^>]* href="([^"]+)"', public.get(page).text)
    assert address
    feed = public.get(address[1].replace("&amp;", "&")).get_json()
    assert feed["language"] == lang
    assert all(f"/{lang}/e/" in item["url"] for item in feed["items"])
    said = {"fr": "Rétracté : ", "nl": "Herroepen: ", "ar": "ملغى: "}[lang]
    assert f"{said}{library['retracted']}" in {item["title"] for item in feed["items"]}


def test_an_address_that_names_english_leads_to_the_one_that_names_no_language(
    public: Browser, library: dict[str, str]
) -> None:
    assert ' href="/feeds/COD.atom"' in public.get("/en/c/COD").text
    assert public.get("/en/feeds/COD.atom").headers["Location"].endswith("/feeds/COD.atom")


def test_an_entry_is_the_same_in_the_feed_of_every_language(public: Browser, library: dict[str, str]) -> None:
    def ids(address: str) -> list[str]:
        return [text(entry, "id") for entry in entries(public, address)]

    assert ids("/feeds/COD.atom") == ids("/fr/feeds/COD.atom") != []


def test_a_feed_says_of_what_was_wrong_that_it_was_corrected_since(public: Browser, scene: Session) -> None:
    original = make_published(scene, versions=2, language="en", title="Insulin", published_on=TODAY - timedelta(days=1))
    french = make_published(scene, source_ref=original, source_number=1)
    right = make_published(scene, source_ref=original, source_number=2, language="nl", title="Insuline")
    correct(scene, original, 2, "The price was per week.")
    scene.commit()
    told = {item["id"].split("/e/")[1]: item for item in public.get("/feeds/COD.json").get_json()["items"]}
    yesterday = TODAY - timedelta(days=1)
    day = f"{yesterday.day} {yesterday:%B %Y}"
    assert told[f"{french}/v1"]["title"].startswith("Corrected since: ")
    assert f"The original of this text was wrong and was corrected on {day}." in told[f"{french}/v1"]["content_text"]
    assert told[f"{french}/v1"]["date_modified"] == f"{yesterday.isoformat()}T00:00:00Z"
    assert f"This version was wrong and was corrected on {day}." in told[f"{original}/v1"]["content_text"]
    assert told[f"{original}/v2"]["title"] == "Corrected: Insulin"
    assert "wrong" not in told[f"{right}/v1"]["content_text"]
    assert "Corrected since: Insuline 30/70" in public.get("/feeds/COD.atom").text
    in_dutch = public.get("/nl/feeds/COD.atom").text
    assert format_date(yesterday, "long", "nl") in in_dutch
    assert f"op {yesterday.isoformat()}" not in in_dutch


@pytest.mark.parametrize("kind", ["atom", "json"])
def test_a_feed_may_be_kept_and_read_by_scripts_and_sets_no_cookie(
    public: Browser, library: dict[str, str], kind: str
) -> None:
    answer = public.get(f"/feeds/COD.{kind}")
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "public" in answer.headers["Cache-Control"]
    assert "Set-Cookie" not in answer.headers
    again = public.get(f"/feeds/COD.{kind}", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_a_feed_is_the_same_for_every_reader(public: Browser, library: dict[str, str]) -> None:
    french = public.get("/feeds/HEA.atom", headers={"Accept-Language": "fr"})
    assert french.data == public.get("/feeds/HEA.atom", headers={"Accept-Language": "nl"}).data


@pytest.mark.parametrize("path", ["/en/c/COD", "/fr/c/COD/HEA-medicines", "/en/search?q=insuline&country=COD"])
def test_a_page_says_where_its_feeds_are(public: Browser, library: dict[str, str], path: str) -> None:
    head = public.get(path).text.partition("</head>")[0]
    found = dict(
        re.findall(r'<link rel="alternate" type="application/(atom\+xml|feed\+json)"[^>]* href="([^"]+)"', head)
    )
    assert set(found) == {"atom+xml", "feed+json"}
    for address in found.values():
        assert library["plain"] in public.get(address.replace("&amp;", "&")).text


@pytest.mark.parametrize("size", [3, 300])
@pytest.mark.parametrize("path", ["/feeds/COD.atom", "/feeds/search.json?q=insuline"])
def test_a_feed_asks_the_same_of_a_small_and_a_large_library(
    public: Browser, scene: Session, path: str, size: int
) -> None:
    for number in range(size):
        make_published(
            scene, state="withdrawn" if number % 5 == 0 else "published", changed_on=TODAY - timedelta(days=1)
        )
    scene.commit()
    public.get("/en/topics")
    with public.statements() as seen:
        assert public.get(path).status_code == 200
    assert len(seen) <= 3, seen


def test_a_feed_of_a_search_says_why_it_tells_of_a_text_that_was_taken_back(
    public: Browser, library: dict[str, str]
) -> None:
    why = "This search may have found it before. So we tell it here, whatever the text was about."

    def told(address: str) -> dict[str, bool]:
        items = public.get(address).get_json()["items"]
        return {item["id"].split("/e/")[1]: why in item["content_text"] for item in items}

    found = told("/feeds/search.json?q=insuline")
    assert found[f"{library['retracted']}/retracted"]
    assert [one for one, says in found.items() if says] == [one for one in found if not one.rpartition("/v")[1]]
    assert not any(told("/feeds/COD.json").values())
