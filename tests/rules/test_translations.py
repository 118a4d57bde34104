"""The catalogues: French and Dutch say everything, others everything that their readers see; no placeholder is lost."""

import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
COMPLETE = ("fr", "nl")
OTHERS = ("ar", "es", "ru")
KEYWORDS = DEFAULT_KEYWORDS | {"_l": None}
"""`_l` is a word that is translated when it is shown."""
PUBLIC_FILES = (
    "webapp/templates/asking/",
    "webapp/templates/following/",
    "webapp/templates/public/",
    "webapp/answer_",
    "webapp/asking.py",
    "webapp/file_words.py",
    "webapp/following.py",
    "webapp/held_back.py",
    "webapp/lasting.py",
    "webapp/public/",
    "webapp/sheet_text.py",
    "web_kit/templates/kit/base.html",
    "web_kit/templates/kit/calm.html",
    "web_kit/templates/kit/error.html",
    "web_kit/templates/kit/public.html",
    "web_kit/templates/kit/refused.html",
    "web_kit/templates/kit/_",
    "web_kit/templates/kit/forms.html",
    "web_kit/templates/kit/state.html",
    "web_kit/again.py",
    "web_kit/errors.py",
    "web_kit/gate.py",
    "web_kit/language.py",
    "workflows/excerpts/corrected.py",
    "workflows/excerpts/reports.py",
    "workflows/excerpts/unsaid.py",
    "workflows/excerpts/words.py",
    "workflows/replies/public.py",
    "workflows/replies/verdicts.py",
    "workflows/requests/words.py",
    "workflows/requests/public",
    "workflows/requests/drafts.py",
    "workflows/requests/filing.py",
    "workflows/notices/letters/requester_",
    "workflows/notices/letters/subscriber_",
    "workflows/sheets/words.py",
    "workflows/subscribers/public",
)
PARTNER_FILES = (
    "partner_portal/",
    "web_kit/",
    "workflows/accounts/",
    "workflows/answers/attach",
    "workflows/answers/completeness.py",
    "workflows/answers/draft",
    "workflows/answers/ledger_words.py",
    "workflows/answers/partner",
    "workflows/answers/prices.py",
    "workflows/answers/vault.py",
    "workflows/answers/word",
    "workflows/answers/written.py",
    "workflows/assignments/partner",
    "workflows/assignments/reasons.py",
    "workflows/assignments/words.py",
    "workflows/core/",
    "workflows/notices/letters/login_",
    "workflows/notices/letters/partner_",
    "workflows/notices/no_answers.py",
)


@cache
def messages() -> dict[str | tuple[str, ...], set[str]]:
    """Every visible text of the sources, and the files it stands in."""
    with (ROOT / "translations/babel.cfg").open() as mapping:
        methods, options = parse_mapping_cfg(mapping)
    found: dict[str | tuple[str, ...], set[str]] = {}
    for file, _line, text, _comments, _context in extract_from_dir(str(ROOT), methods, options, KEYWORDS):
        found.setdefault(text, set()).add(file)
    return found


def catalogue(language: str) -> Catalog:
    with (ROOT / f"translations/{language}/LC_MESSAGES/messages.po").open("rb") as file:
        return read_po(file, locale=language)


def said(catalog: Catalog, text: str | tuple[str, ...]) -> bool:
    message = catalog.get(text if isinstance(text, str) else text[0])
    if message is None or message.fuzzy:
        return False
    return all(message.string) if isinstance(message.string, tuple | list) else bool(message.string)


@pytest.mark.parametrize("language", COMPLETE)
def test_a_complete_language_says_everything(language: str) -> None:
    catalog = catalogue(language)
    assert [text for text in messages() if not said(catalog, text)] == []


@pytest.mark.parametrize(
    ("language", "files"),
    [("ar", PUBLIC_FILES), ("ar", PARTNER_FILES), ("es", PARTNER_FILES), ("ru", PARTNER_FILES)],
)
def test_a_language_says_everything_that_its_readers_see(language: str, files: tuple[str, ...]) -> None:
    catalog = catalogue(language)
    wanted = [text for text, places in messages().items() if any(place.startswith(files) for place in places)]
    assert len(wanted) > 100
    assert [text for text in wanted if not said(catalog, text)] == []


