"""Pages that were asked for again, as they were made: handed out only while one statement says that no text was written
since, so that what is taken back is gone at once; on the same day; and for a few minutes at most, as the vocabulary.

Only to whoever brings no cookie: such a page shows nothing of anybody's own. What is asked for once is not kept.
"""

import zlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from threading import Lock
from time import monotonic
from typing import Any, TypeVar

from flask import current_app, g, request
from sqlalchemy.orm import Session

from config import policy
from web_kit import language
from web_kit.unit import db
from workflows.core import clock
from workflows.core.actors import Actor
from workflows.excerpts.writes import State, library_state

View = TypeVar("View", bound=Callable[..., Any])
Address = tuple[str, ...]
LONGEST_QUERY = 300
"""Bytes; who asks for more is answered anew each time."""
FASTEST = 1
"""How hard `zlib` tries: a page is a fifth of its size then, and there again in a tenth of a millisecond."""


@dataclass(frozen=True)
class Made:
    """A page, or only that somebody asked for it."""

    state: tuple[State | None, date] | None = None
    at: float = 0.0
    packed: bytes = b""

    @property
    def weight(self) -> int:
        return len(self.packed) + policy.MADE_PAGE_WEIGHS


class MadePages:
    """The pages of one process, those not asked for longest thrown away first."""

    def __init__(self) -> None:
        self._made: OrderedDict[Address, Made] = OrderedDict()
        self._lock = Lock()
        self.weight = 0

    def get(self, address: Address) -> Made | None:
        """What is known of an address; it stays the longer for being asked for."""
        with self._lock:
            if made := self._made.get(address):
                self._made.move_to_end(address)
            return made

    def put(self, address: Address, made: Made | None) -> None:
        """Know this of the address, or nothing any more; never more than fits."""
        with self._lock:
            if old := self._made.pop(address, None):
                self.weight -= old.weight
            if made:
                self._made[address] = made
                self.weight += made.weight
            while self.weight > policy.MADE_PAGES_MOST:
                self.weight -= self._made.popitem(last=False)[1].weight


def the_same_for_everybody() -> None:
    """Say of the page that is being made: whoever asks for its address without a cookie is shown the same."""
    g.the_same_for_everybody = True


def made_before(view: View) -> View:
    """Answer with the page that was made before, or with a new one, kept if the view calls it the same for everybody.

    The view answers with the text of a page then. At the second request for an address, one statement more.
    """

    @wraps(view)
    def made(session: Session, actor: Actor, **arguments: Any) -> Any:
        address = _address()
        if address is None:
            return view(session, actor, **arguments)
        pages: MadePages = current_app.extensions.setdefault("made_pages", MadePages())
        known = pages.get(address)
        state = (_state(), clock.today()) if known else None
        if known and known.state == state and monotonic() - known.at < policy.PUBLIC_CACHE.total_seconds():
            return zlib.decompress(known.packed)
        answer = view(session, actor, **arguments)
        pages.put(address, _remembered(answer, state) if g.get("the_same_for_everybody") else None)
        return answer

    return made  # type: ignore[return-value]


def _state() -> State | None:
    """Asked outside of a transaction, whose beginning and end cost as much as the question."""
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        return library_state(connection)


def _remembered(page: str, state: tuple[State | None, date] | None) -> Made:
    """The page, where its state was read before it was made; else that it was asked for."""
    if state is None or state[0] is None:
        return Made()
    return Made(state, monotonic(), zlib.compress(page.encode(), FASTEST))


def _address() -> Address | None:
    """All that a page depends on beside texts and day: its whole address and language; None where there may be more."""
    asked = request.query_string
    if request.cookies or request.method != "GET" or len(asked) > LONGEST_QUERY:
        return None
    return language.current(), request.host_url, request.path, asked.decode("latin-1")
