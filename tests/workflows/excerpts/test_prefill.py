"""A first draft takes over the prices with their days, and the contacts who agreed; never one who did not."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from tests.reviews import REACH, submitted
from workflows.answers.prices import prices_without_month
from workflows.core.paragraphs import paragraphs
from workflows.excerpts.prefill import _day, beginning

OPEN = {"id": None, "position": 2, "point_code": "Q1", "label": "Accueil | pavillon 4", "may_publish": True,
        "reach": "Le mardi,\n8 h à 11 h", "keeps_reach": False}  # fmt: skip


@pytest.fixture
def at(scene: Session):
    case = submitted(scene, state="accepted")
    case.revision.content = case.revision.content | {"contacts": [*case.revision.content["contacts"], OPEN]}
    scene.commit()
    return case


def test_prices_become_a_table_with_their_day_in_the_language_of_the_answer(scene, at) -> None:
    body = beginning(scene, at.editor, at.revision.id).text.body
    table = "| Quoi | Prix | Jour |\n| --- | --- | --- |\n| Un flacon | 24 000 – 38 000 CDF 10 ml | 9 mars 2026 |"
    assert body.startswith("Deux pharmacies sur trois en avaient. [1]\n\n" + table)
    assert list(prices_without_month(paragraphs(body))) == []


@pytest.mark.parametrize(("language", "said"), [("en", "9 March 2026"), ("nl", "9 maart 2026"), ("fr", "9 mars 2026")])
def test_the_day_of_a_price_is_written_day_first_with_its_month_in_full(language: str, said: str) -> None:
    assert _day(date(2026, 3, 9), language) == said
    assert list(prices_without_month(paragraphs(f"A bottle costs 24 000 CDF ({said})."))) == []


def test_contacts_who_agreed_are_listed_and_the_others_are_not(scene, at) -> None:
    body = beginning(scene, at.editor, at.revision.id).text.body
    assert body.endswith("- Accueil / pavillon 4: Le mardi, 8 h à 11 h")
    assert REACH not in body
    assert at.contact.label not in body


def test_a_price_without_a_day_leaves_its_cell_empty(scene, at) -> None:
    price = at.revision.content["prices"][0] | {"day": None, "unit": ""}
    at.revision.content = at.revision.content | {"prices": [price], "contacts": []}
    scene.commit()
    assert beginning(scene, at.editor, at.revision.id).text.body.endswith("| Un flacon | 24 000 – 38 000 CDF |  |")
    assert beginning(scene, at.editor, at.revision.id).text.information_date == date(2026, 3, 9)


def test_a_price_that_was_frozen_in_other_digits_is_taken_over_in_ours(scene, at) -> None:
    price = at.revision.content["prices"][0] | {"amount": "٢٤٬٠٠٠–۳۸٬۰۰۰"}
    at.revision.content = at.revision.content | {"prices": [price], "contacts": []}
    scene.commit()
    assert "| Un flacon | 24٬000–38٬000 CDF 10 ml |" in beginning(scene, at.editor, at.revision.id).text.body


@pytest.mark.parametrize(
    ("not_found", "where", "says"),
    [(True, "Trois agences", "Cherché, pas trouvé. Trois agences"), (True, "", ""), (False, "Trois agences", "")],
)
def test_what_nobody_knows_begins_with_where_somebody_searched_and_never_with_the_question(
    scene, at, not_found: bool, where: str, says: str
) -> None:
    point = at.revision.content["points"][0] | {"not_found": not_found, "searched_where": where}
    at.revision.content = at.revision.content | {"points": [point]}
    scene.commit()
    assert beginning(scene, at.editor, at.revision.id).text.unknown == says
