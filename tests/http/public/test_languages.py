"""Which language a public page speaks, also one that does not exist, and what it says when it lacks the reader's."""

import re

import pytest
from sqlalchemy.orm import Session

from config import policy
from tests.published import make_published
from tests.sites import Browser

DUTCH = {"Accept-Language": "nl-BE,nl;q=0.9"}
WORDS = {
    "en": "We cannot find this page", "fr": "Nous ne trouvons pas cette page", "nl": "We vinden deze pagina niet",
    "ar": "لا نجد هذه الصفحة",
}  # fmt: skip
EXCUSE = "هذه الصفحة غير متوفرة بلغتك"


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


@pytest.mark.parametrize("path", ["search?q=insuline", "countries", "c/COD", "topics", "dumps"])
def test_a_page_that_lacks_arabic_says_so_in_arabic_and_is_english(public: Browser, path: str) -> None:
    page = public.get(f"/ar/{path}").text
    assert '<html lang="en" dir="ltr">' in page
    assert f'<p class="note mb3" lang="ar" dir="rtl">{EXCUSE}' in page.partition("<main ")[2]
    assert 'href="/ar/ask"' in page  # its links stay in Arabic
    assert 'href="/en/ask"' not in page
    assert '<meta name="robots" content="noindex">' in page
    assert EXCUSE not in public.get(f"/en/{path}").text


def test_a_published_text_may_be_read_and_reported_from_arabic(public: Browser, scene) -> None:
    ref = make_published(scene, language="fr")
    scene.commit()
    page = public.get(f"/ar/e/{ref}").text
    assert EXCUSE in page
    assert f'href="/ar/report/{ref}"' in page
    assert EXCUSE in public.get(f"/ar/report/{ref}").text
    assert public.post(f"/ar/report/{ref}").status_code == 422


@pytest.mark.parametrize("path", ["", "ask", "q", "privacy", "method", "accessibility", "help", "help/ask"])
def test_pages_of_requesters_are_in_arabic_and_excuse_nothing(public: Browser, path: str) -> None:
    page = public.get(f"/ar/{path}").text
    assert '<html lang="ar" dir="rtl">' in page
    assert EXCUSE not in page


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
    ("/fr/countries", ["en_GB", "nl_NL"]), ("/fr/ask", ["en_GB", "nl_NL", "ar_AR"]), ("/fr/", ["en_GB", "nl_NL", "ar_AR"]),
])  # fmt: skip
def test_a_page_names_its_language_and_the_others_it_is_there_in(public: Browser, path: str, others: list[str]) -> None:
    assert locales(public.get(path).text) == [("", "fr_FR"), *((":alternate", code) for code in others)]


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
