"""The parties that lifecycles name: who may act, and by the same name whom letters go to."""

from typing import Any

from workflows.core.actors import Actor, Clock, Requester, Researcher, Role, Staff
from workflows.core.lifecycle import Party


def _has(role: Role) -> Any:
    return lambda actor, row: isinstance(actor, Staff) and role in actor.roles  # noqa: ARG005


def _is_request_of(actor: Actor, row: Any) -> bool:
    return isinstance(actor, Requester) and actor.id == row.request_id


def _works_for_partner_of(actor: Actor, row: Any) -> bool:
    return isinstance(actor, Researcher) and actor.partner_id == row.partner_id


def _approves(actor: Actor, row: Any) -> bool:
    wrote = {row.author_id, *(row.co_author_ids or ())}
    return isinstance(actor, Staff) and Role.EDITOR in actor.roles and actor.id not in wrote


officers = Party("officers", _has(Role.OFFICER))
editors = Party("editors", _has(Role.EDITOR))
one_editor = Party("one editor", _has(Role.EDITOR))
"""The editor whom the event names; all of them when it names none, or one who left."""
managers = Party("managers", _has(Role.MANAGER))
another_editor = Party("another editor", _approves)
the_requester = Party("the requester", _is_request_of)
its_researchers = Party("its researchers", _works_for_partner_of)
its_holder = Party("its holder", lambda actor, row: actor.id == row.id)
"""Whose account it is."""
its_addresses = Party("its addresses", its_holder.includes)
"""Whose account it is, and where they were reached until the event changed that."""
the_clock = Party("the clock", lambda actor, row: isinstance(actor, Clock))  # noqa: ARG005
