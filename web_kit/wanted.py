"""In which form the asker wants its answer: a page, or for a script of ours the bare facts as JSON."""

from flask import request


def wants_data() -> bool:
    """Whether JSON was asked for by name; a browser that goes to an address never does."""
    return request.accept_mimetypes.best == "application/json"
