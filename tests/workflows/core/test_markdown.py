"""Markdown becomes readable, accessible HTML, and plain words."""

from random import Random

import pytest
from markupsafe import Markup

from workflows.core import markdown
from workflows.core.markdown import in_line, plain, render

TABLE = "| Commune | Rent |\n|---|--:|\n| Lemba | 80 [2] |\n"


def test_the_result_is_ready_for_a_template():
    assert render("a **b** & c") == Markup("<p>a <strong>b</strong> &amp; c</p>\n")
    assert isinstance(render("a"), Markup)


def test_no_heading_stands_above_the_pages_own():
    assert render("# One\n\n### Two\n\n# Three\n") == "<h2>One</h2>\n<h3>Two</h3>\n<h2>Three</h2>\n"
    assert render("#### Only\n") == "<h2>Only</h2>\n"
    assert "<h1" not in render("One\n===\n")


def test_headings_can_start_lower_and_never_pass_the_fourth_level():
    assert render("# A\n\n## B\n\n### C\n", top=3) == "<h3>A</h3>\n<h4>B</h4>\n<h4>C</h4>\n"


def test_a_known_source_number_becomes_a_link_to_it():
    html = render("Three months [1], often more [1, 2].", sources=2, source_label="Bron")
    assert '<sup><a href="#s1" aria-label="Bron 1">1</a></sup>, often' in html
    assert '<a href="#s1" aria-label="Bron 1">1</a> <a href="#s2" aria-label="Bron 2">2</a></sup>.' in html


def test_neighbouring_source_marks_become_one_that_clings_to_its_word():
    html = render("Dear [1][2]. Cheap [2] [1], said one.", sources=2)
    assert 'Dear<sup><a href="#s1"' in html
    assert html.count("<sup>") == 2


def test_in_a_page_of_several_texts_a_source_has_the_number_of_the_page():
    html = render("Read [2] and [7].", numbers=(12, 1004))
    assert '<a href="#s1004" aria-label="Source 1004">1004</a>' in html
    assert "[7]" in html


def test_an_unknown_source_number_stays_as_it_was_typed():
    assert render("A [3] and [0] and [1, 9]", sources=2) == "<p>A [3] and [0] and [1, 9]</p>\n"
    assert render("A [1]") == "<p>A [1]</p>\n"


def test_a_number_inside_a_link_is_not_a_source():
    html = render("[see [1]](https://example.org)", sources=1)
    assert html == '<p><a href="https://example.org" rel="noopener noreferrer nofollow">see [1]</a></p>\n'


def test_a_table_can_be_scrolled_by_keyboard_and_has_a_name():
    html = render(TABLE, sources=2, table_label="Tableau")
    assert html.startswith(
        '<div class="scroll" tabindex="0" role="region" aria-label="Tableau 1: Commune, Rent"><table>'
    )
    assert html.rstrip().endswith("</table></div>")
    assert '<th scope="col" class="r">Rent</th>' in html
    assert '<td class="r">80<sup><a href="#s2"' in html
    assert "<td>Lemba</td>" in html


def test_two_tables_with_the_same_heads_have_different_names():
    html = render(f"{TABLE}\n\ntext\n\n{TABLE}")
    assert 'aria-label="Table 1: Commune, Rent"' in html
    assert 'aria-label="Table 2: Commune, Rent"' in html


def test_only_web_mail_and_telephone_links_are_links():
    kept = render("[a](https://e.org) [b](mailto:a@e.org) [c](tel:+3225550100) <http://e.org/x>")
    assert kept.count("<a href=") == 4
    assert kept.count('rel="noopener noreferrer nofollow"') == 4
    refused = render(
        "[a](javascript:x) [b](/path) [c](//e.org) [d](#s1) [e](data:text/html,x) [f](ftp://e.org)", sources=3
    )
    assert "<a" not in refused


def test_html_is_shown_as_it_was_typed():
    assert render("<b>x</b> <!-- y -->") == "<p>&lt;b&gt;x&lt;/b&gt; &lt;!-- y --&gt;</p>\n"


