"""Neutral words to put in the place of a detail, in the language of the text."""

import re

from workflows.depersonalise.kinds import Hit, Kind, Person

_BANDS = ((0, 2), (3, 5), (6, 11), (12, 17), (18, 29), (30, 39), (40, 49), (50, 59), (60, 69), (70, 79))
"""Ages in whole years, both ends included: the school levels first, then decades."""

_AGED = {"en": "aged {} to {} years", "fr": "de {} à {} ans", "nl": "van {} tot {} jaar", "ar": "بعمر {} إلى {} سنة"}
_OLDEST = {
    "en": "aged 80 years or more",
    "fr": "de 80 ans ou plus",
    "nl": "van 80 jaar of ouder",
    "ar": "بعمر 80 سنة أو أكثر",
}
_UNKNOWN_AGE = {"en": "[date removed]", "fr": "[date retirée]", "nl": "[datum verwijderd]", "ar": "[حُذف التاريخ]"}
_PERSON = {
    "en": {Person.WOMAN: "a woman", Person.MAN: "a man", Person.COUPLE: "a couple"},
    "fr": {Person.WOMAN: "une femme", Person.MAN: "un homme", Person.COUPLE: "un couple"},
    "nl": {Person.WOMAN: "een vrouw", Person.MAN: "een man", Person.COUPLE: "een koppel"},
    "ar": {Person.WOMAN: "امرأة", Person.MAN: "رجل", Person.COUPLE: "زوجان"},
}
_ABOUT = {"en": "of about {}", "fr": "d’environ {} ans", "nl": "van ongeveer {} jaar", "ar": "بعمر نحو {} سنة"}
_GROWN = range(20, 80)
_SAID = {
    Kind.EMAIL: (
        "an e-mail address was given",
        "une adresse électronique a été donnée",
        "er werd een e-mailadres gegeven",
        "ذُكر عنوان بريد إلكتروني",
    ),
    Kind.ONLINE_PROFILE: (
        "an online profile was given",
        "un profil en ligne a été donné",
        "er werd een profiel gegeven",
        "ذُكر حساب على الإنترنت",
    ),
    Kind.IBAN: (
        "a bank account was given",
        "un compte bancaire a été donné",
        "er werd een bankrekening gegeven",
        "ذُكر حساب مصرفي",
    ),
    Kind.NATIONAL_NUMBER: (
        "a national number was given",
        "un numéro national a été donné",
        "er werd een rijksregisternummer gegeven",
        "ذُكر رقم وطني",
    ),
    Kind.FILE_NUMBER: (
        "a file number was given",
        "un numéro de dossier a été donné",
        "er werd een dossiernummer gegeven",
        "ذُكر رقم ملف",
    ),
    Kind.DOCUMENT_NUMBER: (
        "a document number was given",
        "un numéro de document a été donné",
        "er werd een documentnummer gegeven",
        "ذُكر رقم وثيقة",
    ),
    Kind.PHONE: (
        "a phone number was given",
        "un numéro de téléphone a été donné",
        "er werd een telefoonnummer gegeven",
        "ذُكر رقم هاتف",
    ),
    Kind.NUMBER: ("a number was given", "un numéro a été donné", "er werd een nummer gegeven", "ذُكر رقم"),
    Kind.ADDRESS: ("an address was given", "une adresse a été donnée", "er werd een adres gegeven", "ذُكر عنوان"),
    Kind.FLIGHT: ("a flight is booked", "un vol est réservé", "er is een vlucht geboekt", "حُجزت رحلة جوية"),
    Kind.DATE_OF_TRAVEL: (
        "a day of travel was given",
        "un jour de voyage a été donné",
        "er werd een reisdag gegeven",
        "ذُكر يوم سفر",
    ),
    Kind.PLACE_OF_STAY: (
        "a place of stay was named",
        "un lieu de séjour a été nommé",
        "er werd een verblijfplaats genoemd",
        "ذُكر مكان إقامة",
    ),
    Kind.PLACE_OF_WORK: ("a place was named", "un lieu a été nommé", "er werd een plaats genoemd", "ذُكر مكان"),
    Kind.TIE: ("a tie was told", "un lien a été raconté", "er werd een band verteld", "ذُكرت صلة"),
    Kind.HOUSEHOLD: (
        "the size of the family was given",
        "la taille de la famille a été donnée",
        "de gezinsgrootte werd gegeven",
        "ذُكر عدد أفراد الأسرة",
    ),
}
"""That something was said, and no more: a sentence of its own, or in brackets inside another."""

