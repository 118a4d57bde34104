"""The choice of a language on sites whose addresses do not carry one. It lives in the browser only."""

import re
from urllib.parse import urlencode

from flask import Blueprint, make_response, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from web_kit.gate import everyone
from web_kit.language import remember
from web_kit.site import this_site

OWN_PATH = re.compile(r"/(?![/\\])[!-\[\]-~]*")

bp = Blueprint("entry", __name__)


@bp.get("/language/<code>")
@everyone
def speak(code: str) -> ResponseReturnValue:
    """Remember the language in a cookie and go back to the page; the server keeps nothing."""
    if code not in this_site().languages:
        raise NotFound
    answer = make_response(redirect(way_back(), 303))
    remember(answer, code)
    return answer


def way_back(otherwise: str = "/") -> str:
    """The path to go back to: of this site only, never another address. Browsers drop tabs and read \\ as /."""
    path = request.args.get("next", "")
    return path if OWN_PATH.fullmatch(path) else otherwise


def first_page() -> str:
    """The address of the list that is read on here, from its beginning; empty on its first page."""
    asked = request.args.to_dict(flat=False)
    if not any(asked.pop("after", ())):
        return ""
    return f"{request.path}?{urlencode(asked, doseq=True)}" if asked else request.path
