"""Receipt codes: made the same twice, read back from any keyboard, wrong in one character noticed, garbage refused."""

import random
from collections import Counter
from itertools import combinations
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.requests.receipts import ALPHABET, fingerprint, new_code, normalise

KEY = bytes(range(32))
OTHER_KEY = bytes(range(1, 33))
ONE_FORM = UUID(int=7)
codes = st.uuids().map(lambda form: new_code(KEY, form))


def swapped(code: str, i: int, j: int) -> str:
    characters = list(code)
    characters[i], characters[j] = characters[j], characters[i]
    return "".join(characters)


def test_the_same_form_sent_twice_gets_the_same_code():
    assert new_code(KEY, ONE_FORM) == new_code(KEY, UUID(int=7))


def test_another_key_or_another_form_gives_another_code():
    assert len({new_code(KEY, ONE_FORM), new_code(OTHER_KEY, ONE_FORM), new_code(KEY, UUID(int=8))}) == 3


def test_a_code_is_six_groups_of_four():
    groups = new_code(KEY, ONE_FORM).split("-")
    assert [len(group) for group in groups] == [4] * 6
    assert set("".join(groups)) <= set(ALPHABET)


def test_a_hundred_thousand_codes_are_unique_and_every_place_is_uniform():
    numbers = random.Random(2011)
    made = [new_code(KEY, UUID(int=numbers.getrandbits(128))).replace("-", "") for _ in range(100_000)]
    assert len(set(made)) == len(made)
    expected = len(made) / 32
    for place in range(24):
        seen = Counter(code[place] for code in made)
        chi_square = sum((seen[character] - expected) ** 2 / expected for character in ALPHABET)
        assert chi_square < 75, f"place {place}"  # 31 degrees of freedom: about one in 50,000 at random


def test_neighbouring_places_of_codes_are_independent():
    made = [new_code(KEY, UUID(int=n)).replace("-", "") for n in range(20_000)]
    pairs = Counter((code[place], code[place + 1]) for code in made for place in (0, 11, 22))
    expected = 60_000 / 1024
    chi_square = sum((pairs[a, b] - expected) ** 2 / expected for a in ALPHABET for b in ALPHABET)
    assert 850 < chi_square < 1220  # 1023 degrees of freedom


@given(codes)
def test_a_code_reads_back_as_itself(code):
    assert normalise(code) == code


@given(codes, st.randoms(use_true_random=False))
def test_a_code_typed_carelessly_still_reads(code, chance):
    sloppy = {"0": "0Oo٠۰０", "1": "1IilL١１", "2": "2٢２", "-": [" ", "", ".", " - ", "–", "\u200e-", "\u00a0"]}
    typed = "".join(chance.choice(sloppy.get(c, [c, c.lower(), chr(ord(c) + 0xFEE0)])) for c in code)
    assert normalise(typed) == code


@pytest.mark.parametrize("digits", ["٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "０１２３４５６７８９", "०१२३४५६७८९"])
def test_digits_of_a_phones_own_script_are_read(digits):
    code = new_code(KEY, ONE_FORM)
    assert normalise(code.translate({ord("0") + i: digit for i, digit in enumerate(digits)})) == code


def test_every_single_wrong_character_is_noticed():
    for form in range(40):
        code = new_code(KEY, UUID(int=form)).replace("-", "")
        for place in range(24):
            wrong = [code[:place] + c + code[place + 1 :] for c in ALPHABET if c != code[place]]
            assert not any(map(normalise, wrong))


def test_every_exchange_of_two_characters_is_noticed():
    for form in range(40):
        code = new_code(KEY, UUID(int=form)).replace("-", "")
        for i, j in combinations(range(24), 2):
            if code[i] != code[j]:
                assert normalise(swapped(code, i, j)) is None


def test_a_doubled_pair_typed_as_another_pair_is_noticed():
    code = new_code(KEY, ONE_FORM).replace("-", "")
    whole = next(  # the check character repaired, so that the code with the pair AA in it is itself whole
        candidate for c in ALPHABET if normalise(candidate := "AA" + code[2:23] + c)
    )
    assert not any(normalise(c + c + whole[2:]) for c in ALPHABET if c != "A")


@given(codes, st.integers(0, 23))
def test_a_missing_or_a_doubled_character_is_noticed(code, place):
    plain = code.replace("-", "")
    assert normalise(plain[:place] + plain[place + 1 :]) is None
    assert normalise(plain[:place] + plain[place] + plain[place:]) is None


def test_the_letter_u_is_no_part_of_a_code():
    assert normalise("U" + new_code(KEY, ONE_FORM)[1:]) is None


@given(st.one_of(st.text(max_size=60), st.text(alphabet=ALPHABET + "uoilOIL -.٣\u200f", min_size=20, max_size=32)))
def test_garbage_is_refused_or_is_a_whole_code(text):
    read = normalise(text)
    assert read is None or (normalise(read) == read and len(read) == 29 and set(read) <= {*ALPHABET, "-"})


@pytest.mark.parametrize("text", ["", " ", "-" * 24, "0" * 23, "0" * 25, "0" * 5000, "ß" * 24, "½" * 24, "\x00" * 24])
def test_what_cannot_be_a_code_is_refused(text):
    assert normalise(text) is None


@given(codes)
def test_a_fingerprint_does_not_depend_on_how_the_code_was_typed(code):
    assert fingerprint(KEY, code) == fingerprint(KEY, code.lower().replace("-", " "))
    assert fingerprint(KEY, code) != fingerprint(OTHER_KEY, code)
    assert len(fingerprint(KEY, code)) == 32


def test_what_is_no_code_has_no_fingerprint():
    with pytest.raises(ValueError, match="not a receipt code"):
        fingerprint(KEY, "hello")


def test_a_short_key_is_refused():
    with pytest.raises(ValueError, match="32 bytes"):
        new_code(b"short", ONE_FORM)
