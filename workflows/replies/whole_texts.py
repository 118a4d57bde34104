"""The whole of the texts that an answer uses, for the files that are read without a line: nothing can be looked up."""

from dataclasses import replace

from sqlalchemy import select
from sqlalchemy import tuple_ as row_of
from sqlalchemy.orm import Session

from workflows.core.markdown import uncited
from workflows.excerpts.models import PublishedVersion
from workflows.replies.public import Card


def with_whole_texts(session: Session, card: Card) -> Card:
    """The newest answer with all that its texts say, in the versions that were sent; one statement, none without texts.

    One that was taken back, corrected or is being checked stays without.
    """
    newest, *earlier = card.replies
    sent = [(pin.ref, pin.number) for pin in newest.pins if pin.holds]
    if not sent:
        return card
    columns = (PublishedVersion.ref, PublishedVersion.number, PublishedVersion.body, PublishedVersion.unknown)
    rows = session.execute(select(*columns).where(row_of(PublishedVersion.ref, PublishedVersion.number).in_(sent)))
    whole = {(row.ref, row.number): {"body": uncited(row.body), "unknown": row.unknown} for row in rows}
    pins = tuple(replace(pin, **whole.get((pin.ref, pin.number), {})) for pin in newest.pins)
    return replace(card, replies=(replace(newest, pins=pins), *earlier))
