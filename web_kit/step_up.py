"""The page that asks for the second factor once more, before what a stolen session must not do."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Blueprint, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from web_kit.again import carried
from web_kit.cookies import hand_over, held_token
from web_kit.entry import way_back
from web_kit.gate import Gate
from web_kit.login import entrance, shell, slowly
from web_kit.login_forms import FactorForm
from web_kit.pages import gated
from web_kit.site import this_site
from web_kit.too_soon import too_soon
from web_kit.typed import typed_fields
from web_kit.unit import reads, writes
from workflows.accounts import step_up
from workflows.accounts.throttle import Wait
from workflows.core.actors import Actor
from workflows.core.clock import now

View = Callable[..., ResponseReturnValue]


def pages(gate: Gate) -> Blueprint:
    """This page for one site: for whoever is signed in there."""
    return gated("step_up", gate, VIEWS)


@reads
def show(session: Session, actor: Actor) -> ResponseReturnValue:  # noqa: ARG001
    """Why, and where to type it."""
    return _page(FactorForm())


@slowly
@writes
def submit(session: Session, actor: Actor) -> ResponseReturnValue:  # noqa: ARG001
    """Take a code of the app; the browser gets a new token."""
    form = FactorForm()
    if not form.validate():
        return _page(form, 400)
    answer = step_up.show_again(session, entrance(), held_token(), form.code.data, now())
    if isinstance(answer, Wait):
        form.form_errors.append(too_soon(answer))
        return _page(form, 429)
    if answer is None:
        form.code.errors = (_("This code does not fit, or it was used already. Wait for the next one."),)
        return _page(form, 400)
    flash(_("Thank you. You can go on; we ask again in ten minutes."))
    return hand_over(make_response(redirect(way_back(this_site().home), 303)), answer.token)


VIEWS = (("GET", "/login/again", show), ("POST", "/login/again", submit))


def freshly(page: str, *shared: str, **fixed: Any) -> Callable[[View], View]:
    """Only for somebody who showed a factor just now; others go to the page above, which leads to `page`. Its address
    has the arguments `fixed`, and those of the view that are named in `shared`. A form that was filled in waits on a
    page of its own, from which it is sent after the code.
    """

    def fenced(view: View) -> View:
        @wraps(view)
        def asking(session: Session, actor: Any, *asked: Any, **named: Any) -> ResponseReturnValue:
            if step_up.is_fresh(session, held_token(), now()):
                return view(session, actor, *asked, **named)
            again = url_for("step_up.show", next=url_for(page, **fixed, **{name: named[name] for name in shared}))
            return _waiting(again) or redirect(again, 303)

        return asking

    return fenced


def _waiting(again: str) -> ResponseReturnValue | None:
    """The form that was sent, to be sent once more; None when nothing was typed or a page cannot give it back."""
    if not (typed := typed_fields()) or not (fields := carried()):
        return None
    text = _("Your last code is more than ten minutes old. Type one beside this page. Then press the button here.")
    way = {"beside": True, "way_back": again, "way_back_label": _("Type a code once more")}
    page = {"heading": _("It was not sent yet"), "text": text, "typed": typed, "carried": fields, **way}
    return render_template("kit/refused.html", code=403, **page), 403


def _page(form: FactorForm, status: int = 200) -> Response:
    return make_response(render_template("kit/login/again.html", shell=shell(), form=form), status)
