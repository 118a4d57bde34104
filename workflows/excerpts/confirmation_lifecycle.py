"""The life of one editor's word that a text is still true, and the one of a text that is open."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.core.actors import Actor, Clock, Staff
from workflows.core.lifecycle import Lifecycle, Move, Notice, Party
from workflows.core.parties import another_editor, editors, one_editor, the_clock
from workflows.core.words import mark as _
from workflows.excerpts.confirmation_models import Confirmation
from workflows.excerpts.confirmation_models import ConfirmationState as S
from workflows.excerpts.lifecycle import APPROVAL_WANTED
from workflows.excerpts.models import Excerpt


def _said_so(actor: Actor, row: Any) -> bool:
    return editors.includes(actor, row) and not another_editor.includes(actor, row)


whoever_said_so = Party("the editor who said so", _said_so)

CONFIRMATION = Lifecycle(
    "excerpt_confirmation",
    Confirmation,
    S.PROPOSED,
    (
        Move("agree", S.PROPOSED, S.AGREED, by=another_editor, label=_("I agree")),
        Move("refuse", S.PROPOSED, S.REFUSED, by=another_editor, label=_("I do not agree"), asks=("reason",),
             tells=(Notice("confirmation_refused", to=one_editor),)),
        Move("take_back", S.PROPOSED, S.TAKEN_BACK, by=whoever_said_so, label=_("Take my word back")),
        Move("lapse", S.PROPOSED, S.LAPSED, by=(editors, the_clock), label=_("Let it fall away")),
    ),
    begins=(APPROVAL_WANTED,),
)  # fmt: skip


def open_confirmation(session: Session, excerpt: Excerpt) -> Confirmation | None:
    """What waits for another editor's word about a text, locked after the text itself."""
    waiting = select(Confirmation).where(Confirmation.excerpt_id == excerpt.id, Confirmation.state == S.PROPOSED)
    return session.scalar(waiting.with_for_update())


def let_lapse(session: Session, actor: Staff | Clock, excerpt: Excerpt, now: datetime) -> None:
    """The text is not what it was when somebody called it still true: nobody need agree any more."""
    if waiting := open_confirmation(session, excerpt):
        CONFIRMATION.fire(session, actor, waiting, "lapse", now, ref=excerpt.ref, number=waiting.number)
