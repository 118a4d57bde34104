"""Receipt codes: how an anonymous requester finds their request again. Made, read leniently and fingerprinted here.

A code is 24 Crockford base-32 characters in six groups of four: 23 random ones (115 bits) and a check character. The
characters are elements of the field of 32 elements, the coefficients of a polynomial that must vanish at a generator
of that field. The generator has order 31, so the 24 places carry weights that all differ and are never zero: noticed
are every single wrong character, every exchange of two (adjacent or not), and every doubled pair typed as another.
"""

import hmac
import unicodedata
from uuid import UUID

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 24
RANDOM_CHARACTERS = LENGTH - 1
KEY_VERSION = 1  # stored beside each fingerprint; raise it together with the key
DESK_KEY_VERSION = 2  # the same for codes that the desk gives out, which have a key of their own
KEY_MIN_BYTES = 32

_VALUES = {character: value for value, character in enumerate(ALPHABET)}
_READ_AS = {character: character for character in ALPHABET} | {"O": "0", "I": "1", "L": "1"}
_LONGEST_TYPED = 200  # anything longer is no code, however generously spaced
_SEPARATING = {"Zs", "Zl", "Zp", "Cf", "Pd"}  # spaces, dashes, and the invisible marks that copied text brings along
_SEPARATORS = frozenset("\t\r\n.·•۔_")
_MODULUS = 0b100101  # x⁵ + x² + 1, of which x is a generator


def new_code(key: bytes, seed: UUID) -> str:
    """The code that follows from a number. The same form sent twice gets the same code, and nobody stores it."""
    bits = int.from_bytes(_digest(key, b"receipt code", seed.bytes)) >> (256 - 5 * RANDOM_CHARACTERS)
    values = [bits >> (5 * place) & 31 for place in range(RANDOM_CHARACTERS)]
    return _grouped("".join(ALPHABET[value] for value in [*values, _times_x(_remainder(values))]))


def form_seed(key: bytes, submission: UUID, words: str) -> UUID:
    """The number that the code of a form on the public site follows from: its own number and every word in it. Whoever
    got hold of the number alone, and sends other words under it, gets no code that anybody has.
    """
    return UUID(bytes=_digest(key, b"form seed", submission.bytes + words.encode())[:16])


def desk_submission(key: bytes, ticket: UUID) -> UUID:
    """The number under which a form of the desk is filed. The code follows from the ticket, which only the form holds:
    nobody can find it again from this number.
    """
    return UUID(bytes=_digest(key, b"desk submission", ticket.bytes)[:16])


def normalise(text: str) -> str | None:
    """The code somebody typed, written as `new_code` writes it; None when it cannot be one.

    Forgives case, spaces, hyphens, dots, O for 0, I and L for 1, full-width letters and the digits of any script.
    """
    if len(text) > _LONGEST_TYPED:
        return None
    characters = [_read(character) for character in unicodedata.normalize("NFKC", text) if not _separates(character)]
    code = "".join(character or "?" for character in characters)
    if len(code) != LENGTH or "?" in code or _remainder([_VALUES[character] for character in code]):
        return None
    return _grouped(code)


def fingerprint(key: bytes, code: str) -> bytes:
    """The 32 bytes by which a request is found; they tell nothing without the key. Refuses (ValueError) a non-code."""
    normal = normalise(code)
    if normal is None:
        raise ValueError("not a receipt code")
    return _digest(key, b"receipt fingerprint", normal.replace("-", "").encode())


def _digest(key: bytes, purpose: bytes, message: bytes) -> bytes:
    if len(key) < KEY_MIN_BYTES:
        raise ValueError(f"a receipt key has at least {KEY_MIN_BYTES} bytes")
    return hmac.digest(key, purpose + b"|" + message, "sha256")


def _grouped(code: str) -> str:
    return "-".join(code[start : start + 4] for start in range(0, LENGTH, 4))


def _separates(character: str) -> bool:
    return character in _SEPARATORS or unicodedata.category(character) in _SEPARATING


def _read(character: str) -> str | None:
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(digit)
    return _READ_AS.get(character.upper()) if character.isascii() else None


def _times_x(value: int) -> int:
    doubled = value << 1
    return doubled ^ _MODULUS if doubled & 32 else doubled


def _remainder(values: list[int]) -> int:
    """The polynomial with these coefficients at x, highest first; 0 for a whole code."""
    total = 0
    for value in values:
        total = _times_x(total) ^ value
    return total