@pytest.mark.parametrize(("language", "letter"), [("ar", "[\u0620-\u06d3]"), ("ru", "[а-яё]")])
def test_a_language_is_written_in_its_own_letters(language: str, letter: str) -> None:
    """What is in others was filled in for another language; names and abbreviations stay as they are."""
    said = [
        text
        for message in catalogue(language)
        if message.id and message.string
        for text in ([message.string] if isinstance(message.string, str) else message.string)
    ]
    assert len(said) > 500
    words = (text for text in said if re.search(r"[a-z]{2}", re.sub(r"%\(\w+\)[sd]", "", text)))
    assert [text for text in words if not re.search(letter, text.lower())] == []


@pytest.mark.parametrize(("language", "other"), [("fr", "sujet"), ("nl", "thema")])
def test_a_topic_has_one_name_on_all_pages(language: str, other: str) -> None:
    of_topics = {
        message.id: str(message.string).casefold() for message in catalogue(language) if "topic" in str(message.id)
    }
    assert len(of_topics) > 20
    assert [text for text, said in of_topics.items() if other in said] == []


@pytest.mark.parametrize(("language", "left"), [("fr", "laiss"), ("ar", "اترك")])
def test_the_button_that_wipes_a_copy_does_not_say_that_it_stays(language: str, left: str) -> None:
    catalog = catalogue(language)
    for text in ("Drop it", "It differs from what is saved. Take it, or drop it."):
        assert left not in str(catalog.get(text).string), text  # type: ignore[union-attr]


def test_an_editor_has_one_name_in_french() -> None:
    assert [message.id for message in catalogue("fr") if "éditeur" in str(message.string).lower()] == []


@pytest.mark.parametrize(("language", "before"), [("ar", "قبل"), ("es", "antes del")])
def test_the_last_day_of_a_period_is_not_said_to_be_over_before(language: str, before: str) -> None:
    due = {
        message.id: message.string
        for message in catalogue(language)
        if isinstance(message.id, str) and re.search(r"\bby( %\(day\)s)?$", message.id)
    }
    assert len([text for text in due.values() if text]) > 3
    assert [text for text in due.values() if before in str(text)] == []


SINCE = {
    "en": r"(out of date|expired|stale) since|^since$",
    "fr": r"(périm|expir)ée?s? depuis le( |$)(?!plus)",
    "nl": r"(verouderd|vervallen) sinds",
    "ar": r"(قديمة?|منته\w*) منذ",
    "es": r"(desactualizad|caducad)[oa]s? desde",
    "ru": r"(устарел\w*|истёк) с ",
}
"""That something is out of date from a day on. The day that is told is the last on which it held."""


@pytest.mark.parametrize("language", SINCE)
def test_nothing_is_called_out_of_date_since_the_last_day_on_which_it_held(language: str) -> None:
    if language == "en":
        told = [text for message in messages() for text in ([message] if isinstance(message, str) else message)]
    else:
        told = [str(message.string) for message in catalogue(language) if message.id]
    assert len(told) > 500
    assert [text for text in told if re.search(SINCE[language], text, re.IGNORECASE)] == []


@pytest.mark.parametrize("language", [*COMPLETE, *OTHERS])
def test_no_translation_loses_or_invents_a_placeholder(language: str) -> None:
    catalog = catalogue(language)
    wrong = [str(error) for message in catalog if message.id and message.string for error in message.check(catalog)]
    assert wrong == []


@pytest.mark.parametrize("language", [*COMPLETE, *OTHERS])
def test_a_catalogue_keeps_nothing_that_nobody_says(language: str) -> None:
    known = {text if isinstance(text, str) else text[0] for text in messages()}
    kept = {
        message.id if isinstance(message.id, str) else message.id[0] for message in catalogue(language) if message.id
    }
    assert kept - known == set()


def test_no_line_of_french_begins_with_a_sign_that_belongs_to_the_word_before_it() -> None:
    """A space that never breaks stands before ? ! : ; » and after «; a sign with no space at all is one of a syntax."""
    said = [
        text
        for message in catalogue("fr")
        if message.id and message.string
        for text in ([message.string] if isinstance(message.string, str) else message.string)
    ]
    assert sum("\u00a0" in text for text in said) > 200
    assert [text for text in said if re.search(r" [?!:;»]|« |\u202f[?!:;»]|«\u202f", text)] == []


def test_no_line_of_french_parts_the_word_for_over_there() -> None:
    """A browser may begin a new line after a plain hyphen: là-/bas."""
    assert "là\u2011bas" in str(catalogue("fr").get("What is it like there now?").string)  # type: ignore[union-attr]
    assert [message.id for message in catalogue("fr") if "là-bas" in str(message.string)] == []
