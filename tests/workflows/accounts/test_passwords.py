import pytest

from tests.workflows.accounts.people import CHEAP
from workflows.accounts import passwords, second_factor
from workflows.accounts.passwords import TOO_COMMON, TOO_LONG, TOO_SHORT, Cost, problem_with


@pytest.mark.parametrize(
    ("password", "problem"),
    [
        ("fourteen signs", TOO_SHORT),
        ("fifteen signs !", None),
        ("x1y2z" * 26, TOO_LONG),
        ("ﬃ" * 60, TOO_LONG),
        ("passwordpassword", TOO_COMMON),
        ("PassWord Password 2026", TOO_COMMON),
        ("Correct Horse Battery Staple", TOO_COMMON),
        ("azertyuiopqsdfgh", TOO_COMMON),
        ("wachtwoordwachtwoord", TOO_COMMON),
        ("aaaaaaaaaaaaaaaaaaa", TOO_COMMON),
        ("1231231231231231", TOO_COMMON),
        ("herons herons herons", TOO_COMMON),
        ("ilse.maes@example.org1", TOO_COMMON),
        ("ilse.maes@example.org and a green boat", None),
        ("ثلاثة طيور قرب النهر", None),
        ("trois hérons près de l’eau", None),
    ],
)
def test_what_a_password_must_be_like(password, problem):
    assert problem_with(password, "ilse.maes@example.org") == problem


def test_two_people_with_one_password_share_nothing_that_is_stored():
    one, other = (passwords.new_verifier("seven quiet herons", CHEAP) for _ in range(2))
    assert one.salt != other.salt
    assert one.digest != other.digest
    assert passwords.derive("seven quiet herons", one.salt, Cost.read(one.parameters)) == one.digest


@pytest.mark.parametrize("odd", ["", "\ud800", "x" * 100_000, "\0"])
def test_whatever_is_typed_can_be_hashed(odd):
    assert len(passwords.derive(odd, b"s" * 16, CHEAP)) == 32


def test_recovery_codes_are_ten_and_all_different():
    codes = second_factor.new_recovery_codes()
    assert len({second_factor.recovery_digest(code) for code in codes}) == 10
    assert {len(code.replace("-", "")) for code in codes} == {24}


@pytest.mark.parametrize("typed", ["", "123456", "0" * 23, "0" * 25, "x" * 10_000])
def test_what_cannot_be_a_recovery_code_is_not_looked_up(typed):
    assert second_factor.recovery_digest(typed) is None
