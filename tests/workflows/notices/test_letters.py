"""Every letter in every language, word for word, and what no letter may ever hold.

After a change of words: `REFRESH=1 python -m pytest tests/workflows/notices/test_letters.py`, then read the difference.
"""

import os
import re
from pathlib import Path

import pytest
from jinja2 import UndefinedError

from workflows.core.letters import Words, render
from workflows.core.lifecycle import Notice
from workflows.core.parties import editors, managers, officers, one_editor
from workflows.core.words import EVERYWHERE, PARTNERS, REQUESTERS
from workflows.lifecycles import LADDERS, LIFECYCLES, OUTSIDE
from workflows.notices.audience import OWN_NOTICES
from workflows.notices.kinds import KINDS, OTHER, count_news
from workflows.notices.send import LETTERS
from workflows.notices.standing import TO_BE_DONE

GOLDEN = Path(__file__).parents[2] / "golden" / "letters"
TEMPLATES = sorted(folder.name for folder in LETTERS.iterdir())
READERS = {
    **dict.fromkeys(("partner_news", "login_changed", "login_set_up", "address_changed"), PARTNERS),
    **dict.fromkeys(("requester_news", "subscriber_confirm", "subscriber_news"), REQUESTERS),
}
LETTERS_SAID = [(template, language) for template in TEMPLATES for language in READERS.get(template, EVERYWHERE)]
LINK = "https://ask.example.org/en/q"
EVERYTHING = {kind: number for number, kind in enumerate([*KINDS, OTHER], 1)}


def words_of(template: str, language: str = "en") -> Words:
    return render(LETTERS / template, language, {"link": LINK, "news": EVERYTHING})


def all_notices() -> set[Notice]:
    """Every notice that any lifecycle, ladder or the post office itself declares."""
    found = {notice for lifecycle in LIFECYCLES for notice in lifecycle.begins}
    found |= {notice for lifecycle in LIFECYCLES for move in lifecycle.moves for notice in move.tells}
    found |= {notice for ladder in LADDERS for rung in ladder.rungs for notice in rung.tells}
    return found | {notice for notices in [*OWN_NOTICES.values(), *OUTSIDE.values()] for notice in notices}


@pytest.mark.parametrize(("template", "language"), LETTERS_SAID)
def test_a_letter_says_what_its_golden_file_says(template: str, language: str) -> None:
    words = words_of(template, language)
    said = f"Subject: {words.subject}\n\n{words.body}"
    golden = GOLDEN / f"{template}.{language}.txt"
    if os.environ.get("REFRESH") == "1":
        golden.write_text(said)
    assert said == golden.read_text()


def test_there_is_no_golden_file_without_a_letter() -> None:
    assert {file.name for file in GOLDEN.iterdir()} == {
        f"{template}.{language}.txt" for template, language in LETTERS_SAID
    }


@pytest.mark.parametrize(("template", "language"), [said for said in LETTERS_SAID if said[0] in READERS])
def test_letters_beyond_the_desk_never_say_what_this_is_about(template: str, language: str) -> None:
    words = words_of(template, language)
    text = f"{words.subject} {words.body}".replace(LINK, "").lower()
    for betraying in (
        "return",
        "retour",
        "terugke",
        "migra",
        "asyl",
        "asiel",
        "refug",
        "réfug",
        "vlucht",
        "country",
        "retorn",
        "refugi",
        "país",
        "возвращ",
        "беж",
        "страна",
        "страны",
        "стране",
    ):
        assert betraying not in text


@pytest.mark.parametrize("template", ["requester_news", "partner_news"])
def test_sentences_are_short_and_calm(template: str) -> None:
    body = words_of(template).body.replace(LINK, "")
    assert "!" not in body
    assert max(len(sentence.split()) for sentence in re.split(r"[.?]", body)) <= 12


def test_the_subjects_are_the_agreed_ones() -> None:
    assert words_of("requester_news").subject == "A message for you"
    assert words_of("partner_news").subject == "Your document"


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_letter_holds_one_link_and_no_mark_of_the_template(template: str) -> None:
    body = words_of(template).body
    assert body.count("://") == 1
    assert not re.search(r"[{}<>%]", body)
    assert "\n\n\n" not in body


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_forgotten_value_is_an_error_and_not_a_gap(template: str) -> None:
    with pytest.raises(UndefinedError):
        render(LETTERS / template, "en", {})


@pytest.mark.parametrize("kind", [*KINDS, OTHER])
def test_each_kind_of_news_has_its_line_in_the_digest(kind: str) -> None:
    news = dict.fromkeys([*KINDS, OTHER], 0)
    for number in (1, 2):
        lines = render(LETTERS / "staff_digest", "en", {"link": LINK, "news": news | {kind: number}}).body.splitlines()
        assert len([line for line in lines if line.startswith(f"- {number} ")]) == 1


def test_every_notice_to_staff_belongs_to_a_kind_of_news() -> None:
    to_staff = {notice.name for notice in all_notices() if notice.to in {officers, editors, one_editor, managers}}
    assert to_staff == {name for names in KINDS.values() for name in names}


def test_news_of_a_kind_nobody_foresaw_is_counted_too() -> None:
    counted = count_news(["question_received", "question_received", "news of tomorrow"])
    assert {kind: number for kind, number in counted.items() if number} == {"questions": 2, OTHER: 1}


def test_what_asks_for_something_to_be_done_is_declared_somewhere() -> None:
    assert {notice.name for notice in all_notices()} >= TO_BE_DONE


def test_a_language_without_a_catalogue_reads_english() -> None:
    assert words_of("requester_news", "ti") == words_of("requester_news", "en")
