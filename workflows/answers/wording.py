"""What a machine can tell about wording: sentences that are too long, and phrases that advise."""

import re
from collections.abc import Iterator

from config import policy

_SENTENCE_END = re.compile(r"(?<=[.!?…])[\s»”\")]+|\n+|\t")
_WORD = re.compile(r"[^\W_]+(?:['’.,-][^\W_]+)*")

# Phrases that tell somebody what to do, or that it is safe. Any language may stand in a text, so all are looked for.
_ADVICE = (
    r"(?:we|i) (?:strongly |would )?(?:advise|recommend|suggest|urge|discourage)\b",
    r"you (?:should|ought to|must|had better) (?:not )?(?:return|go|stay|leave|wait|travel|come)\b",
    r"it (?:is|would be) (?:now |quite )?(?:safe|unsafe|not safe|advisable|wise|better|best) (?:to|for|that)\b",
    r"safe (?:to (?:return|go|live|travel)|return|country)\b",
    r"(?:returning|going back|return) is (?:now )?(?:safe|unsafe|dangerous)\b",
    r"nous (?:vous )?(?:conseillons|recommandons|déconseillons|suggérons)\b",
    r"vous (?:devriez|feriez mieux|devez) (?:de )?(?:rentrer|retourner|rester|partir|attendre)\b",
    r"il (?:vaut|vaudrait) mieux\b",
    r"il (?:est|serait) (?:préférable|conseillé|déconseillé|prudent|recommandé|sûr) (?:de|d['’]|que)",
    r"sans (?:danger|risque)\b",
    r"(?:sûr|dangereux) (?:de|d['’]) ?(?:rentrer|retourner|y vivre)\b",
    r"pays sûrs?\b",
    r"(?:wij|we) raden (?:u |je )?(?:aan|af)\b",
    r"(?:is|wordt) (?:aan te raden|aangeraden|afgeraden|raadzaam)\b",
    r"(?:u|je) (?:zou|moet|kunt) (?:beter )?(?:terugkeren|teruggaan|blijven|vertrekken|wachten)\b",
    r"veilig (?:om )?(?:terug|te (?:leven|wonen|reizen)|land\b)",
    r"best(?: zelf)? (?:terugkeren|blijven|wachten)\b",
)
_ADVISES = re.compile(rf"\b(?:{'|'.join(_ADVICE)})", re.IGNORECASE)


def long_sentences(text: str) -> list[str]:
    """The sentences of a plain text with more words than a reader of a second language follows at once."""
    return [one for one in _sentences(text) if len(_WORD.findall(one)) > policy.SENTENCE_WORDS_MAX]


def advice(text: str) -> list[str]:
    """The phrases that sound like advice to go or to stay, or like a promise of safety, each once, as written."""
    spaced = " ".join(text.split())
    return list(dict.fromkeys(match[0] for match in _ADVISES.finditer(spaced)))


def _sentences(text: str) -> Iterator[str]:
    return (part.strip() for part in _SENTENCE_END.split(text) if part and part.strip())
