"""Finds how a family is made up, and whether it is a large one: six or more children, or eight people."""

from workflows.depersonalise.words import CLOSE_KIN, any_of, found

_FIGURES = {
    word: number
    for number, words in enumerate(
        (
            *("two deux twee", "three trois drie", "four quatre vier", "five cinq vijf", "six zes", "seven sept zeven"),
            *("eight huit acht", "nine neuf negen", "ten dix tien", "eleven onze elf", "twelve douze twaalf"),
        ),
        start=2,
    )
    for word in words.split()
}
_MANY_CHILDREN, _MANY_PEOPLE = 6, 8
_NUMBER = any_of(r"\d{1,2}", *_FIGURES)
_BOYS = any_of("sons boys fils garçons zonen zoons jongens")
_GIRLS = any_of("daughters girls filles dochters meisjes")
_CHILDREN = any_of(
    "children kids sons daughters boys girls minors babies enfants gosses fils filles garçons mineurs bébés bambins "
    "kinderen zonen zoons dochters jongens meisjes minderjarigen baby's kids"
)
_MEMBERS = any_of("persons people members personnes membres personen mensen leden gezinsleden")
_AGE = r"(?![ -](?:months?|years?|weeks?|ans|mois|semaines?|jaar|jarige|maand(?:en)?|we(?:ek|ken))(?![^\W_]))"
"""After a number: "two year old children" says no number of them."""
_BETWEEN = r"(?:[ ][^\W\d_]{2,14}){0,2}?"
_PARENT = any_of("mother father parents? widow widower mère père veuve veuf moeder vader ouders? weduwe weduwnaar")
_HOUSEHOLD = any_of("family famille gezin familie couple koppel")
_WITH = r"[ ](?:of|de|van|met|with|avec)[ ]"
_COUNTED = found(
    rf"(?:(?P<boys>{_NUMBER})[ ]{_BOYS}(?:,|[ ](?:and|et|en))[ ](?P<girls>{_NUMBER})[ ]{_GIRLS}"
    rf"|(?P<girls_first>{_NUMBER})[ ]{_GIRLS}(?:,|[ ](?:and|et|en))[ ](?P<boys_then>{_NUMBER})[ ]{_BOYS}"
    rf"|{_PARENT}{_WITH}(?P<of>{_NUMBER}){_AGE}(?:{_BETWEEN}[ ]{_CHILDREN})?"
    rf"|{_HOUSEHOLD}{_WITH}(?P<children_of>{_NUMBER}){_AGE}{_BETWEEN}[ ]{_CHILDREN}"
    rf"|{_HOUSEHOLD}{_WITH}(?P<people>{_NUMBER}){_AGE}(?:[ ]{_MEMBERS})?"
    rf"|(?P<children>{_NUMBER}){_AGE}{_BETWEEN}[ ]{_CHILDREN})(?![^\W_])"
)
_OTHER = found(
    r"(?:(?:single|lone)[ -](?:mother|father|parent|woman|mum)"
    r"|(?:mère|père|parent|maman)[ ](?:seule?|célibataire|isolée?)"
    r"|femme[ ]seule|alleenstaande[ ](?:moeder|vader|ouder|vrouw)|widow(?:er)?|veuve|veuf|weduwe|weduwnaar"
    r"|twins|triplets|jumeaux|jumelles|triplés|tweeling|drieling|orphans?|orphelins?|orphelines?|weeskind(?:eren)?"
    r"|large[ ]family|famille[ ]nombreuse|groot[ ]gezin)(?![^\W_])"
)

_RELATIVE = found(rf"{CLOSE_KIN}(?![^\W_])")


def family_told(text: str) -> str | None:
    """The first words that say how a family is made up."""
    said = [match for match in (_COUNTED.search(text), _OTHER.search(text)) if match]
    return min(said, key=lambda match: match.start())[0] if said else None


def family_words(text: str) -> frozenset[str]:
    """All words that say something of a family, in small letters: how it is made up, and every relative."""
    said = (match[0].casefold() for words in (_COUNTED, _OTHER, _RELATIVE) for match in words.finditer(text))
    return frozenset(said)


def large_family(text: str) -> str | None:
    """The first words that say of six or more children, or of a family of eight or more."""
    for match in _COUNTED.finditer(text):
        counts = {name: _count(word) for name, word in match.groupdict().items() if word}
        people = counts.pop("people", 0)
        if sum(counts.values()) >= _MANY_CHILDREN or people >= _MANY_PEOPLE:
            return match[0]
    return None


def _count(word: str) -> int:
    return int(word) if word.isdecimal() else _FIGURES[word.casefold()]
