"""Numbers and addresses with a form of their own: e-mail, bank account, national register, files, papers."""

import re
from collections.abc import Iterator

from stdnum import iban
from stdnum.be import bis, eid, nn
from stdnum.es import nie
from stdnum.fr import nir

from workflows.depersonalise.foreign_numbers import foreign_numbers
from workflows.depersonalise.kinds import Hit, Kind
from workflows.depersonalise.words import any_of, found

_LABEL = (
    r"(?:[ -]?(?:n°|n[ro]\.?|num[ée]ro|nummer|number|ref\.?|réf\.?|id)(?![^\W\d_]))?[ ]?[:#]?[ ]?(?:n°[ ]?|"
    r"nr\.?[ ]?)?(?:is|est)?[ ]?"
)
_BEFORE = r"(?:(?:n°|nr\.?|no\.?|num[ée]ro|nummer|number)[ ]?)?"
_VALUE = (
    r"(?P<value>(?:[a-z]{1,4}[ ./-]?)?\d{1,14}+(?:[ ./-]{1,2}\d{1,14}|[./-][a-z]{1,5}(?=[./-]\d)"
    r"){0,6}+(?:[./-]?[a-z]{1,2}(?![^\W_])"
    r")?(?:\d{1,6}+)?)"
)

_EMAIL = found(
    r"[\w.+%-]{1,64}(?:[ ]?@[ ]?|[ ]?[(\[]{1,2}[ ]?(?:at|arobase|apenstaartje|@)[ ]?[)\]]{1,2}[ ]?)"
    r"[\w-]{1,63}(?:(?:\.|[ ]?[(\[](?:dot|point|punt)[)\]][ ]?)[\w-]{2,63}){1,5}"
)
_PROFILE = found(
    r"(?:(?:https?://)?(?:www\.|m\.|nl-nl\.|fr-fr\.)?(?:facebook|fb|instagram|tiktok|linkedin|twitter|x|t|wa|"
    r"vk|m)\.(?:com|me|ru)/[\w.@?=/%+-]{2,80}"
    r"|(?:facebook|instagram|insta|telegram|viber|messenger|skype|imo|tiktok|snapchat)[ ]?:[ ]?@?[\w.]{3,40}|"
    r"@[a-z][\w.]{3,30})"
)
_IBAN_START = found(r"[a-z]{2}[ ]?\d{2}(?:[ .-]?[a-z0-9]){11,30}")
_IBAN_LIKE = re.compile(r"[A-Z]{2}\d{2}(?:[ .-]?[A-Z]{4})?(?:[ .-]?\d{4}){3,7}(?:[ .-]?\d{1,3}(?!\d))?")

_REGISTER = found(r"\d{2}[ ./-]?\d{2}[ ./-]?\d{2}[ ./-]{0,3}\d{3}[ ./-]{0,2}\d{2}(?!\d)")
_REGISTER_LIKE = re.compile(
    r"\d{2}[ .]?\d{2}[ .]?\d{2}[ ]?-[ ]?\d{3}[ .-]{1,3}\d{2}|\d{2}\.\d{2}\.\d{2}.{1,3}\d{3}.{0,2}\d{2}|"
    r"\d{6}[ -]{1,3}\d{3}[. -]{1,2}\d{2}"
)
_NIR = found(r"[1-478][ ]?\d{2}[ ]?\d{2}[ ]?\d[\dab][ ]?\d{3}[ ]?\d{3}[ ]?\d{2}(?!\d)")
_NIE = found(r"[xyz][ -]?\d{7}[ -]?[a-z](?![^\W_])")
_NATIONAL_CUE = found(
    _BEFORE
    + any_of(
        "num[ée]ro_national num[ée]ro_de_registre_national registre_national n°_national nrn rrn niss insz "
        "rijksregister rijksregisternummer",
        "rijksregisternr\\.? national_number national_register national_register_number bsn burgerservicenummer "
        "nn nin cnp pesel ssn",
        "social_security_number identification_number num[ée]ro_de_s[ée]curit[ée]_sociale",
    )
    + _LABEL
    + _VALUE
)
_FILE_CUE = found(
    _BEFORE
    + any_of(
        "sp ov o\\.v\\. o\\.e\\. oe dvz ibz cgra cgvs cce rvv calll? gdisc fedasil oim iom unhcr hcr ind coa "
        "ofpra ofii agdref cnda s\\.p\\.",
        "v-nummer vnummer v-nr\\.? sp-nummer ov-nummer sp-nr\\.? bamf brp zemis n-nummer a-number alien_number lfdnr",
    )
    + r"(?:[ ./-]?(?:cgra|cgvs|sp|ov|oe|dossier|file))?"
    + _LABEL
    + _VALUE
)
_DOSSIER_CUE = found(
    any_of(
        "dossiers? dossiernummer dossiernr\\.? file files file_number case case_number zaak zaaknummer "
        "r[ée]f[ée]rences? r[ée]f\\.? kenmerk ons_kenmerk",
        "case_file procedure_number d[ée]cision beslissing decision zaaknr\\.? referentie referentienummer pnr "
        "booking_reference",
        "booking num[ée]ro_de_dossier ticket ticket_number billet",
    )
    + r"(?:[ ](?:cgra|cgvs|ov|sp|oe|dvz|cce|rvv|ind|asile|asiel|asylum|médical|medical|medisch|(?-i:[A-Z])"
    r"[\w-]{1,20})){0,2}" + _LABEL + _VALUE
)
_DOCUMENT_CUE = found(
    any_of(
        "passeport passport paspoort reispas laissez-passer travel_document titre_de_voyage reisdocument "
        "carte_d'identit[ée] identity_card id id_card",
        "identiteitskaart eid titre_de_s[ée]jour carte_de_s[ée]jour carte_orange verblijfskaart verblijfstitel "
        "residence_permit residence_card",
        "residence_document attestation_d'immatriculation visa driving_licence permis_de_conduire rijbewijs "
        "birth_certificate acte_de_naissance",
        "geboorteakte carte_d'[ée]lecteur badge rekeningnummer compte bank_account account_number "
        "num[ée]ro_de_compte matricule",
    )
    + _LABEL
    + _VALUE
)
_BARE_FILE = found(r"(?:\d{2}/\d{5}[a-z]?|\d{3}-\d{2}c\d{5}|\d{3}-\d{7}-\d{2})(?![^\W_])")
_BELGIAN_CARD = found(r"\d{3}[ -]?\d{7}[ -]?\d{2}(?!\d)")
_BARE_DOCUMENT = re.compile(r"(?<![^\W_])(?:[A-Z]{1,3}[ ]?\d{6,9}[A-Z]?|[A-Z]\d[A-Z0-9]{7})(?![^\W_])")
_CODE = re.compile(r"[^\W_]{8,}+")

