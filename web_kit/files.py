"""Styles, icons and scripts: a few small files, read once, whose address changes when they do.

Scripts are sent without remarks and spaces that no browser needs.
"""

import hashlib
import mimetypes
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from flask import Flask, Response, request, url_for
from rjsmin import jsmin
from werkzeug.exceptions import NotFound
from werkzeug.security import safe_join

from web_kit.gate import everyone

STATIC = Path(__file__).parent / "static"
A_YEAR = 365 * 24 * 3600
A_DAY = 24 * 3600
BY_ITSELF = "/favicon.ico"
"""What browsers ask for beside an answer that names no picture of its own, such as a file."""
IMPORTED = re.compile(rb'(?<= from "\./)[a-z]+\.js(?=";)')
"""A script names another of its folder; it is sent with the address that this one has now."""


@dataclass(frozen=True)
class File:
    """One file as it is sent, and the print that stands in its address."""

    data: bytes
    kind: str
    print: str


def add_files(app: Flask) -> None:
    """Serve them at `/static/`, to be kept for a year."""

    @everyone
    def static(filename: str) -> Response:
        file = _read(filename)
        answer = Response(file.data, mimetype=file.kind)
        answer.set_etag(file.print)
        answer.cache_control.public = True
        answer.cache_control.max_age = A_DAY if request.path == BY_ITSELF else A_YEAR
        answer.cache_control.immutable = request.path != BY_ITSELF
        return answer

    app.add_url_rule("/static/<path:filename>", "static", static)
    app.add_url_rule(BY_ITSELF, "static", static, defaults={"filename": "kit/mark.ico"})


def asset(path: str) -> str:
    """The address of a file as it is now."""
    return _address(path, request.root_path)


@lru_cache(maxsize=256)
def _address(path: str, root: str) -> str:  # noqa: ARG001 -- addresses begin with where the site is mounted
    return url_for("static", filename=path, v=_read(path).print)


@lru_cache(maxsize=256)
def _read(path: str) -> File:
    place = safe_join(str(STATIC), path)
    if place is None or not Path(place).is_file():
        raise NotFound
    data = Path(place).read_bytes()
    if path.endswith(".js"):
        folder = path.rpartition("/")[0]
        data = jsmin(IMPORTED.sub(lambda found: _as_it_is_now(folder, found[0].decode()), data))
    return File(
        data, mimetypes.guess_type(path)[0] or "application/octet-stream", hashlib.sha256(data).hexdigest()[:10]
    )


def _as_it_is_now(folder: str, name: str) -> bytes:
    return f"{name}?v={_read(f'{folder}/{name}').print}".encode()
