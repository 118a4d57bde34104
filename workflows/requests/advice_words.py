"""Phrases that tell somebody what to do, or that it is safe; Terrain informs and says neither. Data, by language.

Any language may stand in a text (a quotation, a name), so all of them are looked for in every text. Each is a regular
expression, begun at a word and read without regard to capitals.
"""

PHRASES = {
    "en": (
        r"(?:we|i) (?:strongly |would )?(?:advise|recommend|suggest|urge|discourage)\b",
        r"you (?:should|ought to|must|had better) (?:not )?(?:return|go|stay|leave|wait|travel|come)\b",
        r"it (?:is|would be) (?:now |quite )?(?:safe|unsafe|not safe|advisable|wise|better|best) (?:to|for|that)\b",
        r"safe (?:to (?:return|go|live|travel)|return|country)\b",
        r"(?:returning|going back|return) is (?:now )?(?:safe|unsafe|dangerous|possible without risk)\b",
        r"(?:can|could|may) (?:now )?(?:safely (?:return|go back|live|travel)|(?:return|go back|live|travel) safely)\b",
        r"(?:there is|with) no (?:risk|danger) (?:in|of|for|when) (?:return|returning|going|returnees)\b",
    ),
    "fr": (
        r"nous (?:vous )?(?:conseillons|recommandons|déconseillons|suggérons)\b",
        r"vous (?:devriez|feriez mieux|devez) (?:de )?(?:rentrer|retourner|rester|partir|attendre)\b",
        r"vous pouvez (?:désormais |maintenant )?(?:rentrer|retourner (?:y vivre|au pays|chez vous|dans votre))\b",
        r"il (?:vaut|vaudrait) mieux\b",
        r"il (?:est|serait) (?:préférable|conseillé|déconseillé|prudent|recommandé|sûr) (?:de|d['’]|que)",
        r"sans (?:aucun )?(?:danger|risque)\b",
        r"(?:sûr|dangereux) (?:de|d['’]) ?(?:rentrer|retourner|y vivre)\b",
        r"(?:le )?retour est (?:désormais |maintenant )?(?:sûr|possible sans risque|dangereux)\b",
        r"en toute sécurité\b",
        r"pays sûrs?\b",
    ),
    "nl": (
        r"(?:wij|we|ik) raden (?:u |je )?(?:aan|af)\b",
        r"(?:wij|we) (?:adviseren|bevelen aan)\b",
        r"(?:is|wordt) (?:aan te raden|aangeraden|afgeraden|raadzaam)\b",
        r"(?:u|je) (?:zou|moet|kunt) (?:beter )?(?:terugkeren|teruggaan|blijven|vertrekken|wachten)\b",
        r"veilig (?:om )?(?:terug|te (?:leven|wonen|reizen)|land\b)",
        r"terugkeer is (?:nu )?(?:veilig|onveilig|gevaarlijk)\b",
        r"zonder (?:gevaar|risico)\b",
        r"best(?: zelf)? (?:terugkeren|blijven|wachten)\b",
    ),
}
