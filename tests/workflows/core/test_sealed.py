"""Sealed text opens only with its key, in its own place, unchanged."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import make_question
from workflows.core.sealed import CannotOpen, Keyring, decrypt, encrypt, holding


def test_what_the_public_site_seals_the_desk_reads(keys: Keyring, scene) -> None:
    question = make_question(scene, original="Ma sœur habite avenue Kasa-Vubu 12.")
    assert b"Kasa-Vubu" not in question.original_sealed
    assert question.original == "Ma sœur habite avenue Kasa-Vubu 12."


def test_without_the_private_key_nothing_opens(keys: Keyring, scene) -> None:
    question = make_question(scene)
    with holding(dataclasses.replace(keys, sealing_private=None)), pytest.raises(CannotOpen):
        _ = question.original


def test_a_ciphertext_moved_to_another_row_or_column_does_not_open(keys: Keyring, scene) -> None:
    one, other = make_question(scene), make_question(scene)
    other.original_sealed = one.original_sealed
    one.override_sealed = one.original_sealed
    for read in (lambda: other.original, lambda: one.override):
        with pytest.raises(CannotOpen):
            read()


def test_no_text_stays_no_text(keys: Keyring, scene) -> None:
    question = make_question(scene)
    question.original = None
    assert question.original_sealed is None
    assert question.original is None


@given(st.binary(min_size=32, max_size=32), st.text(), st.integers(min_value=0), st.integers(1, 255))
def test_any_changed_byte_is_noticed(key: bytes, text: str, place: int, change: int) -> None:
    blob = bytearray(encrypt(key, "message|text|1", text))
    blob[place % len(blob)] ^= change
    with pytest.raises(CannotOpen):
        decrypt(key, "message|text|1", bytes(blob))


@given(st.text(), st.text())
def test_sealing_keeps_every_character(keys_text: str, place: str) -> None:
    from nacl.public import PrivateKey

    private = PrivateKey.generate()
    ring = Keyring(sealing_public=bytes(private.public_key), sealing_private=bytes(private))
    place = place.replace("\0", "")
    assert ring.open(place, ring.seal(place, keys_text.encode())) == keys_text.encode()
