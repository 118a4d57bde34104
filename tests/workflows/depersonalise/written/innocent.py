"""What looks like a detail and is none: prices, doses, laws, distances, towns, organisations, dates of events."""

from random import Random

_TOWNS = [
    "Kinshasa",
    "Conakry",
    "Yerevan",
    "Gyumri",
    "Tirana",
    "Pokhara",
    "Kathmandu",
    "Douala",
    "Lomé",
    "Kutaisi",
    "Tbilisi",
    "Pristina",
    "Herat",
    "Jalalabad",
    "Dakar",
    "Thiès",
    "Freetown",
    "Accra",
    "Loja",
    "Quito",
    "Erbil",
    "Batumi",
    "Shkodër",
    "Labé",
    "Goma",
    "Dire-Dawa",
    "Hargeisa",
    "Ulaanbaatar",
    "Lviv",
    "Oujda",
]
_ORGANISATIONS = {
    "en": ("Caritas", "the IOM office", "the Chamber of Commerce", "UNHCR", "the Norwegian Refugee Council", "Save the Children", "the Ministry of Labour"),
    "fr": ("Caritas", "l'OIM", "la Chambre de commerce", "le HCR", "Médecins du Monde", "l'Office national de l'emploi", "le ministère du Travail"),
    "nl": ("Caritas", "de IOM", "de Kamer van Koophandel", "UNHCR", "het Rode Kruis", "Artsen Zonder Grenzen", "het ministerie van Arbeid"),
}  # fmt: skip
_LAWS = {
    "en": ("Law No. 2003-04 of 12 March 2003", "article 37 of the Family Code", "Act 29/2011", "decree 2015-348"),
    "fr": ("la loi n° 2003-04 du 12 mars 2003", "l'article 37 du Code de la famille", "le décret n° 2015-348", "la loi 78-17"),
    "nl": ("wet nr. 2003-04 van 12 maart 2003", "artikel 37 van het familiewetboek", "decreet 2015/348", "de wet van 15 december 1980"),
}  # fmt: skip
_DOSES = (
    "insulin 30/70", "metformin 850 mg", "Amlodipine 5 mg", "carbamazepine 200mg", "Ventolin 100 µg", "lamivudine 150/300",
    "Depakine 500", "paracetamol 1000 mg",
)  # fmt: skip
_DAYS = {
    "en": ("9 November 2020", "12/06/1999", "17 February 2008", "May 2021"),
    "fr": ("9 novembre 2020", "12/06/1999", "17 février 2008", "mai 2021"),
    "nl": ("9 november 2020", "12/06/1999", "17 februari 2008", "mei 2021"),
}
_PRICES = (
    "1 500 000 FC", "250.000 CFA", "350-400 USD", "€ 1.250", "25 000 NPR", "180 euro", "12,500 birr", "3.000.000 GNF",
    "120000 dram", "800 GEL", "2 500 000", "450 000 AMD",
)  # fmt: skip
_PEOPLE = {"en": "1 250 000 people", "fr": "1 250 000 habitants", "nl": "1.250.000 inwoners"}


def innocent(chance: Random, language: str) -> dict[str, str]:
    """One filling of every innocent slot."""
    town, town2 = chance.sample(_TOWNS, 2)
    language = language if language in _LAWS else "en"
    return {
        "town": town,
        "town2": town2,
        "org": chance.choice(_ORGANISATIONS[language]),
        "law": chance.choice(_LAWS[language]),
        "dose": chance.choice(_DOSES),
        "factday": chance.choice(_DAYS[language]),
        "price": chance.choice(_PRICES),
        "percent": chance.choice(["12 %", "8,5 %", "150%", "20.5 %"]),
        "years": chance.choice(["2015-2020", "2019 - 2024", "2021/2022"]),
        "distance": chance.choice(["120 km", "1 150 km", "45km", "3500 m"]),
        "power": chance.choice(["5 kVA", "3500 W", "220 V", "2,5 kW"]),
        "people": _PEOPLE[language],
    }
