"""Telephone numbers of every country, and any other long number that nothing innocent explains."""

import re
from collections.abc import Iterator

from phonenumbers import Leniency, PhoneNumberMatcher

from workflows.depersonalise.kinds import Hit, Kind
from workflows.depersonalise.numbers import MONEY
from workflows.depersonalise.words import any_of

_HOSTS = ("BE", "FR", "NL")
_CANDIDATE = re.compile(
    r"(?:\+[ ]?|\()?\d(?:[ ().\-/_]{0,3}\d){4,}+(?:[ ]?(?:ext|poste|toestel)\.?[ ]?\d{1,5})?", re.IGNORECASE
)
_CUE = re.compile(
    r"(?<![^\W_])"
    + any_of(
        "tel t[ée]l telefoon telefoonnummer t[ée]l[ée]phone telephone phone phone_number gsm gsm-nummer mobile "
        "mobiel portable cell whatsapp",
        "whats_app viber signal imo num[ée]ro number nummer numero call call_me appelez appelez-moi appeler bel "
        "bel_me bellen text_me sms contact",
        "fax reach_me joindre joignable bereikbaar contacter",
    )
    + r"(?:[ ]?(?:n°|nr\.?|no\.?|is|est|:|\.|=|au|at|on|op|via|le|sur|number|nummer|numéro|moi|me|mij|:|"
    r"\(){1}){0,4}[ ]?\+?$",
    re.IGNORECASE,
)
_COUNTED_BEFORE = re.compile(r"(?:€|\$|£|usd|eur|cdf|npr|fcfa)[ ]?$", re.IGNORECASE)
_YEARS = re.compile(r"(?:19|20)\d\d(?:[ ]?[-/][ ]?(?:19|20)\d\d)+")
_FRACTION = re.compile(r"0\.\d{1,6}")
_THOUSANDS = re.compile(r"\d{1,3}(?:[ .]\d{3}){1,9}(?:[ ]?[-/][ ]?\d{1,3}(?:[ .]\d{3}){1,9})?")
_LOOK_BACK = 40


def phones(text: str) -> Iterator[Hit]:
    """Numbers written as telephone numbers, announced as such, or too long to be anything but somebody's."""
    for match in _CANDIDATE.finditer(text):
        cue = _CUE.search(text, max(0, match.start() - _LOOK_BACK), match.start())
        kind = _kind_of(text, match, announced=cue is not None)
        if kind:
            yield Hit(cue.start() if cue else match.start(), match.end(), kind)


def _kind_of(text: str, match: re.Match[str], *, announced: bool) -> Kind | None:
    written = match[0]
    digits = "".join(filter(str.isdigit, written))
    if _innocent(text, match):
        return None
    if announced or written.startswith("+") or (digits.startswith("0") and len(digits) >= 8):
        return Kind.PHONE if len(digits) >= 6 else None
    if written.isdigit():
        return Kind.NUMBER if len(digits) >= 7 and not digits.endswith("00") else None
    return Kind.PHONE if _grouped_like_a_phone(written, digits) else None


def _innocent(text: str, match: re.Match[str]) -> bool:
    """An amount, a span of years or a decimal fraction."""
    if match[0].startswith("+"):
        return False
    counted = MONEY.match(text, match.end()) or _COUNTED_BEFORE.search(text, max(0, match.start() - 6), match.start())
    return bool(
        counted
        or _YEARS.fullmatch(match[0])
        or _FRACTION.fullmatch(match[0])
        or text[match.start() - 1 : match.start()] == ","
    )


def _grouped_like_a_phone(written: str, digits: str) -> bool:
    if len(digits) < 8 or digits.endswith("000"):
        return False
    if not _THOUSANDS.fullmatch(written):
        return True
    return not digits.endswith("00") and (len(digits) >= 9 or _valid_somewhere(written))


def _valid_somewhere(written: str) -> bool:
    return any(PhoneNumberMatcher(written[:40], region, leniency=Leniency.VALID).has_next() for region in _HOSTS)
