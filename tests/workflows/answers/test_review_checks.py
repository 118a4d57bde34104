"""The machine points out what it can; the thirteen points are the editor's."""

from datetime import date, timedelta

import pytest

from tests.factories import TODAY
from workflows.answers.checklist import CHECKS, obstacles
from workflows.answers.checks import check_points
from workflows.answers.content import FrozenPoint, FrozenSource
from workflows.answers.wording import Remark, long_sentences
from workflows.requests.outgoing import advice


def source(**values) -> FrozenSource:
    given = {"id": None, "point_code": "Q1", "kind": "talk", "label": "Two agents", "dated": TODAY, "mode": "phone",
             "consent": "role", "keeps_identity": False}  # fmt: skip
    return FrozenSource(**given | values)


def point(text: str = "Two shops had it.", **values) -> FrozenPoint:
    given = {"code": "Q1", "text": text, "place": "Kinshasa", "information_date": TODAY, "confidence": "sure",
             "not_found": False, "searched_where": "", "sources": (source(),)}  # fmt: skip
    return FrozenPoint(**given | values)


def test_the_list_has_thirteen_points_of_which_ten_block() -> None:
    assert [check.number for check in CHECKS] == list(range(1, 14))
    assert set(obstacles({})) == set(range(1, 11))


def test_personal_details_are_found_point_by_point() -> None:
    checked = check_points(
        [point(), point("Call Mrs. Amina Diallo on +32 470 12 34 56.", code="Q2")], "en", None, TODAY
    )
    assert checked.findings[0] == ()
    assert len(checked.personal) == len(checked.findings[1]) >= 2


def test_a_source_without_a_day_is_not_complete_and_a_point_without_any_is_named() -> None:
    checked = check_points(
        [point(sources=(source(), source(dated=None))), point(code="Q2", sources=())], "en", None, TODAY
    )
    assert (checked.sources, checked.sources_complete, checked.without_source) == (2, 1, ("Q2",))


def test_kinds_of_source_are_counted_and_references_are_followed() -> None:
    checked = check_points(
        [point("One [1].\n\nTwo [2]."), point(code="Q2", sources=(source(kind="visit"), source(kind="")))],
        "en",
        None,
        TODAY,
    )
    assert checked.kinds == 2
    assert checked.references == (Remark("Q1", 1, "[2]"),)


def test_a_point_wants_two_sources_that_do_not_depend_on_each_other() -> None:
    alone, apart = (source(),), (source(), source(independence="A"))
    repeated = (source(independence="A"), source(independence="A"))
    points = [point(sources=alone), point(code="Q2", sources=apart), point(code="Q3", sources=repeated),
              point(code="Q4", sources=(*repeated, source(independence="B"))), point(code="Q5", sources=())]  # fmt: skip
    assert [one.independent for one in points] == [1, 2, 1, 2, 0]
    assert check_points(points, "en", None, TODAY).single_source == ("Q1", "Q3")


def test_what_was_not_found_needs_no_source() -> None:
    assert check_points([point("", not_found=True, sources=())], "en", None, TODAY).without_source == ()


def test_information_older_than_its_topic_keeps_is_named() -> None:
    old = point(information_date=TODAY - timedelta(days=91))
    assert check_points([old], "en", (180, "A"), TODAY).too_old == ("Q1",)
    assert check_points([old], "en", (180, "B"), TODAY).too_old == ()


@pytest.mark.parametrize(
    "text",
    [
        "We recommend to wait.",
        "It is safe to return to the north.",
        "Nous vous conseillons de rester.",
        "On peut y vivre sans danger.",
        "Il vaut mieux attendre.",
        "We raden je aan te wachten.",
        "Het is veilig om terug te keren.",
    ],
)
def test_advice_is_pointed_out_in_each_language(text: str) -> None:
    assert advice(text)


@pytest.mark.parametrize(
    "text",
    [
        "The clinic advises patients by telephone.",
        "A safe costs 80 dollars.",
        "Les médecins conseillent un contrôle par mois.",
        "De weg is geasfalteerd.",
        "Returnees pay the same price.",
    ],
)
def test_plain_facts_are_not_taken_for_advice(text: str) -> None:
    assert advice(text) == []


def test_a_sentence_of_more_than_25_words_is_long() -> None:
    short, long = " ".join(["word"] * 25) + ".", " ".join(["word"] * 26) + "."
    assert long_sentences(f"{short} {long}") == [long]


def test_an_amount_does_not_end_a_sentence() -> None:
    assert long_sentences("It costs 24.000 francs at no. 5.") == []


def test_a_date_is_read_from_the_frozen_text() -> None:
    from workflows.answers.content import points_of

    content = {
        "points": [{"code": "Q1", "text": "a", "place": "b", "information_date": "2026-03-09", "confidence": None,
                    "not_found": False, "searched_where": ""}],
        "sources": [],
    }  # fmt: skip
    assert points_of(content)[0].information_date == date(2026, 3, 9)