_INSTEAD = {
    Kind.NAME: ("this person", "cette personne", "deze persoon", "هذا الشخص"),
    Kind.SCHOOL: ("a school", "une école", "een school", "مدرسة"),
    Kind.PLACE_OF_CARE: ("a hospital", "un hôpital", "een ziekenhuis", "مستشفى"),
    Kind.VILLAGE: ("[nearest town]", "[ville la plus proche]", "[dichtstbijzijnde stad]", "[أقرب مدينة]"),
}
"""Words that take the place in the sentence; those in square brackets are for the officer to fill in."""

_OWNER = re.compile("['’]s$", re.IGNORECASE)
_THE = re.compile(r"\bthe $", re.IGNORECASE)
"""Before the name of a family, "the Diallo children": without the name there is still a sentence."""
_OF = re.compile(r"\b(?:of|de|du|van) $|\bd['’]$", re.IGNORECASE)
"""Before whom somebody belongs to, "the brother of Ali": without the name there is no sentence."""

_COLUMN = {"en": 0, "fr": 1, "nl": 2, "ar": 3}
_COMMA = {"ar": "،"}
_QUOTES = """«»“”\"'’"""
_SHORTENED = re.compile(
    r"(?<![^\W_])(?:[^\W\d_]|mrs?|mme|mlle|mgr|drs?|dhr|mevr|mw|prof|st|ste|nr|num|tel|t[ée]l|av|bd|blvd|art|e\.g|i\.e|"
    r"p\.ex|c\.-à-d|bv|bijv|o\.a|d\.w\.z|incl|approx|env|ca)\.$",
    re.IGNORECASE,
)
"""A full stop that ends no sentence: of an initial, a title, or a word cut short."""
_ENDS_SENTENCE = ".?!؟\n"


def suggest(text: str, hit: Hit, language: str) -> str:
    """The words for one hit; English for a language we have none in. A capital where a sentence begins.

    Nothing at all when the word before says who it is, as in "my brother".
    """
    tongue = language if language in _COLUMN else "en"
    begins, after = _begins_sentence(text[: hit.start]), text[hit.end :].lstrip(" ")[:1]
    words = _words(hit, tongue, alone=begins and (not after or after in _ENDS_SENTENCE))
    if hit.kind is Kind.NAME:
        words = _in_its_place(words, text, hit, tongue)
    return words[:1].upper() + words[1:] if begins else words


def _begins_sentence(before: str) -> bool:
    """Whether a sentence begins behind these words; a quotation inside one begins none, nor does a list."""
    before = before.rstrip().rstrip(_QUOTES).rstrip()
    return not before or (before[-1] in ".?!؟" and not _SHORTENED.search(before))


def _in_its_place(words: str, text: str, hit: Hit, tongue: str) -> str:
    """The words for a name as the sentence around it wants them: what belongs to somebody still does."""
    name, before, after = text[hit.start : hit.end], text[: hit.start], text[hit.end :]
    if tongue == "en" and _THE.search(before) and after.startswith(" "):
        return ""
    if not words and _OF.search(before):
        words = _INSTEAD[Kind.NAME][_COLUMN[tongue]]
    if words and _OWNER.search(name):
        return {"en": f"{words}’s", "nl": "diens"}.get(tongue, words)
    return words


def _words(hit: Hit, tongue: str, *, alone: bool) -> str:
    if hit.kind is Kind.BIRTH_DATE:
        return _aged(hit.ages, tongue) if hit.ages else _UNKNOWN_AGE[tongue]
    if hit.person:
        return _person(hit.person, hit.ages, tongue)
    if hit.kind is Kind.NAME and hit.told:
        return _aged(hit.ages, tongue) if hit.ages else ""
    ages = f"{_COMMA.get(tongue, ',')} {_aged(hit.ages, tongue)}" if hit.ages else ""
    if hit.kind in _INSTEAD:
        return _INSTEAD[hit.kind][_COLUMN[tongue]] + ages
    said = _SAID[hit.kind][_COLUMN[tongue]] + ages
    return said if alone else f"({said})"


def _person(person: Person, ages: tuple[int, ...], tongue: str) -> str:
    who = _PERSON[tongue][person]
    if len(ages) == 1 and ages[0] in _GROWN:
        return f"{who} {_ABOUT[tongue].format((ages[0] + 5) // 10 * 10)}"
    return f"{who} {_aged(ages, tongue)}" if ages else who


def _aged(ages: tuple[int, ...], tongue: str) -> str:
    """The band of one age, or the band that holds them all."""
    first, last = _band(min(ages)), _band(max(ages))
    if first is None or last is None:
        return _OLDEST[tongue]
    return _AGED[tongue].format(first[0], last[1])


def _band(age: int) -> tuple[int, int] | None:
    return next((band for band in _BANDS if band[0] <= age <= band[1]), None)
