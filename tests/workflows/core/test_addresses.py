"""Addresses of e-mail that somebody types."""

import pytest

from workflows.core.addresses import plausible

END = "@example.org"
LONGEST = "m" * (254 - len(END)) + END


@pytest.mark.parametrize("typed", ["marie@example.org", " a.b-c+d@mail.example.co.uk ", f" {LONGEST} "])
def test_an_address_with_a_name_and_a_domain_is_taken(typed: str) -> None:
    assert plausible(typed) == typed.strip()


@pytest.mark.parametrize(
    "typed",
    [None, "", "marie", "marie@example", "marie@example..org", "marie@.example.org", "marie@example.org.", ".a@b.org", "a..b@c.org",
     "marie@example.org, paul@example.org", "marié@example.org", f"m{LONGEST}", "+243 81 000 00 00"],
)  # fmt: skip
def test_what_no_letter_could_reach_is_not(typed: str | None) -> None:
    assert plausible(typed) is None
