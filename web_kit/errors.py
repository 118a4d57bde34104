"""What a refusal looks like: one calm page that says what to do now. Unknown, foreign and deleted look the same."""

from typing import Any

from flask import Flask, Response, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, TooManyRequests

from workflows.core.errors import EditConflict, NotAllowed, NotFound, OutOfTurn

HIDDEN = frozenset({"csrf_token", "password", "code", "version", "ticket"})


def add_error_pages(app: Flask) -> None:
    """Turn the domain's refusals and the web's errors into pages."""
    for refusal, status in ((NotFound, 404), (NotAllowed, 403), (OutOfTurn, 409), (EditConflict, 409)):
        app.register_error_handler(refusal, _page(status))
    app.register_error_handler(StaleDataError, _page(409))
    app.register_error_handler(CSRFError, _page(400))
    app.register_error_handler(TooManyRequests, _too_many)
    app.register_error_handler(HTTPException, lambda error: error_page(error.code or 500))
    app.register_error_handler(500, _page(500))


def error_page(status: int, **context: Any) -> Response:
    """The page for one status; with the texts that were typed, so that a late click loses nothing."""
    known = status if status in {400, 403, 404, 409, 413, 429} else 500 if status >= 500 else 404
    words = {
        400: (_("This page was open too long"), _("Please send it again. What you typed is below.")),
        403: (_("This page is not for you"), _("Your account may not open it. An administrator can help.")),
        404: (_("We cannot find this page"), _("It may have moved, or the address has a mistake.")),
        409: (
            _("Something changed meanwhile"),
            _("Somebody else was faster. What you typed is below."),
        ),
        413: (_("This is too large"), _("Please send less at once.")),
        429: (
            _("Please wait a moment"),
            _("Too many tries came from your network. Try again soon."),
        ),
        500: (
            _("Something went wrong on our side"),
            _("What you saved is safe. Please try again in a few minutes."),
        ),
    }[known]
    typed = typed_texts() if known in {400, 409} else []
    page = render_template("kit/refused.html", code=status, heading=words[0], text=words[1], typed=typed, **context)
    return make_response(page, status)


def _page(status: int) -> Any:
    def answer(error: Exception) -> ResponseReturnValue:  # noqa: ARG001
        return error_page(status)

    return answer


def _too_many(error: TooManyRequests) -> ResponseReturnValue:
    answer = error_page(429)
    if error.retry_after:
        answer.headers["Retry-After"] = str(error.retry_after)
    return answer


def typed_texts() -> list[tuple[str, str]]:
    """The longer texts of the form that was sent, to copy back."""
    return [
        (name, text) for name, text in request.form.items(multi=True) if name not in HIDDEN and len(text.strip()) > 2
    ]
