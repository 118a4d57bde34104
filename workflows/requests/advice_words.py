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
        (
            r"(?:can|could|may) (?:now )?(?:safely (?:return|go back|live|travel)|(?:return|go back|"
            r"live|travel) safely)\b"
        ),
        r"(?:there is|with) no (?:risk|danger) (?:in|of|for|when) (?:return|returning|going|returnees)\b",
        (
            r"no (?:risk|danger) (?:at all )?(?:to (?:return|go back|live)|for (?:those|anyone|(?:an? |the |your )?"
            r"(?:famil|child|wom[ae]n|people|person|returnee))\w*)"
        ),
        (
            r"safe (?:place|area|city|town|village|neighbourhood|region) (?:for (?:an? |the |"
            r"your )?(?:famil|child|wom[ae]n|"
            r"people|everyone|return)\w*|to (?:live|go|return|raise))"
        ),
        (
            r"(?:best|safest) (?:thing |option |choice )?(?:is|would be) to (?:not )?(?:return|go back|"
            r"go to|stay|wait|leave)\b"
        ),
        (
            r"(?:one|you|they|people|families) can (?:now |again )?(?:live|return|go back|stay)(?: there| here| home)? "
            r"(?:in safety|safely|without (?:risk|danger|fear))\b"
        ),
        r"you can (?:now )?(?:go back|return (?:home|there|to your))\b",
        r"you (?:will be|are) (?:quite )?safe\b",
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
        r"c['’]est (?:désormais |maintenant |tout à fait )?sûr(?! que?\b)\b",
        (
            r"(?:endroit|lieu|ville|quartier|région|village|zone)s? sûre?s? (?:pour (?:une? |les |des |la |votre )?"
            r"(?:famil|enfant|femme|personne|gens|tous|rentrer|vivre)\w*|où (?:rentrer|vivre|aller))"
        ),
        (
            r"(?:pas de|plus de|aucun|moindre) (?:risque|danger)s? (?:(?:à|de|d['’]|"
            r"pour) ?(?:y )?(?:rentrer|retourner|revenir|"
            r"vivre)|pour (?:(?:votre|une|les?|la) (?:famil|enfant|femme|personne|gens)|ceux|celles|qui)\w*)"
        ),
        (
            r"le mieux (?:est|serait) (?:de |d['’])(?:ne pas )?(?:y )?(?:rentrer|retourner|revenir|"
            r"rester|partir|attendre|"
            r"quitter|aller)\b"
        ),
        (
            r"(?<!ne )(?:peut|peuvent|pouvez|pourrez|pourra) (?:désormais |maintenant |à nouveau |"
            r"de nouveau )?(?:y )?(?:vivre|"
            r"rentrer|retourner|revenir|habiter|rester) (?:\w+ ){0,3}(?:en (?:toute )?sécurité|en paix|"
            r"sans (?:crainte|peur))\b"
        ),
        r"vous (?:(?:y )?(?:serez|êtes) en sécurité|ne risquez rien)\b",
    ),
    "nl": (
        r"(?:wij|we|ik) raden (?:u |je )?(?:aan|af)\b",
        r"(?:wij|we) (?:adviseren|bevelen aan)\b",
        r"(?:is|wordt) (?:aan te raden|aangeraden|afgeraden|raadzaam)\b",
        r"(?:u|je) (?:zou|moet|kunt) (?:beter )?(?:terugkeren|teruggaan|blijven|vertrekken|wachten)\b",
        r"veilig (?:om )?(?:terug|te (?:leven|wonen|reizen)|land\b)",
        r"terugkeer is (?:nu )?(?:veilig|onveilig|gevaarlijk)\b",
        r"zonder (?:gevaar|risico)\b",
        (
            r"geen (?:enkel )?(?:risico|gevaar) (?:(?:om|als|wanneer) (?:\w+ ){0,2}terug|bij (?:een |"
            r"de )?terugkeer|voor (?:wie|"
            r"(?:een |de |uw |je )?(?:gezin|famil|kind|mens|terugkeerder)\w*))"
        ),
        (
            r"veilige (?:plek|plaats|stad|wijk|streek|buurt|regio) (?:voor (?:een |uw |je |"
            r"de )?(?:gezin|famil|kind|vrouw|mens|"
            r"iedereen)\w*|om te (?:leven|wonen))"
        ),
        r"het beste is (?:om )?(?:(?:terug|weg) te (?:keren|gaan)|te (?:blijven|wachten|vertrekken))\b",
        r"(?:kunt|kan|kunnen) (?:er |daar |nu |opnieuw |weer )*veilig (?:leven|wonen|terugkeren|teruggaan)\b",
        r"(?:u|je) (?:bent|zult|zal) (?:er |daar )?veilig(?: zijn)?\b",
        r"best(?: zelf)? (?:terugkeren|blijven|wachten)\b",
    ),
}
