"""The cookie that holds a log-in token: set, read and taken away in one way on every site."""

from flask import Response, request

from web_kit.site import this_site
from workflows.accounts.entrance import PORTAL


def held_token() -> str:
    """The token this browser holds, half or full; empty for none."""
    return request.cookies.get(this_site().session_cookie, "")


def hand_over(answer: Response, token: str) -> Response:
    """Give the browser its token; it forgets it when it is closed, and the database long before, if need be."""
    site = this_site()
    same_site = "Strict" if site.name == PORTAL else "Lax"
    answer.set_cookie(site.session_cookie, token, path="/", secure=site.https, httponly=True, samesite=same_site)
    return answer


def take_away(answer: Response) -> Response:
    """Make the browser forget its token, and what it kept of the pages that were read with it."""
    site = this_site()
    answer.delete_cookie(site.session_cookie, path="/", secure=site.https, httponly=True)
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer
