"""What a refusal looks like: one calm page that says what to do now. Unknown, foreign and deleted look the same."""

from math import ceil
from typing import Any

from flask import Flask, Response, current_app, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_limiter import RateLimitExceeded
from flask_wtf.csrf import CSRFError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, MethodNotAllowed, RequestEntityTooLarge, TooManyRequests
from werkzeug.routing import RoutingException

from config import policy
from web_kit.again import sent_again
from web_kit.gate import door_beside, gate_of
from web_kit.problems import is_for_programs, problem
from web_kit.typed import typed_fields
from web_kit.unit import current_actor
from web_kit.uploads import drain
from web_kit.wanted import wants_data
from workflows.core.errors import EditConflict, NotAllowed, NotFound, OutOfTurn


def add_error_pages(app: Flask) -> None:
    """Turn the domain's refusals and the web's errors into pages."""
    for refusal, status in ((NotFound, 404), (NotAllowed, 403), (StaleDataError, 409)):
        app.register_error_handler(refusal, _page(status))
    app.register_error_handler(OutOfTurn, _out_of_turn)
    app.register_error_handler(EditConflict, _edit_conflict)
    app.register_error_handler(CSRFError, _without_token)
    app.register_error_handler(TooManyRequests, _too_many)
    app.register_error_handler(RequestEntityTooLarge, _too_large)
    app.register_error_handler(MethodNotAllowed, _only_sent)
    app.register_error_handler(HTTPException, _other)
    app.register_error_handler(500, _page(500))


def error_page(status: int, **context: Any) -> Response:
    """The page for one status; with the texts that were typed, so that a late click loses nothing.

    A script that asked for JSON still holds them: it gets the words alone. Programs have problems of their own.
    """
    if is_for_programs():
        return problem(status)
    known = status if status in {400, 403, 404, 409, 413, 429} else 500 if status >= 500 else 404
    words = {
        400: (_("This page was open too long"), _("Please send it again.")),
        403: (_("This page is not for you"), _("Your account may not open it. An administrator can help.")),
        404: (_("We cannot find this page"), _("It may have moved, or the address has a mistake.")),
        409: (_("Something changed meanwhile"), _("Somebody else was faster.")),
        413: (_("This is too large"), _("Please send less at once.")),
        429: (
            _("Please wait a moment"),
            _("Too many tries came from your network."),
        ),
        500: (
            _("Something went wrong on our side"),
            _("What you saved is safe. Please try again in a few minutes."),
        ),
    }[known]
    typed = typed_fields() if known in {400, 409} and "typed" not in context else []
    page = {"code": status, "heading": words[0], "text": words[1], "typed": typed, **_way_on(known), **context}
    if wants_data():
        return make_response({name: page[name] for name in ("heading", "text")}, status)
    return make_response(render_template("kit/refused.html", **page), status)


def _without_token(error: CSRFError) -> Response:  # noqa: ARG001
    """A form whose cookie or token is gone: it can be sent from the page that says so."""
    if is_for_programs():
        return error_page(400)
    page = sent_again()
    gate = gate_of(current_app, request.endpoint or "")
    if "carried" in page and gate and not gate.admits(current_actor()):
        page |= door_beside()
    return error_page(400, **page)


def _out_of_turn(error: OutOfTurn) -> Response:
    """A press that came too late, and what happened instead; when what it asked for has, nobody was faster."""
    if not error.done:
        return error_page(409, text=_(error.said) if error.said else _("As things stand now, this cannot be done."))
    text = _("It was pressed before, by you or by somebody else. Nothing was done twice.")
    return error_page(409, heading=_("This is done already"), text=text)


def _edit_conflict(error: EditConflict) -> Response:
    if not error.own:
        return error_page(409)
    text = _("You pressed twice, or have this page open twice. Nothing was done twice.")
    return error_page(409, heading=_("You changed this yourself meanwhile"), text=text)


def _way_on(status: int) -> dict[str, str]:
    """Where it stands now: the page of the button or the link, which is the nearest address above that can be read; a
    form that was refused unread may have its own.
    """
    if status not in {400, 409, 413}:
        return {}
    if status == 400 and request.method == "POST" and _is_page(request.path):
        return {"way_back": request.path, "way_back_label": _("Back to the form")}
    return _nearest_page(_("See how it stands now"))


def _nearest_page(label: str) -> dict[str, str]:
    above = request.path
    while (above := above.rpartition("/")[0]) and above.strip("/"):
        if _is_page(above):
            return {"way_back": above, "way_back_label": label}
    return {}


def _is_page(path: str) -> bool:
    try:
        current_app.create_url_adapter(request).match(path, method="GET")  # type: ignore[union-attr]
    except (HTTPException, RoutingException):
        return False
    return True


def _page(status: int) -> Any:
    def answer(error: Exception) -> ResponseReturnValue:  # noqa: ARG001
        return error_page(status)

    return answer


def _too_large(error: RequestEntityTooLarge) -> ResponseReturnValue:  # noqa: ARG001
    """The page, and for a file its limit."""
    drain()
    limit = _("A file may have up to %(size)s MB.", size=policy.UPLOAD_MAX_BYTES // 1024 // 1024)
    text = f"{limit} " if request.max_content_length == policy.REQUEST_MAX_BYTES else ""
    return error_page(413, text=text + _("Please send less at once."))


def _too_many(error: TooManyRequests) -> ResponseReturnValue:
    """With how long to wait: at most the whole period of the limit. Said in minutes, begun ones whole."""
    period = error.limit.limit.get_expiry() if isinstance(error, RateLimitExceeded) else 60
    wait = error.retry_after if isinstance(error.retry_after, int) else period
    again = ngettext("Try again in a minute.", "Try again in %(num)d minutes.", max(1, ceil(wait / 60)))
    same = request.full_path.removesuffix("?") if request.method == "GET" else ""
    answer = error_page(429, text=f"{_('Too many tries came from your network.')} {again}", same=same)
    answer.headers["Retry-After"] = str(wait)
    return answer


def _only_sent(error: MethodNotAllowed) -> ResponseReturnValue:
    """An address that takes a form, read as if it were a page: a form that was refused stands at it, so whoever presses
    Enter there comes here. Asked in any other way it is as unknown as a wrong one.
    """
    answer = error_page(405, **(_takes_a_form() if request.method in {"GET", "HEAD"} else {}))
    if error.valid_methods:
        answer.headers["Allow"] = ", ".join(sorted(error.valid_methods))
    return answer


def _takes_a_form() -> dict[str, str]:
    sent = _("This address only takes a form that is sent.")
    back = _("To keep what you typed, go back in your browser. If it asks, let it send the form again.")
    return {"heading": _("There is no page here"), "text": f"{sent} {back}"} | _nearest_page(_("Open the form’s page"))


def _other(error: HTTPException) -> ResponseReturnValue:
    return error_page(error.code or 500)
