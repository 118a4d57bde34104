"""Who may open a page at all. Every view carries a gate; a site with an ungated view does not start."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import Flask, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from web_kit.again import carried
from web_kit.site import this_site
from web_kit.typed import typed_fields
from web_kit.unit import current_actor
from web_kit.wanted import wants_data
from workflows.core.actors import Actor, Counsellor, Requester, Researcher, Role, Staff
from workflows.core.errors import NotAllowed

View = TypeVar("View", bound=Callable[..., Any])


class Gate:
    """A decorator that lets in the actors it admits; `name` is what the route × actor matrix prints."""

    def __init__(self, name: str, admits: Callable[[Actor], bool]) -> None:
        self.name = name
        self.admits = admits

    def __call__(self, view: View) -> View:
        @wraps(view)
        def guarded(**arguments: Any) -> Any:
            actor = current_actor()
            if not self.admits(actor):
                return turn_away(actor)
            return view(**arguments)

        guarded.gate = self  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]


def turn_away(actor: Actor) -> ResponseReturnValue:
    """A stranger is shown the door that opens, with the text they were sending when their session had ended, or word of
    the file that no page gives back; somebody signed in who may not enter is told so.
    """
    if isinstance(actor, Staff | Researcher | Counsellor):
        raise NotAllowed(request.endpoint or "")
    if wants_data():
        return {"heading": _("You were away for a while"), "text": _("Come in again")}, 401
    if not (typed := typed_fields()):
        _say_what_was_not_done()
        return redirect(this_site().door(), 303)
    fields = carried()
    page = door_beside() if fields else _door()
    return render_template("kit/refused.html", code=403, typed=typed, carried=fields, **_away() | page), 403


def _say_what_was_not_done() -> None:
    """Whoever pressed something learns at the door that nothing came of it: they may have meant to erase.

    The words follow from the press alone, so that they tell nobody what became of the session.
    """
    if any(file.filename for file in request.files.values()):
        flash(_("Your file was not sent. Choose it again."), "warning")
    elif request.method == "POST" and (said := this_site().not_done()):
        flash(said, "warning")


def door_beside() -> dict[str, Any]:
    """What a page says that holds a form which only somebody inside may send: come in, and send it from here."""
    if this_site().login is None:
        text = _("Come in again beside this page. Then come back here and press the button: nothing is lost.")
        return {**_door(), "text": text, "beside": True}
    text = _(
        "This was not sent yet. Sign in again beside this page. "
        "Then come back here and press the button: nothing is lost."
    )
    return {**_away(), **_door(), "text": text, "beside": True}


def _away() -> dict[str, str]:
    """What is wrong, in the words of the site: one comes in with a code, or signs in."""
    if this_site().login is None:
        return {"heading": _("You were away for a while"), "text": _("Please come in again.")}
    return {"heading": _("You are signed out"), "text": _("This was not sent. Sign in again.")}


def _door() -> dict[str, Any]:
    label = _("Come in again") if this_site().login is None else _("Sign in again")
    return {"way_back": this_site().door(), "way_back_label": label}


def staff_only(*roles: Role) -> Gate:
    """Staff who hold one of the roles; any staff when none is named."""
    wanted = frozenset(roles) or frozenset(Role)
    name = "staff: " + ", ".join(sorted(wanted)) if roles else "staff"
    return Gate(name, lambda actor: isinstance(actor, Staff) and bool(actor.roles & wanted))


everyone = Gate("everyone", lambda actor: True)  # noqa: ARG005
requesters_only = Gate("whoever typed the receipt code", lambda actor: isinstance(actor, Requester))
researchers_only = Gate("researchers", lambda actor: isinstance(actor, Researcher))
keepers_only = Gate(
    "researchers who keep accounts", lambda actor: isinstance(actor, Researcher) and actor.keeps_accounts
)
counsellors_only = Gate("counsellors", lambda actor: isinstance(actor, Counsellor))


def gate_of(app: Flask, endpoint: str) -> Gate | None:
    """The gate of an endpoint; None for one without."""
    return getattr(app.view_functions[endpoint], "gate", None)


def refuse_ungated(app: Flask) -> None:
    """Refuses (RuntimeError) to start with a view that says nothing about who may open it."""
    bare = sorted(endpoint for endpoint in app.view_functions if gate_of(app, endpoint) is None)
    if bare:
        raise RuntimeError(f"these views have no gate: {', '.join(bare)}")
