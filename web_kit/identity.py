"""Who is asking, from the site's cookie: Flask-Login at the edge of desk and portal, our database session behind it."""

from collections.abc import Callable

from flask import Flask, Request, request
from flask_login import LoginManager, UserMixin, current_user
from sqlalchemy.orm import Session

from web_kit.site import this_site
from web_kit.unit import session_now
from workflows.accounts import sessions
from workflows.accounts.entrance import Entrance
from workflows.core.actors import Actor, Counsellor, Requester, Researcher, Staff, Visitor
from workflows.core.clock import now


class SignedIn(UserMixin):
    """Somebody with a live session, as Flask-Login knows them."""

    def __init__(self, actor: Staff | Researcher | Counsellor | Requester) -> None:
        self.id = str(actor.id)
        self.actor = actor


def actor_finder(login: Entrance) -> Callable[[Session], Actor]:
    """`find_actor` of a site without accounts: the holder of the token in its cookie, or a visitor."""

    def find(session: Session) -> Actor:
        return sessions.find_actor(session, login, _token(request), now()) or Visitor()

    return find


def signed_in_actor(session: Session) -> Actor:  # noqa: ARG001 -- Flask-Login asks for the same session itself
    """`find_actor` of a site with accounts: whom Flask-Login found, or a visitor."""
    found: object = current_user._get_current_object()  # noqa: SLF001 -- the way to what a proxy stands for
    return found.actor if isinstance(found, SignedIn) else Visitor()


def use_flask_login(app: Flask) -> None:
    """Make Flask-Login ask our database on every request; it keeps nothing in a cookie of its own."""
    manager = LoginManager()
    manager.request_loader(_load)
    app.config["SESSION_PROTECTION"] = None  # it would write to the form cookie; our tokens need no such guess
    app.config["REMEMBER_COOKIE_NAME"] = this_site(app).cookie("unused")
    manager.init_app(app)


def _load(asked: Request) -> SignedIn | None:
    login = this_site().login
    actor = login and sessions.find_actor(session_now(), login, _token(asked), now())
    return SignedIn(actor) if actor else None


def _token(asked: Request) -> str | None:
    return asked.cookies.get(this_site().session_cookie)
