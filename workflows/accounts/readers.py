"""Whether anybody at a partner organisation has an account in which to read what it is offered."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, exists
from sqlalchemy.orm import aliased

from workflows.accounts.models import ResearcherAccount


def has_reader(partner_id: ColumnElement[UUID] | object) -> ColumnElement[bool]:
    """Whether a partner has an account that is not shut, as SQL; one who was only invited counts."""
    one: Any = aliased(ResearcherAccount)
    return exists().where(one.partner_id == partner_id, one.active)
