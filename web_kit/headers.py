"""The headers of every answer: nothing inline, nothing framed, nothing sent elsewhere, nothing kept."""

from typing import Any

from flask import Flask, Response, request

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

FIXED = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), interest-cohort=()",
}
A_YEAR = "max-age=31536000; includeSubDomains"


def add_headers(app: Flask, *, https: bool) -> None:
    """Set them on every answer, errors included. A page is kept by nobody unless its view said otherwise."""

    @app.after_request
    def set_headers(answer: Response) -> Response:
        put_headers(answer.headers, https=https)
        if request.endpoint != "static":
            answer.headers.setdefault("Cache-Control", "no-store")
        return answer


def put_headers(headers: Any, *, https: bool) -> None:
    """The headers that files carry as well as pages."""
    for name, value in FIXED.items():
        headers.setdefault(name, value)
    if https:
        headers.setdefault("Strict-Transport-Security", A_YEAR)
