"""National numbers of other countries, known by their check digits: where we work, and where people lived before."""

import re
from collections.abc import Callable, Iterator

from stdnum.bg import egn
from stdnum.cz import rc
from stdnum.de import idnr
from stdnum.dk import cpr
from stdnum.ec import ci
from stdnum.ee import ik
from stdnum.es import dni
from stdnum.fi import hetu
from stdnum.fr import nif
from stdnum.gr import amka
from stdnum.hr import oib
from stdnum.it import codicefiscale
from stdnum.lt import asmens
from stdnum.nl import bsn
from stdnum.no import fodselsnummer
from stdnum.pk import cnic
from stdnum.pl import pesel
from stdnum.ro import cnp
from stdnum.se import personnummer
from stdnum.si import emso
from stdnum.tr import tckimlik

from workflows.depersonalise.kinds import Hit, Kind
from workflows.depersonalise.words import found

_CANDIDATE = found(r"(?<!\+)[1-9](?:[ .-]?\d){8,12}(?![^\W_])")
"""Not after a plus nor with a nought in front, as telephone numbers are written."""

_WITH_LETTERS = found(
    r"(?:\d{8}[ -]?[a-z]|[a-z]{6}[ ]?\d{2}[a-z]\d{2}[ ]?[a-z]\d{3}[a-z]|\d{6}[-+a]\d{3}[\da-z])(?![^\W_])"
)
_GOES_ON = re.compile(r"[+\d)/][ ./-]{0,3}$")
_GOES_ON_BEHIND = re.compile(r"[ ./-]{0,3}\d")
_ROUND = re.compile(r"\d{1,3}(?:[ .]\d{3}){2,4}")
_BY_LENGTH: dict[int, tuple[Callable[[str], bool], ...]] = {
    9: (bsn.is_valid,),
    10: (egn.is_valid, rc.is_valid, cpr.is_valid, ci.is_valid, personnummer.is_valid),
    11: (pesel.is_valid, idnr.is_valid, ik.is_valid, asmens.is_valid, oib.is_valid, amka.is_valid, tckimlik.is_valid,
         fodselsnummer.is_valid),
    12: (personnummer.is_valid,),
    13: (cnp.is_valid, nif.is_valid, emso.is_valid, cnic.is_valid),
}  # fmt: skip
"""By how many figures they have. `emso` is the number of the whole former Yugoslavia."""


def foreign_numbers(text: str) -> Iterator[Hit]:
    """Numbers whose check digits are right somewhere; an amount in thousands is left to the other searches."""
    for match in _CANDIDATE.finditer(text):
        figures = "".join(filter(str.isdigit, match[0]))
        whole = not _GOES_ON.search(text, max(0, match.start() - 4), match.start()) and not _GOES_ON_BEHIND.match(
            text, match.end()
        )
        if whole and not _ROUND.fullmatch(match[0]) and any(valid(figures) for valid in _BY_LENGTH[len(figures)]):
            yield Hit(match.start(), match.end(), Kind.NATIONAL_NUMBER)
    for match in _WITH_LETTERS.finditer(text):
        if dni.is_valid(match[0]) or codicefiscale.is_valid(match[0]) or hetu.is_valid(match[0]):
            yield Hit(match.start(), match.end(), Kind.NATIONAL_NUMBER)
