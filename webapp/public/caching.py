"""Public pages may be kept by anybody for a few minutes, which is also how long a withdrawn text may linger."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import Response, make_response, request, session

from config import policy

View = TypeVar("View", bound=Callable[..., Any])


def may_be_kept(view: View) -> View:
    """Answer with an ETag of the content; say "not modified" to whoever has it; set no cookie."""

    @wraps(view)
    def kept(**arguments: Any) -> Response:
        answer: Response = make_response(view(**arguments))
        if answer.status_code == 200 and not session.modified:
            answer.cache_control.public = True
            answer.cache_control.max_age = int(policy.PUBLIC_CACHE.total_seconds())
            answer.vary.add("Accept-Encoding")
            answer.add_etag(weak=True)
            answer.make_conditional(request)
        return answer

    return kept  # type: ignore[return-value]
