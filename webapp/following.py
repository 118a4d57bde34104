"""The small form with which a question of ours is answered, on whichever site a request is followed."""

from collections.abc import Iterable
from uuid import UUID

from flask_babel import lazy_gettext as _
from wtforms import TextAreaField

from web_kit.forms import Form
from workflows.replies.public import Card


class ReplyForm(Form):
    """An answer to the helpdesk's question."""

    reply = TextAreaField(_("Your reply"))


def reply_forms(cards: Iterable[Card], refused: dict[UUID, ReplyForm]) -> dict[UUID, ReplyForm]:
    """One form for each question that waits for a reply; a refused one keeps what was typed. Ids differ on the page."""
    forms = {}
    for card in cards:
        if "clarify" in card.question.moves:
            shown = refused.get(card.question.id) or ReplyForm(formdata=None)
            shown.reply.id = f"reply-{card.question.number}"
            forms[card.question.id] = shown
    return forms