_YEARS = re.compile(r"(?:19|20)\d\d(?:[ ]?[-/][ ]?(?:19|20)?\d\d)?")
MONEY = re.compile(
    r"[ ]?(?:€|\$|£|%|(?:euros?|eur|usd|dollars?|cdf|gnf|fcfa|xaf|xof|npr|rsd|rub|dram|amd|gel|lari|dzd|mad|"
    r"dirhams?|francs?|fc|fg|roupies?|roepies?|"
    r"rupees?|inwoners|habitants|inhabitants|personnes|people|mensen|personen|km|kg|mg|ml|m²|m2|ans|jaar|"
    r"years|jours|dagen|days|mois|maanden|months)(?!\w))",
    re.IGNORECASE,
)


def numbers(text: str) -> Iterator[Hit]:
    """Every such number, from the strictest form to the loosest; what one takes the next ones may see again."""
    yield from _all(_EMAIL, text, Kind.EMAIL)
    yield from _all(_PROFILE, text, Kind.ONLINE_PROFILE)
    yield from _ibans(text)
    yield from _national(text)
    yield from foreign_numbers(text)
    yield from (
        hit for hit in _all(_BELGIAN_CARD, text, Kind.DOCUMENT_NUMBER) if eid.is_valid(text[hit.start : hit.end])
    )
    yield from _after_cue(_NATIONAL_CUE, text, Kind.NATIONAL_NUMBER, 5)
    yield from _after_cue(_FILE_CUE, text, Kind.FILE_NUMBER, 5)
    yield from _after_cue(_DOSSIER_CUE, text, Kind.FILE_NUMBER, 4)
    yield from _after_cue(_DOCUMENT_CUE, text, Kind.DOCUMENT_NUMBER, 5)
    yield from _all(_BARE_FILE, text, Kind.FILE_NUMBER)
    yield from _all(_BARE_DOCUMENT, text, Kind.DOCUMENT_NUMBER)
    yield from (hit for hit in _all(_CODE, text, Kind.NUMBER) if _is_code(text[hit.start : hit.end]))


def _all(pattern: re.Pattern[str], text: str, kind: Kind) -> Iterator[Hit]:
    return (Hit(match.start(), match.end(), kind) for match in pattern.finditer(text))


def _is_code(word: str) -> bool:
    """Letters and figures mixed, with as many figures as a file number has; figures alone may be an amount."""
    return not word.isdigit() and sum(character.isdigit() for character in word) >= 7


def _ibans(text: str) -> Iterator[Hit]:
    for match in _IBAN_START.finditer(text):
        end = _valid_iban_end(match[0])
        if end:
            yield Hit(match.start(), match.start() + end, Kind.IBAN)
    yield from _all(_IBAN_LIKE, text, Kind.IBAN)


def _valid_iban_end(candidate: str) -> int:
    """How much of the candidate is an account number with a right check; 0 when none is."""
    for end in range(len(candidate), 14, -1):
        if candidate[end - 1].isalnum() and iban.is_valid(candidate[:end].replace(".", "")):
            return end
    return 0


def _national(text: str) -> Iterator[Hit]:
    for match in _REGISTER.finditer(text):
        if (
            nn.is_valid(match[0].replace("/", ""))
            or bis.is_valid(match[0].replace("/", ""))
            or _REGISTER_LIKE.fullmatch(match[0])
        ):
            yield Hit(match.start(), match.end(), Kind.NATIONAL_NUMBER)
    yield from (hit for hit in _all(_NIR, text, Kind.NATIONAL_NUMBER) if nir.is_valid(text[hit.start : hit.end]))
    yield from (hit for hit in _all(_NIE, text, Kind.NATIONAL_NUMBER) if nie.is_valid(text[hit.start : hit.end]))


def _after_cue(pattern: re.Pattern[str], text: str, kind: Kind, fewest: int) -> Iterator[Hit]:
    for match in pattern.finditer(text):
        value = match["value"]
        digits = sum(character.isdigit() for character in value)
        if digits >= fewest and not _YEARS.fullmatch(value) and not MONEY.match(text, match.end()):
            yield Hit(match.start(), match.end(), kind)
