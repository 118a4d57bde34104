"""What a form answers to a network that sent too many: the page, what was typed, and when to try again."""

from datetime import datetime

from flask import Response, make_response
from flask.typing import ResponseReturnValue

from web_kit.app import limiter


def ask_to_wait(page: ResponseReturnValue, now: datetime) -> Response:
    """The page, with the seconds until the limit that was reached counts anew."""
    answer = make_response(page)
    limit = limiter.current_limit
    answer.headers["Retry-After"] = str(max(1, int(limit.reset_at - now.timestamp()))) if limit else "3600"
    return answer
