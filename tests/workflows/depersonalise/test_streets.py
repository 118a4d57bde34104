"""Streets are written otherwise elsewhere: by a number alone, or in Arabic."""

import pytest

from tests.workflows.depersonalise.marked import TODAY
from workflows.core.words import PARTNERS
from workflows.depersonalise import Kind, find


def _addresses(text: str, language: str) -> list[str]:
    return [one.text for one in find(text, language, TODAY) if one.kind is Kind.ADDRESS]


@pytest.mark.parametrize("said", PARTNERS)
@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Elle habite KN 5 Rd 12 avec trois enfants.", "KN 5 Rd 12"),
        ("He lives at KG 11 Ave, Kigali.", "KG 11 Ave, Kigali"),
        ("J’habite au KK 15 St avec lui.", "J’habite au KK 15 St"),
        ("تسكن أختي في شارع النيل 12.", "شارع النيل 12"),
        ("العنوان: شارع الملك حسين رقم ٧ في عمان", "شارع الملك حسين رقم ٧"),
    ],
)
def test_a_street_of_elsewhere_with_its_number_is_an_address(said: str, text: str, address: str) -> None:
    assert _addresses(text, said) == [address]


@pytest.mark.parametrize(
    "text",
    [
        "The bus goes along KN 5 road works ahead.",
        "Er zijn 12 winkels aan KN 5.",
        "في شارع النيل 12 صيدلية تبيع الأنسولين.",
        "السوق في شارع الجمهورية قرب المسجد.",
        "The office is in KG 7 Ave, near the market.",
        "EU 27 states ask for it.",
    ],
)
def test_a_street_without_its_house_is_where_a_market_is(text: str) -> None:
    assert _addresses(text, "en") == []
