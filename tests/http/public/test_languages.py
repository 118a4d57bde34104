"""Which language a public page speaks, also one that does not exist, and what it says when it lacks the reader's."""

import re

import pytest
from lxml import html
from sqlalchemy import update
from sqlalchemy.orm import Session

from config import policy
from tests.factories import make_staff
from tests.published import make_published
from tests.sheets import make_sheet, make_text
from tests.sites import Browser
from workflows.core.actors import Role
from workflows.excerpts.models import PublishedVersion

DUTCH = {"Accept-Language": "nl-BE,nl;q=0.9"}
WORDS = {
    "en": "We cannot find this page", "fr": "Nous ne trouvons pas cette page", "nl": "We vinden deze pagina niet",
    "ar": "لا نجد هذه الصفحة",
}  # fmt: skip
NAMES = {
    "Terrain", "English", "Français", "Nederlands", "Atom", "JSON", "Feed", "JSONL", "CSV", "OpenAPI", "RIS", "BibTeX",
    "CSL", "ETag", "PDF", "Word",
}  # fmt: skip
"""What is called the same in every language."""


@pytest.mark.parametrize("code", WORDS)
@pytest.mark.parametrize("path", ["nowhere", "nowhere/at/all", "e/COD-XXX-0001", "c/XXX", "sheet/XXX"])
def test_an_unknown_address_is_answered_in_the_language_it_begins_with(public: Browser, code: str, path: str) -> None:
    answer = public.get(f"/{code}/{path}", headers=DUTCH)
    assert answer.status_code == 404
    assert WORDS[code] in answer.text
    assert f'<html lang="{code}" dir="{"rtl" if code == "ar" else "ltr"}">' in answer.text
    assert f'href="/{code}/">' in answer.text  # the way to the start keeps the language too


@pytest.mark.parametrize("code", WORDS)
def test_an_unknown_address_leads_to_search_countries_and_the_helpdesk(public: Browser, code: str) -> None:
    lost = public.get(f"/{code}/nowhere").text
    assert re.findall(r'<li><a href="([^"]+)">', lost)[-3:] == [
        f"/{code}/{way}" for way in ("search", "countries", "ask")
    ]


def test_the_other_sites_know_of_no_such_ways(desk: Browser) -> None:
    assert "/ask" not in desk.get("/nowhere").text


def test_any_other_unknown_address_is_answered_in_the_language_of_the_reader(public: Browser) -> None:
    for path in ("/nowhere", "/xx/nowhere", "/french/"):
        assert WORDS["nl"] in public.get(path, headers=DUTCH).text


def test_the_name_of_the_site_leads_to_the_start_in_the_same_language(public: Browser) -> None:
    for path in ("/fr/", "/fr/ask", "/fr/method"):
        assert '<a class="brand" href="/fr/">' in public.get(path, headers=DUTCH).text


@pytest.mark.parametrize("path", [
    "", "ask", "q", "privacy", "method", "accessibility", "help", "help/ask", "alerts", "search", "search?q=insuline",
    "search?q=qqqq&country=COD", "countries", "c/COD", "c/COD/HEA", "topics", "dumps",
])  # fmt: skip
def test_around_the_texts_a_page_for_readers_of_arabic_has_no_word_of_another_language(
    public: Browser, scene: Session, path: str
) -> None:
    for state in ("published", "on_hold", "withdrawn"):
        make_published(scene, language="fr", title="Insuline", summary="", state=state)
    scene.commit()
    page = public.get(f"/ar/{path}").text
    assert '<html lang="ar" dir="rtl">' in page
    assert strange(page) <= {"Insuline", "insuline", "qqqq"}


@pytest.mark.parametrize("state", ["published", "on_hold", "withdrawn", "retracted"])
def test_a_text_its_versions_and_the_form_to_report_it_speak_arabic_around_it(
    public: Browser, scene: Session, state: str
) -> None:
    ref = make_published(scene, language="fr", state=state, title="Insuline", summary="", body="")
    scene.commit()
    for path in (f"e/{ref}", f"e/{ref}/v1", f"report/{ref}"):
        page = public.get(f"/ar/{path}").text
        assert '<html lang="ar" dir="rtl">' in page
        assert strange(page) <= {"Insuline", "Kinshasa"}, path
    assert public.post(f"/ar/report/{ref}").status_code == 422


def test_a_sheet_and_what_changed_in_a_text_speak_arabic_around_them(public: Browser, scene: Session) -> None:
    author, approver = make_staff(scene, Role.EDITOR), make_staff(scene, Role.EDITOR)
    make_sheet(scene, author, approver, {"HEA": [make_text(scene, "HEA", language="fr")]}, language="fr")
    ref = make_published(scene, language="fr", versions=2)
    scene.commit()
    for path in ("sheet/COD?language=fr", f"e/{ref}/diff/1..2"):
        page = public.get(f"/ar/{path}").text
        assert '<html lang="ar" dir="rtl">' in page
        assert strange(page) == set(), path


