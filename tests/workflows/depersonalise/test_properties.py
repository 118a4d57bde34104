"""What holds for every text, however odd."""

import re
from importlib import import_module
from pkgutil import iter_modules
from re import _constants as sre
from re import _parser as parser

import pytest
from hypothesis import given
from hypothesis import strategies as st

import workflows.depersonalise
from tests.workflows.depersonalise.marked import TODAY, marked_texts
from workflows.depersonalise import STRUCTURED, find, mark_up, with_suggestions

PIECES = st.sampled_from(
    [
        *("Mme ", "Dhr. ", "my brother ", "Ali", "Béatrice M.", "née le ", "born ", "14/03/1961", "3 mei", "2010-2015"),
        *(
            "0475 12 34 56",
            "+243 81 234 56 78",
            "tel. ",
            "n° SP 5 999 111",
            "dossier ",
            "CGVS 10/99999",
            "85.07.30-033.28",
        ),
        *(
            "BE68 5390 0754 7034",
            "a.b@example.org",
            "EH123456",
            "1 500 000 FC",
            "rue du Progrès 45",
            ", ",
            " ",
            "(",
            ")",
            ".",
        ),
        *(
            "\u200b",
            "\u202e",
            "٠٤٧٥",
            "e\u0301",
            "\n",
            "é",
            "ﬁ",
            "½",
            "…",
            "1",
            "00",
            "-",
            "/",
            "°",
            "school ",
            "village de ",
        ),
    ]
)
TEXTS = st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=14).map("".join))
LANGUAGES = st.sampled_from(["en", "fr", "nl", "ar"])


@given(TEXTS, LANGUAGES)
def test_findings_are_in_order_apart_and_inside_the_text(text, language):
    at = 0
    for finding in find(text, language, TODAY):
        assert at <= finding.start < finding.end <= len(text)
        assert finding.text == text[finding.start : finding.end]
        at = finding.end


@given(TEXTS, LANGUAGES)
def test_the_pieces_make_the_text_again(text, language):
    assert "".join(piece.text for piece in mark_up(text, find(text, language, TODAY))) == text


@given(TEXTS, LANGUAGES)
def test_a_text_with_its_findings_replaced_holds_no_number_or_address_any_more(text, language):
    neutral = with_suggestions(text, find(text, language, TODAY))
    assert [finding for finding in find(neutral, language, TODAY) if finding.kind in STRUCTURED] == []


@given(
    st.lists(st.sampled_from([*marked_texts("telling.json"), *marked_texts("further.json")]), min_size=2, max_size=4)
)
def test_details_are_found_wherever_in_a_longer_text_they_stand(several):
    joined = "\n".join(marked.text for marked in several)
    covered = {place for finding in find(joined, "en", TODAY) for place in range(finding.start, finding.end)}
    start = 0
    for marked in several:
        for first, last in marked.structured:
            assert all(start + at in covered for at in range(first, last) if marked.text[at].isdigit())
        start += len(marked.text) + 1


ADVERSARIES = [
    "1 ",
    "1",
    "a@",
    "Mme ",
    "Ali, ",
    "Ali (8), ",
    "my brother ",
    "rue de la ",
    "née ",
    "1/1/",
    "je vis au ",
    "' ",
    "A.",
    "dossier 1-",
    "é\u0301",
    " ",
    "@a",
    "+",
    "Rue Rue 1",
]


@pytest.mark.parametrize("piece", ADVERSARIES)
def test_twenty_thousand_hostile_characters_are_read(piece):
    text = (piece * 20_000)[:20_000]
    assert all(finding.end <= len(text) for finding in find(text, "fr", TODAY))


def _patterns():
    package = workflows.depersonalise
    for module in iter_modules(package.__path__):
        for name, value in vars(import_module(f"{package.__name__}.{module.name}")).items():
            if isinstance(value, re.Pattern):
                yield f"{module.name}.{name}", value


def _repeats(tree, depth=0):
    """How deep unbounded repeats stand inside other repeats, 1 being an unbounded repeat on its own."""
    deepest = 0
    for operation, argument in tree:
        if operation in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            _, most, inner = argument
            within = _repeats(inner, depth + 1)
            deepest = max(deepest, within, depth + 1 if most is sre.MAXREPEAT else 0)
        else:
            deepest = max([deepest, *(_repeats(inner, depth) for inner in _inside(argument))])
    return deepest


def _inside(argument):
    """The patterns within a group, a branch or a look-around."""
    if isinstance(argument, parser.SubPattern):
        yield argument
    elif isinstance(argument, (list, tuple)):
        for part in argument:
            yield from _inside(part)


@pytest.mark.parametrize(
    ("name", "pattern"), list(_patterns()), ids=lambda value: value if isinstance(value, str) else ""
)
def test_no_pattern_repeats_without_bound_inside_a_repeat(name, pattern):
    """Each attempt at a match then costs at most a constant, so that a search costs in proportion to the text."""
    assert _repeats(parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE)) <= 1, name
