"""Each check of wording, on its own."""

import pytest

from workflows.answers.prices import prices_without_currency, prices_without_month, sums_with_month
from workflows.answers.wording import (
    Remark,
    long_sentences,
    look,
    unfit_links,
    unknown_references,
    unused_sources,
)
from workflows.requests.outgoing import advice


def test_what_is_found_names_its_part_and_its_paragraph() -> None:
    parts = {"Q1": "One.\n\nWe advise to wait.", "Q2": "It is safe to return."}
    assert look(parts, advice) == (Remark("Q1", 1, "We advise"), Remark("Q2", 0, "It is safe to"))


def test_a_check_reads_a_paragraph_as_it_is_shown() -> None:
    found = look({"body": "**We** advise"}, advice, lambda text: text.replace("*", ""))
    assert [one.text for one in found] == ["We advise"]


@pytest.mark.parametrize(
    "text",
    ["People can return safely.", "There is no risk for returnees.", "Le retour est désormais sûr.",
     "On y vit en toute sécurité.", "Terugkeer is veilig.", "Dat kan zonder gevaar.", "Wij adviseren te wachten."],
)  # fmt: skip
def test_advice_and_promises_of_safety_are_found_in_three_languages(text: str) -> None:
    assert advice(text)


@pytest.mark.parametrize(
    "text",
    ["C'est un endroit sûr pour une famille.", "Il n'y a aucun risque à rentrer.", "Le mieux est de retourner à Oran.",
     "On peut y vivre en sécurité.", "Vous pouvez rentrer.", "C’est sûr.", "Il n’y a plus de danger pour les familles.",
     "Vous ne risquez rien.", "Le mieux serait d’attendre.", "Oran est une ville sûre pour les enfants.",
     "It is a safe place for a family.", "There is no risk to return.", "The best thing is to go back.",
     "One can live there in safety.", "You can now go back.", "You will be safe.", "There is no danger for families.",
     "Het is een veilige plek voor een gezin.", "Er is geen enkel risico om terug te keren.",
     "Het beste is om terug te keren.", "U kunt er veilig wonen.", "Je bent er veilig.", "Er is geen gevaar voor gezinnen."],
)  # fmt: skip
def test_promises_in_other_words_are_found_in_the_same_three_languages(text: str) -> None:
    assert advice(text)
    assert advice(text.upper())


@pytest.mark.parametrize(
    "text",
    ["Gardez les papiers dans un endroit sûr.", "Il y a un risque de coupure. Il n’y a pas de risque de retard.",
     "Le mieux est de téléphoner avant.", "On ne peut pas y vivre en sécurité, disent trois femmes.",
     "Vous pouvez retourner le formulaire.", "Il n’est pas sûr que le guichet ouvre.", "La zone sûre est payante.",
     "Keep the papers in a safe place.", "You can return the form by post.", "The best time is in the morning.",
     "The best is to call first.", "There is no risk of a power cut.", "There is no danger sign on the road.",
     "Het beste is te bellen.", "Er is geen risico op een boete.", "Bewaar het op een veilige plek.",
     "Aucun risque pour la récolte.", "No danger for the harvest.", "Geen gevaar voor uw dossier.",
     "U kunt er veilig betalen.", "C’est sûr que le prix monte."],
)  # fmt: skip
def test_the_same_words_about_other_things_are_left_alone(text: str) -> None:
    assert advice(text) == []


@pytest.mark.parametrize(
    "text",
    ["The safe at the bank costs 3 euros.", "Le dépôt est sûr d’être rendu.", "De weg is onveilig na zes uur.",
     "Returnees said that they were stopped twice."],
)  # fmt: skip
def test_facts_are_not_taken_for_advice(text: str) -> None:
    assert advice(text) == []


@pytest.mark.parametrize(
    "address",
    ["ftp://example.org/a", "http://localhost/a", "https://bit.ly/3xY", "https://www.tinyurl.com/a",
     "https://l.facebook.com/l.php?u=x", "https://eur01.safelinks.protection.outlook.com/?url=x",
     "https://example.org/a?utm_source=mail", "https://example.org/?a=1&fbclid=9", "https://who@example.org/",
     "www.example.org", "javascript:alert"],
)  # fmt: skip
def test_links_that_are_not_whole_or_hide_or_follow_are_named(address: str) -> None:
    assert unfit_links(f"See {address} for more") == [address]
    assert unfit_links(f"[the law]({address})") == [address]


def test_an_address_that_is_none_is_named() -> None:
    assert unfit_links("[law](http://[broken) and [law](relative/page)") == ["http://[broken", "relative/page"]


def test_plain_links_mail_and_telephone_are_fine() -> None:
    assert (
        unfit_links("[law](https://example.org/law?id=3), https://www.example.org. [m](mailto:a@b.org) [t](tel:1)")
        == []
    )


def test_an_unfit_link_is_named_once_without_the_full_stop() -> None:
    assert unfit_links("http://here/a, and http://here/a.") == ["http://here/a"]


