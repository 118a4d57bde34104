"""What whoever asked agreed to, where others build on it."""

from typing import Any

from sqlalchemy import ColumnElement, exists

from workflows.requests.models import Question, Request
from workflows.requests.words import STAYS_PRIVATE


def stays_private(question_id: Any) -> ColumnElement[bool]:
    """Whether whoever asked the question did not agree that what is found out is published; as SQL."""
    asked = (Question.id == question_id, Request.id == Question.request_id)
    return exists().where(*asked, Request.consent_version.in_(STAYS_PRIVATE))
