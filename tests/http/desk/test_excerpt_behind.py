"""What an approver reads beside a text: the paragraph of the answer it comes from, and what the answer holds."""

import re

import pytest
from lxml import html

from tests.excerpts import recent, sent
from tests.factories import (
    make_answer,
    make_assignment,
    make_partner,
    make_question,
    make_revision,
    make_staff,
)
from workflows.core.actors import Role
from workflows.core.clock import now
from workflows.excerpts.counterparts import counterparts
from workflows.excerpts.models import Excerpt

POINT = {"place": "Kinshasa", "confidence": "fairly_sure", "information_date": "2026-03-09", "not_found": False,
         "searched_where": ""}  # fmt: skip
RENT = "A room of twelve square metres costs 80 dollars a month in Lemba."
DEPOSIT = "Landlords ask a deposit of three months before the keys."
NOISE = "The generator of the market runs all night."


@pytest.fixture
def url(desk, scene):
    """A text that waits for approval, written from an answer whose points it turned round."""
    assignment = make_assignment(
        scene, make_partner(scene), make_question(scene, state="triaged", points=("Q?",)), state="completed",
        topics=["HOU-rent"],
    )  # fmt: skip
    source = {"id": None, "position": 1, "point_code": "Q1", "kind": "visit", "label": "Visit to eleven homes",
              "dated": "2026-03-08", "mode": "in_person", "consent": "role", "keeps_identity": True}  # fmt: skip
    price = {"position": 1, "point_code": "Q1", "what": "A room", "amount": "80", "currency": "USD",
             "unit": "a month", "day": "2026-03-09"}  # fmt: skip
    agreed = {"id": None, "position": 1, "point_code": "Q2", "label": "Tenants’ office", "may_publish": True,
              "reach": "Avenue 4, Lemba", "keeps_reach": False}  # fmt: skip
    silent = {**agreed, "label": "Clerk of the registry, Ms Vjosa Berisha", "may_publish": False, "reach": "",
              "keeps_reach": True}  # fmt: skip
    points = [
        {**POINT, "code": "Q1", "text": f"{RENT}\n\n{NOISE}"},
        {**POINT, "code": "Q2", "text": DEPOSIT},
    ]
    content = {"points": points, "sources": [source], "prices": [price], "contacts": [agreed, silent]}
    revision = make_revision(scene, make_answer(scene, assignment, state="accepted"), content=content)
    body = (
        "## Deposit\n\nA deposit of three months is asked before the keys [1].\n\n"
        "In Lemba, a room of twelve square metres costs about 80 dollars a month [2].\n\nBring a friend who counts."
    )
    version = sent(scene, make_staff(scene, Role.EDITOR), recent(body=body), now=now(), revisions=[revision.id])
    approver = make_staff(scene, Role.EDITOR)
    scene.commit()
    desk.sign_in(approver.id)
    return f"/desk/excerpts/{scene.get(Excerpt, version.excerpt_id).ref}"


def cells(page: str) -> list[tuple[str, str]]:
    """The rows of the comparison, in words."""
    found = html.fromstring(page).find_class("cmp")[0].xpath("./div[contains(concat(@class, ' '), 'c ')]")
    plain = [" ".join(" ".join(one.itertext()).split()) for one in found]
    return list(zip(plain[::2], plain[1::2], strict=True))


def beside(page: str, words: str) -> str:
    return next(left for left, right in cells(page) if words in right)


def test_a_paragraph_faces_what_it_comes_from_wherever_that_stands(desk, url) -> None:
    page = desk.get(url).text
    assert DEPOSIT in beside(page, "A deposit of three months is asked")
    assert beside(page, "A deposit of three months is asked").startswith("Q2")
    assert RENT in beside(page, "In Lemba, a room of twelve")


def test_what_has_no_counterpart_stands_alone_and_says_so(desk, url) -> None:
    page = desk.get(url).text
    assert beside(page, "Bring a friend who counts.") == "Nothing in the answer is like this."
    assert "##" not in page
    assert beside(page, "Deposit") == ""
    rows = cells(page)
    noise = next(place for place, (left, _right) in enumerate(rows) if NOISE in left)
    assert rows[noise][1] == "Nothing in the text is like this."
    assert RENT in rows[noise - 1][0]


def test_a_row_of_prices_faces_the_price_of_the_answer(desk, scene) -> None:
    price = {"position": 1, "point_code": "Q1", "what": "Bag of rice, 25 kg", "amount": "21", "currency": "USD",
             "unit": "", "day": "2026-03-09"}  # fmt: skip
    unused = {**price, "position": 2, "what": "Bag of charcoal", "amount": "14"}
    content = {"points": [{**POINT, "code": "Q1", "text": RENT}], "sources": [], "prices": [price, unused],
               "contacts": []}  # fmt: skip
    assignment = make_assignment(
        scene, make_partner(scene), make_question(scene, state="triaged", points=("Q?",)), state="completed",
        topics=["HOU-rent"],
    )  # fmt: skip
    revision = make_revision(scene, make_answer(scene, assignment, state="accepted"), content=content)
    body = f"{RENT}\n\n| What | Price | Day |\n| --- | --- | --- |\n| Bag of rice, 25 kg | 21 USD | 9 March 2026 |"
    editor = make_staff(scene, Role.EDITOR)
    version = sent(scene, editor, recent(body=body), now=now(), revisions=[revision.id])
    scene.commit()
    desk.sign_in(editor.id)
    page = desk.get(f"/desk/excerpts/{scene.get(Excerpt, version.excerpt_id).ref}").text
    assert beside(page, "What · Price · Day") == ""
    assert beside(page, "Bag of rice, 25 kg").startswith("Q1")
    assert "21 USD" in beside(page, "Bag of rice, 25 kg")
    assert not any("charcoal" in left for left, _right in cells(page))


def test_the_approver_reads_what_the_answer_holds_and_no_name_of_who_did_not_agree(desk, url) -> None:
    page = desk.get(url).text
    held = re.sub(r"<[^>]+>", " ", re.search(r'<section id="behind".*?</section>', page, re.DOTALL)[0])
    for said in (
        "Visit to eleven homes · Visit · 8 Mar 2026 · In person · Only the role may be named",
        "A room · 80 USD a month · 9 Mar 2026",
        "Tenants’ office · Avenue 4, Lemba · agreed to be published",
        "1 contact who did not agree: checked for by the machine",
    ):
        assert said in held
    for hidden in ("Berisha", "Clerk", "registry"):
        assert hidden not in page


def test_a_text_in_another_language_stands_whole_beside_its_answer(desk, scene, url) -> None:
    page = desk.get(f"{url}?compare=sources").text
    assert "Nothing in the answer is like this." not in page
    assert counterparts(["Une chambre coûte 80 dollars."], ["غرفة بثمانين دولارا"]) == {}


def test_each_paragraph_has_one_counterpart_and_the_likest_is_first() -> None:
    answer = ["Rent is 80 dollars in Lemba.", "Water comes twice a week."]
    text = ["Rent in Lemba: 80 dollars, says an agent.", "In Lemba rent is 80 dollars.", "Twice a week water comes."]
    assert counterparts(answer, text) == {1: 0, 2: 1}


def test_small_words_are_no_likeness() -> None:
    assert counterparts(["It is of the and for you."], ["It is of the and for you all."]) == {}
