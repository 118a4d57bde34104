"""What every address for programs does around its view: counts, reads what was asked, answers JSON that may be kept."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache, wraps
from typing import Any
from urllib.parse import urlencode

from flask import Flask, Response, request
from pydantic import TypeAdapter
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotAcceptable

from config import policy
from web_kit.app import limiter
from web_kit.problems import problem
from web_kit.site import this_site
from web_kit.unit import reads
from webapp.api.asked import Asked, Unfit
from webapp.public.caching import for_scripts
from webapp.public.citations import LICENCE
from webapp.public.terms import terms_of
from workflows.core.actors import Actor

JSON = "application/json"
View = Callable[..., Response]
counted = limiter.shared_limit(lambda: policy.API_CALLS_PER_NETWORK, scope="api")


@dataclass(frozen=True)
class Operation:
    """How one address is documented."""

    answer: Any
    asked: type[Asked] | None


@dataclass(frozen=True)
class Told:
    """What a view answers, and since when that is so, where it may be said."""

    body: Any
    modified: datetime | None = None


def operation(answer: Any, asked: type[Asked] | None = None) -> Callable[[Callable[..., Told]], View]:
    """Make a view of a function that is handed the session, the parts of the address and, as `asked`, what was asked.

    The first line of its docstring is the summary in the document.
    """

    def wrap(view: Callable[..., Told]) -> View:
        @counted
        @for_scripts
        @reads
        @wraps(view)
        def answered(session: Session, actor: Actor, **parts: Any) -> Response:
            if request.accept_mimetypes and not request.accept_mimetypes.quality(JSON):
                raise NotAcceptable
            if asked:
                try:
                    parts["asked"] = asked.read(request.args, terms_of(session))
                except Unfit as unfit:
                    return problem(400, "See `errors`.", errors=unfit.problems)
            return _response(answer, view(session, **parts))

        answered.operation = Operation(answer, asked)  # type: ignore[attr-defined]
        return answered

    return wrap


def _response(kind: Any, told: Told) -> Response:
    answer = Response(adapter(kind).dump_json(told.body), mimetype=JSON)
    answer.headers.add("Link", f'<{LICENCE}>; rel="license"')
    if following := getattr(told.body, "next", None):
        answer.headers.add("Link", f'<{following}>; rel="next"')
    if told.modified:
        answer.last_modified = told.modified
    return answer


@cache
def adapter(kind: Any) -> TypeAdapter[Any]:
    """Writes and describes answers of a kind."""
    return TypeAdapter(kind)


def following(**changed: Any) -> str:
    """The address of the next page: what was asked, with where this one ended."""
    asked = {name: values for name, values in request.args.lists() if name not in changed}
    return f"{this_site().base_url}{request.path}?{urlencode({**asked, **changed}, doseq=True)}"


def operations(app: Flask) -> Mapping[str, Operation]:
    """Every one of them by its endpoint."""
    views = {endpoint: getattr(view, "operation", None) for endpoint, view in app.view_functions.items()}
    return {endpoint: found for endpoint, found in views.items() if found}
