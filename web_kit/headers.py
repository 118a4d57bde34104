"""The headers of every answer: nothing inline, nothing framed, nothing sent elsewhere, nothing kept."""

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
        for name, value in FIXED.items():
            answer.headers.setdefault(name, value)
        if https:
            answer.headers.setdefault("Strict-Transport-Security", A_YEAR)
        if request.endpoint != "static":
            answer.headers.setdefault("Cache-Control", "no-store")
        return answer