def test_a_picture_and_code_leave_only_their_words():
    assert render("![a *map*](https://e.org/x.png) `rm`") == "<p>a map rm</p>\n"
    assert render("```py\n<b>\n```\n").strip() == "<p>&lt;b&gt;</p>"


def test_a_reference_definition_cannot_hide_text():
    assert "secret" in render("[1]: https://example.org/secret")


def test_a_tab_at_the_start_of_a_line_does_not_turn_text_into_code():
    assert render("\tThe room") == "<p>The room</p>\n"


def test_text_that_turns_other_text_around_is_gone():
    assert render("a\u202eb") == "<p>ab</p>\n"


def test_an_entity_cannot_smuggle_in_what_is_hidden():
    assert render("a&#x202e;b &amp; c") == "<p>a&amp;#x202e;b &amp;amp; c</p>\n"


def test_plain_gives_one_line_a_block_and_tabs_in_a_row():
    source = f"# Rent\n\nThree **months** [1],\nor [more](https://e.org).\n\n- one\n- two\n\n{TABLE}\n```\nx < y\n```\n"
    assert plain(source, sources=2).split("\n") == [
        "Rent", "Three months, or more.", "one", "two", "Commune\tRent", "Lemba\t80", "x < y",
    ]  # fmt: skip


PIECES = ["a", "B ", "word", "é", " ", "\n", "\n\n", "\n- ", "\n## ", "- ", "## ", "#", " [1]", "[1, 2]", "[9]", "(x)", ".",
          "1. ", "\n12 ", "\n===", "\n---", "\n> ", "\u00a0", "\u2028", "'", "&amp;", "*", "_", "!", "`", "|"]  # fmt: skip


@pytest.mark.parametrize("sources", [0, 1, 2])
def test_a_text_of_nothing_but_words_is_read_as_any_other(sources):
    chance, easy = Random(sources), 0
    for number in range(4000):
        known = PIECES[:15] if number % 2 else PIECES
        source = "".join(chance.choices(known, k=chance.randint(1, 12)))
        if markdown._EASY.fullmatch(f"{source}\n"):
            easy += 1
            assert plain(source, sources=sources) == markdown._read(source, sources), source
    assert easy > 200


def test_blocks_say_what_each_of_them_is():
    text = "## Prices [1]\n\nA room,\nshared.\n\n1. small\n2. large\n\n   with a yard\n\n| Size | Price |\n|---|---|\n| one | 80 |"
    assert markdown.blocks(text, sources=1) == [
        ("heading", "Prices"), ("words", "A room, shared."), ("item", "small"), ("item", "large"),
        ("words", "with a yard"), ("row", "Size\tPrice"), ("row", "one\t80"),
    ]  # fmt: skip
    assert "\n".join(words for _kind, words in markdown.blocks(text, sources=1)) == plain(text, sources=1)


def test_in_one_line_rows_and_cells_of_a_table_stand_apart() -> None:
    table = "The rents:\n\n| Where | Price |\n|---|---|\n| Lemba | 100 USD |\n| Ngaba | 80 USD |\n\nAsk."
    assert in_line(table) == "The rents:\nWhere · Price · Lemba · 100 USD · Ngaba · 80 USD · Ask."


def test_in_one_line_a_heading_stands_apart_from_the_sentence_after_it() -> None:
    text = "It is dear.\n\n## Rent (Lemba)\n\nA room costs 100 USD.\n\n## Is it “safe?”\n\nAsk:\n\n- the owner\n- the street\n"
    assert in_line(text) == (
        "It is dear.\nRent (Lemba) · A room costs 100 USD.\nIs it “safe?”\nAsk:\nthe owner · the street"
    )
    assert in_line("## الإيجار\n\nكم تكلف الغرفة؟\n\n100 دولار") == "الإيجار · كم تكلف الغرفة؟\n100 دولار"
