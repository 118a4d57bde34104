"""What stands where nobody put a public notice into the language of a translation: a sentence of ours, never stored.

A text is not taken back without a notice. A translation without one went with its original, whose page says why in its
own language. So the sentence follows the page or the file it is read in.
"""

from workflows.core.words import mark as _
from workflows.core.words import say
from workflows.excerpts.models import ExcerptState

_WITH_ORIGINAL = {
    ExcerptState.WITHDRAWN: _(
        "Its original was withdrawn. The reason was not translated: the page of the original says it, "
        "in its own language."
    ),
    ExcerptState.RETRACTED: _(
        "Its original was retracted: it was wrong. The reason was not translated: the page of the original says it, "
        "in its own language."
    ),
}


def unsaid(state: str, notice: str, source_ref: str | None) -> str:
    """The sentence, marked, for a text in this state; nothing where a notice was typed, or none is needed."""
    return "" if notice or not source_ref else _WITH_ORIGINAL.get(ExcerptState(state), "")


def told(notice: str, sentence: str, language: str) -> str:
    """The notice, or the sentence in its place, in the language of the text: for programs and files."""
    return notice or (say(sentence, language) if sentence else "")
