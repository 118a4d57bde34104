"""The words which announce a person; those of every language are always tried, for people mix them."""

import re
from pathlib import Path


def any_of(*words: str) -> str:
    """An alternation, longest first, so that a short word never cuts a long one."""
    every = sorted({word for line in words for word in line.split()}, key=len, reverse=True)
    return "(?:" + "|".join(word.replace("_", "[ ]") for word in every) + ")"


def found(pattern: str) -> re.Pattern[str]:
    """Compile a pattern which ignores case and never starts inside a word."""
    return re.compile(rf"(?<![^\W_])(?:{pattern})", re.IGNORECASE)


def accents_or_none(pattern: str) -> str:
    """The pattern with every accent left to whoever types."""
    return pattern.translate(_ACCENTS)


_ACCENTS = str.maketrans({"é": "[ée]", "è": "[èe]", "ê": "[êe]", "ï": "[ïi]"})

POSSESSIVE = any_of(
    "my his her our their your",
    "mon ma mes son sa ses notre nos leur leurs votre vos",
    "mijn m'n zijn z'n haar d'r hun ons onze uw jouw",
    "mis? sus? nuestr[oa]s?",
    "мо(?:й|я|и|его|ей|ему|их|ю) его е[её] их наш(?:а|и|его|ей|ему|у)? св(?:ой|оя|ои|оего|оей|ою)",
)
ARTICLE = any_of("the a an le la l' les un une des de het een")

CLOSE_KIN = any_of(
    "brothers? sisters? mother father sons? daughters? wife husband uncle aunt cousins? nephews? nieces? grandmother",
    "grandfather grandsons? granddaughters? fianc[ée]e? boyfriend girlfriend mum mom dad stepfather stepmother twins?",
    "stepson stepdaughter brother-in-law sister-in-law mother-in-law father-in-law grandchild(?:ren)? widow widower",
    "fr[èe]res? s(?:œ|oe)urs? m[èe]re p[èe]re fils filles? mari [ée]pou(?:se|x) oncle tante cousine?s? "
    "neveux? ni[èe]ces?",
    "grand-?_?m[èe]re grand-?_?p[èe]re compagne compagnon conjointe? papa maman beau-fr[èe]re belle-s(?:œ|oe)"
    "ur veuve veuf",
    "beau-p[èe]re belle-m[èe]re beau-fils belle-fille petit-fils petite-fille petits-enfants jumeaux jumelles",
    "broe(?:r|rs) zus zussen zusters? moeder vader zo(?:on|nen) dochters? echtgeno(?:ot|te) oom neef neven "
    "nicht(?:en)? oma",
    "opa grootmoeder grootvader verloofde zoontje dochtertje mama schoonbroer schoonzus schoonmoeder schoonvader",
    "kleinzoon kleindochter kleinkind(?:eren)? stiefvader stiefmoeder stiefzoon tweeling broertje zusje "
    "weduwe weduwnaar",
    "herman[oa]s? madre padre hij[oa]s? espos[oa] marido mujer t[íi][oa]s? prim[oa]s? abuel[oa]s? sobrin[oa]s?",
    "cuñad[oa] suegr[oa] novi[oa] viud[oa] niet[oa]s?",
    "брат(?:а|у|ом|е|ья)? сестр(?:а|ы|е|у|ой|ам) мат(?:ь|ери|ерью) мам[аыеу] от(?:ец|ца|цу|цом) пап[аыеу] ",
    "сын(?:а|у|ом|овья)? внучк(?:а|и|у) вдов(?:а|ы|е|у|ец) доч(?:ь|ери|ерью|ка|ку|ке|ки)",
    "муж(?:а|у|ем)? жен(?:а|ы|е|у|ой) супруг(?:а|и|е|у|ой|ом)? дяд(?:я|и|е|ю|ей) т[её]т(?:я|и|е|ю|ей|ка)",
    "бабушк(?:а|и|е|у|ой) дедушк(?:а|и|е|у|ой) племянни(?:к|ка|ку|ца|цы|цу) внук(?:а|у)?",
)
OTHERS = any_of(
    "child children kids? baby babies parents? client clients patients? residents? family families woman man "
    "boy girl lady",
    "enfants? b[ée]b[ée] clients? clientes? patiente?s? r[ée]sidente?s? famille familles "
    "b[ée]n[ée]ficiaires? usagère usager",
    "demandeu(?:r|se) gar[çc]on homme femme dame monsieur",
    "kind kinderen ouders? cli[ëe]nt(?:e|en|es)? pati[ëe]nte? bewoners? bewoonster familie gezin jongen "
    "meisje vrouw man heer",
    "verzoek(?:er|ster) bewoners deelneemster deelnemer",
    "paciente niñ[oa]s? solicitante клиент(?:а|у|ом|ка|ки|ке|ку|кой)? пациент(?:а|у|ом|ка|ки|ке|ку|кой)? ",
    "реб[её]н(?:ок|ка|ку|ком) семь(?:я|и|е|ю|ей)",
)
FRIENDS = any_of(
    "partner friend friends amie? copain copine vriend vriendin vrienden colleague coll[èe]gue collega",
    "neighbou?r voisine? buurman buurvrouw",
    "amig[oa]s? vecin[oa]s? друг(?:а|у|ом)? подруг(?:а|и|е|у|ой) сосед(?:а|у|ом|ка|ки|ке|ку|кой)?",
)
PEOPLE = "(?:" + CLOSE_KIN + "|" + OTHERS + "|" + FRIENDS + ")(?![\\w'-])"

_ENDINGS = (
    *("aise", "oise", "aine", "enne", "éene", "nnes", "eens", "aans", "ens", "ais", "ois", "ain", "ien", "éen"),
    *("ese", "ian", "can", "sch", "eense", "aanse", "nse", "sche"),
)
ADJECTIVE = (
    "(?:"
    + any_of(
        "a[îi]n[ée]e?s? cadett?e?s? roms? roma oudste jongste elder eldest older younger youngest kurde russe "
        "kosovare serbe petite? kleine"
    )
    + "".join(rf"|[^\W\d_]{{3,14}}+(?<={ending})" for ending in _ENDINGS)
    + ")(?![^\\W_])"
)
"""A word that may stand between "family" and its name: the eldest, the Roma, the Congolese."""


def listed(name: str) -> frozenset[str]:
    """The words of one of the lists beside this file."""
    return frozenset(Path(__file__).with_name(name).read_text(encoding="utf-8").split())


def _forms(word: str) -> set[str]:
    """The word with its French feminine and its plurals."""
    feminine = word + "ne" if word.endswith(("ien", "éen")) else word + "e"
    return {word, word + "s", feminine, feminine + "s"}


STOP = listed("common_words.txt")
"""Words, casefolded, which no name begins or goes on with, even when they stand at the head of a sentence."""

PEOPLES = frozenset(form for word in listed("peoples.txt") for form in _forms(word))
"""Peoples, tongues and faiths: "my mother, Algerian" and "I am Hazara" name nobody."""