@pytest.mark.parametrize(("lang", "said"), [("ar", "«\u2068insuline (30)\u2069»"), ("en", "“insuline (30)”")])
def test_what_was_looked_for_stands_as_it_was_typed(public: Browser, lang: str, said: str) -> None:
    page = public.get(f"/{lang}/search?q=insuline+(30)").text
    assert said in page.partition("<h1>")[2].partition("</h1>")[0]
    assert said in page.partition('<div class="empty')[2].partition("</h2>")[0]


def test_what_is_of_the_text_is_set_apart_from_the_arabic_line_it_stands_in(public: Browser, scene: Session) -> None:
    ref = make_published(scene, language="fr", title="Prix (2026)")
    scene.execute(update(PublishedVersion).values(change="update", public_note="Prix relevés (2026)."))
    scene.commit()
    page = public.get(f"/ar/e/{ref}").text
    assert '<br>محدَّث. <bdi lang="fr">Prix relevés (2026).</bdi>' in page
    assert re.search(r'<span class="no">1</span><div><bdi lang="fr">[^<]+</bdi> ', page)
    [cited] = re.findall(r'<p class="cite" id="cite-text">(.*?)</p>', page)
    assert cited.startswith("Terrain، «\u2068Prix (2026)\u2069»، الكونغو")
    assert re.search(f"\u2068http[^ ]+/ar/e/{ref}/v1\u2069 ", cited)


def strange(page: str) -> set[str]:
    """Words in Latin letters that stand for no name, no address and nothing in another language than the page."""
    [main] = html.fromstring(page).xpath("//main")
    for one in main.xpath(".//script | .//bdi | .//*[@lang and @lang != 'ar']"):
        one.drop_tree()
    said = [*main.xpath(".//text() | .//@aria-label | .//@title | .//@placeholder | .//@alt")]
    words = re.sub(r"\S*[/@.]\S*", " ", " ".join(map(str, said)))
    return set(re.findall(r"[A-Za-zç]{3,}", words)) - NAMES


def test_the_start_is_in_arabic_with_every_country_by_its_arabic_name(public: Browser, scene) -> None:
    for _ in range(3):
        make_published(scene, language="fr", title="Insuline")
    scene.commit()
    page = public.get("/ar/").text
    assert "كيف هي الأوضاع هناك الآن؟" in page
    assert "الكونغو" in page
    assert "3 أجوبة" in page
    assert re.search(r'<a href="/ar/e/[^"]+" lang="fr" dir="auto">Insuline</a>', page)
    main = re.sub(r"<[^>]+>", " ", page.partition("<main")[2].partition("</main>")[0])
    assert set(re.findall(r"[A-Za-z]{3,}", main.partition(">")[2])) <= {"Insuline"}


def test_what_we_keep_is_said_in_arabic(public: Browser) -> None:
    page = public.get("/ar/privacy").text
    assert f"بعد {policy.ERASURE_DAYS} يومًا من إغلاق سؤالك" in page
    assert "Privacy" not in page


@pytest.mark.parametrize("name", ["endpoint", "_external", "_anchor", "_method", "_scheme", "lang", "iso3", "values"])
def test_whatever_is_asked_for_stays_in_the_address_of_each_language(public: Browser, name: str) -> None:
    answer = public.get(f"/en/c/COD?{name}=x&a=1")
    assert (answer.status_code, f'href="/fr/c/COD?{name}=x&amp;a=1"' in answer.text) == (200, True)


def locales(page: str) -> list[tuple[str, str]]:
    return re.findall(r'<meta property="og:locale(:alternate)?" content="([a-zA-Z_]+)">', page)


@pytest.mark.parametrize(("path", "others"), [
    ("/fr/countries", ["en_GB", "nl_NL", "ar_AR"]), ("/ar/ask", ["en_GB", "fr_FR", "nl_NL"]),
])  # fmt: skip
def test_a_page_names_its_language_and_the_others_it_is_there_in(public: Browser, path: str, others: list[str]) -> None:
    own = {"fr": "fr_FR", "ar": "ar_AR"}[path[1:3]]
    assert locales(public.get(path).text) == [("", own), *((":alternate", code) for code in others)]


def test_a_text_names_its_own_language_and_those_of_its_translations(public: Browser, scene: Session) -> None:
    original = make_published(scene, language="en")
    make_published(scene, language="fr", source_ref=original, source_number=1)
    scene.commit()
    assert locales(public.get(f"/nl/e/{original}").text) == [("", "en_GB"), (":alternate", "fr_FR")]


@pytest.mark.parametrize("path", ["", "c/COD"])
def test_a_list_of_texts_says_in_which_language_each_is_as_the_results_of_a_search_do(
    public: Browser, scene: Session, path: str
) -> None:
    for language in ("fr", "nl", "en"):
        make_published(scene, language=language, title=f"Title {language}")
    scene.commit()
    page = public.get(f"/en/{path}").text
    for language in ("fr", "nl", "en"):
        after = page.partition(f"Title {language}</a>")[2].partition("</li>")[0]
        assert f"· {language.upper()} ·" in after


def test_the_title_of_an_entry_of_a_feed_is_in_the_language_of_its_text(public: Browser, scene: Session) -> None:
    make_published(scene, language="nl")
    scene.commit()
    feed = public.get("/fr/feeds/COD.atom").text
    assert '<title type="text" xml:lang="nl">' in feed
    assert '<summary type="text" xml:lang="nl">' in feed
