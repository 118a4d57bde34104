"""Neutral words to put in the place of a detail, in the language of the text."""

from workflows.depersonalise.kinds import Hit, Kind, Person

_BANDS = ((0, 2), (3, 5), (6, 11), (12, 17), (18, 29), (30, 39), (40, 49), (50, 59), (60, 69), (70, 79))
"""Ages in whole years, both ends included: the school levels first, then decades."""

_AGED = {"en": "aged {} to {} years", "fr": "de {} à {} ans", "nl": "van {} tot {} jaar"}
_OLDEST = {"en": "aged 80 years or more", "fr": "de 80 ans ou plus", "nl": "van 80 jaar of ouder"}
_UNKNOWN_AGE = {"en": "[date removed]", "fr": "[date retirée]", "nl": "[datum verwijderd]"}
_PERSON = {
    "en": {Person.WOMAN: "a woman", Person.MAN: "a man", Person.COUPLE: "a couple"},
    "fr": {Person.WOMAN: "une femme", Person.MAN: "un homme", Person.COUPLE: "un couple"},
    "nl": {Person.WOMAN: "een vrouw", Person.MAN: "een man", Person.COUPLE: "een koppel"},
}
_REMOVED = {
    Kind.NAME: ("name removed", "nom retiré", "naam verwijderd"),
    Kind.EMAIL: ("e-mail removed", "adresse électronique retirée", "e-mailadres verwijderd"),
    Kind.ONLINE_PROFILE: ("profile removed", "profil retiré", "profiel verwijderd"),
    Kind.IBAN: ("bank details removed", "coordonnées bancaires retirées", "bankgegevens verwijderd"),
    Kind.NATIONAL_NUMBER: ("national number removed", "numéro national retiré", "rijksregisternummer verwijderd"),
    Kind.FILE_NUMBER: ("file number removed", "numéro de dossier retiré", "dossiernummer verwijderd"),
    Kind.DOCUMENT_NUMBER: ("document number removed", "numéro de document retiré", "documentnummer verwijderd"),
    Kind.PHONE: ("phone removed", "téléphone retiré", "telefoon verwijderd"),
    Kind.NUMBER: ("number removed", "numéro retiré", "nummer verwijderd"),
    Kind.ADDRESS: ("address removed", "adresse retirée", "adres verwijderd"),
    Kind.SCHOOL: ("school removed", "école retirée", "school verwijderd"),
    Kind.FLIGHT: ("flight removed", "vol retiré", "vlucht verwijderd"),
    Kind.DATE_OF_TRAVEL: ("travel date removed", "date de voyage retirée", "reisdatum verwijderd"),
    Kind.PLACE_OF_STAY: ("place of stay removed", "lieu de séjour retiré", "verblijfplaats verwijderd"),
    Kind.PLACE_OF_WORK: ("place removed", "lieu retiré", "plaats verwijderd"),
    Kind.VILLAGE: ("nearest town", "ville la plus proche", "dichtstbijzijnde stad"),
    Kind.TIE: ("tie removed", "lien retiré", "band verwijderd"),
    Kind.HOUSEHOLD: ("size of the family removed", "taille de la famille retirée", "gezinsgrootte verwijderd"),
}
_COLUMN = {"en": 0, "fr": 1, "nl": 2}
_STARTS_SENTENCE = '.?!\n«“"'


def suggest(text: str, hit: Hit, language: str) -> str:
    """The words for one hit; English for a language we have none in. A capital where a sentence begins."""
    tongue = language if language in _COLUMN else "en"
    words = _words(hit, tongue)
    before = text[: hit.start].rstrip()[-1:]
    return words[0].upper() + words[1:] if not before or before in _STARTS_SENTENCE else words


def _words(hit: Hit, tongue: str) -> str:
    if hit.kind is Kind.BIRTH_DATE:
        return _aged(hit.ages, tongue) if hit.ages else _UNKNOWN_AGE[tongue]
    if hit.person:
        person = _PERSON[tongue][hit.person]
        return f"{person} {_aged(hit.ages, tongue)}" if hit.ages else person
    removed = _REMOVED[hit.kind][_COLUMN[tongue]]
    return f"[{removed}, {_aged(hit.ages, tongue)}]" if hit.ages else f"[{removed}]"


def _aged(ages: tuple[int, ...], tongue: str) -> str:
    """The band of one age, or the band that holds them all."""
    first, last = _band(min(ages)), _band(max(ages))
    if first is None or last is None:
        return _OLDEST[tongue]
    return _AGED[tongue].format(first[0], last[1])


def _band(age: int) -> tuple[int, int] | None:
    return next((band for band in _BANDS if band[0] <= age <= band[1]), None)
