"""In which groups of topics a text stands: in that of each of its topics, and in that which its reference names."""

from typing import Any

from sqlalchemy import ColumnElement, Computed, Text, func
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column


def derived_groups() -> Mapped[list[str]]:
    """The column of a published text that the database derives, in the order of the codes."""
    return mapped_column(ARRAY(Text), Computed("groups_of(topic_group, topics)", persisted=True))


def in_group(code: str, own: Any, topics: Any) -> ColumnElement[bool]:
    """Of a text that is not published: whether its own group or any of its topics is of this group."""
    found: ColumnElement[bool] = func.groups_of(own, topics, type_=ARRAY(Text)).overlap([code])
    return found


def about(country: Any, topics: Any) -> ColumnElement[Any]:
    """A country with each of the topics, as the index of published texts holds them."""
    return func.country_topics(country, topics, type_=ARRAY(Text))
