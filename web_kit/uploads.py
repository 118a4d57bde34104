"""Large forms: how much of one is read, and where its files are kept while it is (in memory, never on a disk)."""

from collections.abc import Callable
from io import BytesIO
from typing import IO, Any, TypeVar

from flask import Flask, Request, current_app, request

from config import policy

View = TypeVar("View", bound=Callable[..., Any])
PIECE = 64 * 1024


class InMemory(Request):
    """A request whose files never touch the disk, where they would lie unsealed."""

    def _get_file_stream(self, *_: Any, **__: Any) -> IO[bytes]:
        return BytesIO()


def takes_files(view: View) -> View:
    """The view is sent a file, so more of its request is read than of others."""
    view.largest_request = policy.REQUEST_MAX_BYTES  # type: ignore[attr-defined]
    return view


def takes_an_answer(view: View) -> View:
    """The view is sent a whole answer, which is longer than other forms."""
    view.largest_request = policy.ANSWER_FORM_MAX_BYTES  # type: ignore[attr-defined]
    return view


def allow_large_forms(app: Flask) -> None:
    """Before anything of a request is read, give it the limit of its view."""
    app.request_class = InMemory

    @app.url_value_preprocessor
    def set_limit(endpoint: str | None, values: dict[str, Any] | None) -> None:  # noqa: ARG001
        largest = getattr(current_app.view_functions.get(endpoint or ""), "largest_request", None)
        if largest is not None:
            request.max_content_length = largest
            request.max_form_memory_size = policy.ANSWER_FORM_MAX_BYTES


def drain() -> None:
    """Take in what is left of a request that was too large: a browser that is still sending reads no page."""
    stream, left = request.environ["wsgi.input"], policy.REQUEST_DRAINED_BYTES
    while left > 0 and (piece := stream.read(min(PIECE, left))):
        left -= len(piece)
