"""What is published already, shown to whoever asks before they go on: once for the topic, once for their words."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from webapp.public.ask_forms import AskForm
from webapp.public.ask_steps import Place, Step
from workflows.excerpts.folding import words_of
from workflows.excerpts.matching import Asked, Match, matching_excerpts

LOOKS = (Step.TOPIC, Step.QUESTION)
"""The steps after which there is something to look for."""
SHOWN = 3
LOOKED_AT = 10
FEWEST_WORDS = 2


def likely_answers(session: Session, typed: AskForm, place: Place, today: date) -> Sequence[Match]:
    """Texts to rely on today that may answer this question and were not shown before; `place` is at one of `LOOKS`.

    One statement, or none.
    """
    question = typed.questions[place.number].form.question()
    words = [question.text.strip()] if place.step is Step.QUESTION and question.text.strip() else []
    topics = [question.topic] if question.topic else []
    if not question.country or not (words or topics):
        return ()
    asked = Asked(
        country=question.country, topics=topics, language=typed.language.data or "", points=words,
        place=question.place or "",
    )  # fmt: skip
    seen = (typed.seen.data or "").split()
    found = matching_excerpts(session, asked, today, LOOKED_AT, close=True)
    return [one for one in found if one.reliable and one.ref not in seen and _is_likely(one)][:SHOWN]


def _is_likely(match: Match) -> bool:
    """Of the topic that was chosen, or with several of their words. That both are of one town does not count: all that
    is known of a town costs something there.
    """
    town = frozenset(words_of(match.place))
    return match.same_topic or sum(not town.issuperset(words_of(word)) for word in match.words) >= FEWEST_WORDS
