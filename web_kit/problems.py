"""Refusals for programs, below the path that a site keeps for them: problem details (RFC 9457), in English."""

from http import HTTPStatus
from typing import Any

from flask import Response, json, request

from web_kit.site import this_site

KIND = "application/problem+json"
WORDS = {
    404: "There is nothing at this address. It may name a text, version, edition or country that does not exist. "
    "Which addresses there are: /en/api for people, /api/v1/openapi.json for programs.",
    405: "This interface is read only: use GET or HEAD.",
    406: "Every answer here is application/json. Accept that.",
    429: "Too many requests came from your network. Retry-After says in how many seconds to go on.",
    500: "Something went wrong on our side. Try again in a few minutes.",
}


def is_for_programs() -> bool:
    """Whether this request came to that path."""
    path = this_site().for_programs
    return bool(path) and f"{request.path}/".startswith(path)


def problem(status: int, detail: str = "", **more: Any) -> Response:
    """One refusal, that scripts of any site may read."""
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status}
    body |= {"detail": detail or WORDS.get(status, "")} | more
    return Response(json.dumps(body), status, {"Access-Control-Allow-Origin": "*"}, content_type=KIND)
