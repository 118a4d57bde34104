"""A rule that is not asked would have found nothing."""

import random

from hypothesis import given
from hypothesis import strategies as st

from tests.workflows.core.test_markdown_is_safe import GLUE, PAYLOADS, mutated
from workflows.core.dialect import dialect, parse
from workflows.core.hidden import strip_hidden

ALL_RULES = dialect()
BEFORE = ["", "", "", " ", "   ", "    ", "\t", "> ", ">", "- ", "  - ", "1. ", "> > ", "* * "]
LINES = [
    "", "", "a", "foo: 3,5 € – n’a!", "é — « x » ;", "العربية 12", "- b", "* c", "+ d", "1. e", "7) f", "---", "===", "-", "=", "--  ",
    "- - -", "***", "_ _ _", "> q", "> ---", "    x", "\ty", "# H", "## H #", "| a | b |", "|---|--:|", "a | b", "--|--", "-|-", "```",
    "~~~ x", "``` y", "~~x~~", "[1]", "[1, 2] [3]", "[a](https://e.org)", "![i](https://e.org/x)", "<https://e.org>", "<x@e.org>",
    "*em*", "**b** _c_", "a_b_c", "2 * 3 * 4", "\\*x\\*", "x  ", "x\\", "`code`", "``a`b``", "[x][y]", "[x]: https://e.org", "![x][y]",
    "a[b]c](d", "!", "a\rb", "\r", "a\u2028b", "a\x0bb", "a\x00b",
]  # fmt: skip
SIGNS = "a b1.)-=*_[](!<>|`~\\#:\n\n\t +\r\x00"


def assert_the_same_with_all_rules(source: str) -> None:
    assert parse(source, sources=2) == ALL_RULES.parse(strip_hidden(source), {"sources": 2}), source


def test_every_kind_of_line_is_read_as_with_all_rules():
    for line in LINES:
        for before in BEFORE:
            assert_the_same_with_all_rules(f"{before}{line}\n{line}")


def test_two_thousand_texts_are_read_as_with_all_rules():
    chance = random.Random(20161130)
    for _ in range(700):
        lines = (chance.choice(BEFORE) + " ".join(chance.choices(LINES, k=2)) for _ in range(chance.randint(1, 9)))
        assert_the_same_with_all_rules("\n".join(lines))
        assert_the_same_with_all_rules("".join(chance.choices(SIGNS, k=chance.randint(1, 40))))
        assert_the_same_with_all_rules(mutated(chance))


@given(st.lists(st.one_of(st.sampled_from(LINES + PAYLOADS + GLUE), st.text(max_size=12)), max_size=8).map("".join))
def test_any_text_is_read_as_with_all_rules(source):
    assert_the_same_with_all_rules(source)
