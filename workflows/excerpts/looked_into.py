"""Which texts at rest are worth looking into for a topic: the index of what is published knows, the versions do not."""

from sqlalchemy import ColumnElement, select

from workflows.excerpts.models import Excerpt, PublishedExcerpt


def worth_looking_into(topic: str) -> list[ColumnElement[bool]]:
    """What any text at rest with this topic fulfils; nothing for a group, which so many are in that a page fills soon.

    Its newest version has the topics of its published row, which keeps them when the text is taken back.
    """
    named = select(PublishedExcerpt.ref).where(PublishedExcerpt.topics.overlap([topic]))
    return [Excerpt.ref.in_(named)] if "-" in topic else []
