"""Which partner was chosen for which text, in the lists that `desk/freshness/_choice.html` makes."""

from uuid import UUID

from flask import request

from workflows.excerpts.recheck_batch import Choices


def choices() -> Choices:
    """The partner chosen for each text; what is no such mark is no choice."""
    pairs = (mark.partition("~") for mark in request.form.getlist("ask"))
    return {ref: partner for ref, _between, name in pairs if (partner := _id(name))}


def _id(name: str) -> UUID | None:
    try:
        return UUID(name)
    except ValueError:
        return None
