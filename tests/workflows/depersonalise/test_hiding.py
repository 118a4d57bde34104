"""Nothing hides a number: neither invisible characters nor other people's digits nor odd spaces and dashes."""

import pytest

from tests.workflows.depersonalise.marked import TODAY
from workflows.depersonalise import Kind, find

PHONE = "Bel 0475 12 34 56 aub"


def _only(text: str) -> tuple[Kind, str]:
    (finding,) = find(text, "nl", TODAY)
    assert text[finding.start : finding.end] == finding.text
    return finding.kind, finding.text


@pytest.mark.parametrize(
    "hidden", ["\u200b", "\u200d", "\u202e", "\u2066", "\u00ad", "\ufeff", "\u061c", "\ufe0f", "\x00"]
)
def test_a_hidden_character_between_the_digits_does_not_hide_a_telephone_number(hidden):
    text = PHONE.replace("7", f"7{hidden}").replace("3", f"{hidden}3")
    assert _only(text) == (Kind.PHONE, text.removesuffix(" aub"))


@pytest.mark.parametrize("zero", ["٠", "۰", "०", "０", "০", "߀"])
def test_digits_of_every_script_make_a_telephone_number(zero):
    text = "".join(chr(ord(zero) + int(c)) if c.isdigit() else c for c in PHONE)
    assert _only(text)[0] is Kind.PHONE


@pytest.mark.parametrize("space", ["\u00a0", "\u202f", "\u2009", "\t"])
def test_any_space_separates_digits(space):
    assert _only(PHONE.replace(" ", space))[0] is Kind.PHONE


@pytest.mark.parametrize("dash", ["-", "‐", "‑", "–", "—", "−"])
def test_any_dash_separates_digits(dash):
    assert _only(f"85.07.30{dash}033.28")[0] is Kind.NATIONAL_NUMBER


def test_a_name_with_its_accents_apart_is_found_whole():
    text = "Mme Be\u0301atrice Ngo\u0302 veut rentrer"
    assert _only(text) == (Kind.NAME, "Mme Be\u0301atrice Ngo\u0302")


def test_a_right_to_left_mark_inside_an_address_of_e_mail_does_not_hide_it():
    assert _only("amina\u200f.b@exam\u200bple.org")[0] is Kind.EMAIL


@pytest.mark.parametrize(
    "name", ["محمد حسن", "Мамука", "ნინო", "Արամ", "नरेन्द्र", "Đặng Thị Hồng", "N'Diaye", "Kasa-Vubu", "mamadou diallo"]
)
def test_a_name_in_any_script_is_found_after_an_introduction(name):
    (finding,) = find(f"je m'appelle {name}, et vous ?", "fr", TODAY)
    assert finding.text == f"je m'appelle {name}"
