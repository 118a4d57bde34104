"""The small form with which a question of ours is answered, on whichever site a request is followed."""

from collections.abc import Callable, Iterable, Sequence
from uuid import UUID

from flask_babel import lazy_gettext as _
from wtforms import TextAreaField

from web_kit.forms import Form
from web_kit.language import listed
from workflows.replies.public import Card


class ReplyForm(Form):
    """An answer to the helpdesk's question."""

    reply = TextAreaField(_("Your reply"))


def told_apart(cards: Sequence[Card], country: Callable[[str], str], topic: Callable[[str], str]) -> dict[UUID, str]:
    """Country and topics of each of several questions, as far as they are known: before a neutral text is written there
    is nothing else to tell them apart by, since no site on which questions are followed can open what was asked.
    """
    if len(cards) < 2:
        return {}
    return {
        one.question.id: listed([*map(country, filter(None, [one.question.country])), *map(topic, one.question.topics)])
        for one in cards
    }


def reply_forms(cards: Iterable[Card], refused: dict[UUID, ReplyForm]) -> dict[UUID, ReplyForm]:
    """One form for each question that waits for a reply; a refused one keeps what was typed. Ids differ on the page."""
    forms = {}
    for card in cards:
        if "clarify" in card.question.moves:
            shown = refused.get(card.question.id) or ReplyForm(formdata=None)
            shown.reply.id = f"reply-{card.question.number}"
            forms[card.question.id] = shown
    return forms
