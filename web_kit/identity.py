"""Who is asking, from the site's cookie: Flask-Login at the edge, our database session behind it."""

from collections.abc import Callable

from flask import request
from sqlalchemy.orm import Session

from web_kit.site import this_site
from workflows.accounts import sessions
from workflows.accounts.entrance import Entrance
from workflows.core.actors import Actor, Visitor
from workflows.core.clock import now


def actor_finder(login: Entrance) -> Callable[[Session], Actor]:
    """A site's `find_actor`: the holder of the token in its cookie, or a visitor."""

    def find(session: Session) -> Actor:
        token = request.cookies.get(this_site().session_cookie)
        return sessions.find_actor(session, login, token, now()) or Visitor()

    return find
