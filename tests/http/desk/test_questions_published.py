"""What the triage queue says of the texts that are published about a question already."""

import re
from datetime import timedelta

import pytest

from tests.http.desk.triaging import POINT, make
from tests.published import make_published
from workflows.core import clock
from workflows.requests.models import Point


@pytest.mark.parametrize(
    ("country", "topics", "found"),
    [
        ("COD", ["HEA-medicines"], "2 texts"),
        ("COD", ["HEA-medicines", "HOU-rent"], "3 texts"),
        ("COD", ["ECO-business"], "Nothing yet"),
        ("GIN", ["HOU-rent"], "Nothing yet"),
        (None, ["HEA-medicines"], "Not looked yet"),
    ],
)
def test_a_row_counts_each_text_of_its_country_that_touches_one_of_its_topics_once(
    desk, scene, officer, country, topics, found
) -> None:
    for place, about in (
        ("COD", ["HEA-medicines"]), ("COD", ["HEA-medicines", "HOU-rent"]), ("COD", ["HOU-rent"]), ("GIN", ["HEA-medicines"]),
    ):  # fmt: skip
        make_published(scene, country=place, topics=about)
    make(scene, points=(POINT,), country=country, topics=topics)
    page = desk.get("/desk/questions").text
    assert re.findall(r"\d texts?\b|Nothing yet|Not looked yet", page) == [found]


def test_texts_about_a_question_are_counted_so_far_and_the_freshest_of_all_is_told(
    desk, scene, officer, monkeypatch
) -> None:
    for module in ("workflows.replies.triage_queue", "webapp.desk.questions_lines"):
        monkeypatch.setattr(f"{module}.TEXTS_COUNTED_TO", 2)
    old = clock.today() - timedelta(days=1)
    for place, dates in (("COD", 2 * [old]), ("GIN", 3 * [old]), ("ARM", [*3 * [old], None])):
        for until in dates:
            dated = {"information_date": old - timedelta(days=90), "valid_until": until} if until else {}
            make_published(scene, country=place, **dated)
        make(scene, points=(f"{place} ?",), country=place, topics=["HEA-medicines"])
    scene.commit()
    rows = re.findall(
        r'(COD|GIN|ARM)\s\?</a>.*?class="disc d-(\w+)".*?(\d\+? texts)', desk.get("/desk/questions").text, re.S
    )
    assert sorted(rows) == [("ARM", "current", "2+ texts"), ("COD", "stale", "2 texts"), ("GIN", "stale", "2+ texts")]


def test_before_there_is_a_text_and_a_topic_nothing_is_said_to_be_missing(desk, scene, officer) -> None:
    row = make(scene, topics=[])
    page = desk.get("/desk/questions?view=new").text
    assert ("Not looked yet" in page, "Nothing yet" in page) == (True, False)
    scene.add(Point(question_id=row.id, code="Q1", position=1, text=POINT))
    row.topics = ["HEA-medicines"]
    scene.commit()
    page = desk.get("/desk/questions?view=new").text
    assert ("Not looked yet" in page, "Nothing yet" in page) == (False, True)