def test_a_reference_without_its_source_is_named_as_written() -> None:
    assert unknown_references("One [1], seven [7], both [2, 9], none [0], a link [3](https://a.org).", 2) == [
        "[7]", "[2, 9]", "[0]",
    ]  # fmt: skip


def test_sources_that_nothing_refers_to_are_numbered() -> None:
    assert unused_sources(["In short [2].", "More [4, 2]."], 4) == [1, 3]
    assert unused_sources([], 1) == [1]


@pytest.mark.parametrize(
    "text",
    ["The rent is 80 to 150.", "Le loyer coûte 150 par mois.", "De huur is 300.", "The fee was 1.500 in 2026 [1]."],
)
def test_a_price_without_a_currency_is_named(text: str) -> None:
    assert len(prices_without_currency(text)) == 1


@pytest.mark.parametrize(
    "text",
    ["The rent is 80 US dollars.", "Le loyer est de 150 euros.", "De huur is € 300.", "The fee is 20 000 CDF.",
     "The rent is paid for 3 months.", "Prices rose by 8 %.", "The price rose in 2026.", "It costs nothing [2].",
     "There are 40 shops."],
)  # fmt: skip
def test_what_has_a_currency_or_is_no_price_is_left_alone(text: str) -> None:
    assert prices_without_currency(text) == []


def test_an_amount_without_a_month_is_named_once_for_its_section() -> None:
    text = [
        "A shared yard.",
        "A room costs 80 dollars, a flat 150 dollars.",
        "Or 60 dollars; it may rise.",
        "## Water",
        "Two euros: € 2.",
    ]
    assert list(prices_without_month(text)) == [(1, "A room costs 80 dollars"), (4, "Two euros: € 2")]


@pytest.mark.parametrize(
    "text",
    [["A room costs 80 dollars (March 2026)."], ["En août, 150 euros."], ["In mei was dat € 300."],
     ["80 USD on 3/4/2026."], ["In May it was 80 USD."], ["There is no price."], ["Room 80, second floor."],
     ["## Prices in May 2026", "| Lemba | 80 USD |"], ["| Place | Rent, June |", "|---|---|", "| Lemba | 28 000 FC |"], []],
)  # fmt: skip
def test_an_amount_with_its_month_is_fine(text: list[str]) -> None:
    assert list(prices_without_month(text)) == []


@pytest.mark.parametrize(
    ("short", "body"),
    [
        ("A room costs 80 to 150 US dollars.", ["In May, from 80 dollars to 150 dollars."]),
        ("38 000 CDF.", ["## In May", "| Lemba | 38,000 CDF |"]),
        ("Il faut 1 500 € ou 2 000 €.", ["En mai 2026 : 2.000 €, ailleurs € 1500."]),
        ("Van 80 tot 90,50 euro.", ["In mei: 80–90.50 euro."]),
    ],
)
def test_an_amount_that_is_dated_elsewhere_needs_no_month(short: str, body: list[str]) -> None:
    assert list(prices_without_month([short])) != []
    assert list(prices_without_month([short], sums_with_month(body))) == []


@pytest.mark.parametrize(
    "body",
    [
        ["A room costs 80 to 150 US dollars."],
        ["In May a room cost 90 to 150 US dollars."],
        ["In May a room cost 80 to 150 euros."],
        ["## Rooms", "80 to 150 US dollars.", "## Water", "9 dollars in May."],
        ["In May a room cost 80 000 to 150 US dollars."],
        ["In May a room cost 8.0 to 150 US dollars."],
        [],
    ],
)
def test_an_amount_that_is_another_one_elsewhere_is_named(body: list[str]) -> None:
    found = prices_without_month(["A room costs 80 to 150 US dollars."], sums_with_month(body))
    assert [number for number, _text in found] == [0]


@pytest.mark.parametrize(
    "month",
    ["Jan 2026", "Feb.", "12 Mar", "Apr '26", "June", "Jul 2026", "Aug.", "Sept. 2026", "3rd Sep", "Oct", "Nov.",
     "Dec 2026", "janv.", "févr. 2026", "fevr", "mars", "avr.", "juil.", "1er sept", "sept. 2026", "oct.", "déc.",
     "dec. 2026", "jan. 2026", "mrt", "okt. ’26", "5 jun", "31-dec", "febr. 2026", "fevrier", "aout"],
)  # fmt: skip
def test_a_month_in_short_is_a_month_in_three_languages(month: str) -> None:
    assert list(prices_without_month([f"80 USD ({month})"])) == []


@pytest.mark.parametrize(
    "text",
    ["Jan paid 80 USD.", "Sept euros ou 80 USD.", "It may mar 80 USD.", "APR 12: 80 USD", "At 80 dec they ask 80 USD."],
)
def test_a_name_and_a_number_are_no_month(text: str) -> None:
    assert len(list(prices_without_month([text]))) == 1


def test_a_long_sentence_is_shown_whole() -> None:
    long = " ".join(["word"] * 26) + "."
    assert long_sentences(f"Short. {long}") == [long]
