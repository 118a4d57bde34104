"""One request, one unit of work: a view is handed its session and actor, and the edge commits."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from hashlib import sha256
from typing import Any, TypeVar, cast

from flask import g, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import Session

from web_kit.site import this_site
from workflows.accounts.sessions import NOTED
from workflows.core.actors import Actor
from workflows.core.db import begin
from workflows.core.sealed import holding

db = SQLAlchemy(session_options={"expire_on_commit": False})
View = TypeVar("View", bound=Callable[..., Any])


def session_hash() -> str:
    """The SHA-256 of this browser's log-in token, in hexadecimal; empty for a stranger."""
    token = request.cookies.get(this_site().session_cookie, "")
    return sha256(token.encode()).hexdigest() if token else ""


def session_now() -> Session:
    """The session of this request; it tells the database who is asking."""
    session: Session = db.session()
    session.info["session_hash"] = session_hash()
    return session


def current_actor() -> Actor:
    """Who is asking; found once per request, in the transaction of its view. Where being seen was noted, that is
    committed at once, because a view that shows or refuses rolls back.
    """
    if "actor" not in g:
        session = session_now()
        g.actor = this_site().find_actor(session)
        if session.info.pop(NOTED, False):
            session.commit()
    actor: Actor = g.actor
    return actor


def writes(view: View) -> View:
    """The view changes something: commit when it has answered, roll back when it refuses."""
    return cast("View", _in_unit(view, Session.commit))


def reads(view: View) -> View:
    """The view only shows: whatever it did is rolled back."""
    return cast("View", _in_unit(view, Session.rollback))


def _in_unit(view: Any, finish: Callable[[Session], None]) -> Any:
    @wraps(view)
    def inside(**arguments: Any) -> Any:
        session = session_now()
        with holding(this_site().keys):
            try:
                answer = view(session, current_actor(), **arguments)
                finish(session)
            except BaseException:
                session.rollback()
                raise
        return answer

    return inside


@contextmanager
def own_transaction() -> Iterator[Session]:
    """A second, separately committed unit of work: what must stay recorded even if the page then fails."""
    with begin(db.engine, this_site().keys, session_hash()) as session:
        yield session


@contextmanager
def attempt(session: Session) -> Iterator[None]:
    """A command that may refuse while its page still answers: what it did before refusing is undone."""
    with session.begin_nested():
        yield
