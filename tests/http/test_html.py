"""Every page of every site, and every refusal, is written as the HTML checker wants it: not one error."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import Engine

from tests.html_rules import faults
from tests.http.matrix import World
from tests.http.routes import SAFE, UNSAFE, Route, browser_of, expected, routes
from tests.http.test_matrix import app, is_let_in, no_limits, world

__all__ = ["app", "no_limits", "world"]
PAGE = "text/html"


def pages(chosen: list[Route], world: World, house: Engine) -> Iterator[tuple[str, str]]:
    """What the first who is let in reads at each address, and the first who is not."""
    for route in chosen:
        for path, variants in route.addresses(world):
            told = set()
            for person in world.people:
                inside = is_let_in(expected(route, person.on(route.site), variants))
                if inside not in told:
                    browser = browser_of(route, person, house)
                    answer = (
                        browser.get(path, buffered=True)
                        if route.method == SAFE
                        else browser.post(path, {"version": "1"})
                    )
                    if answer.mimetype == PAGE and answer.status_code not in range(300, 400):
                        told.add(inside)
                        yield f"{route.method} {path} as {person.name} ({answer.status_code})", answer.text


@pytest.mark.parametrize("method", [SAFE, UNSAFE])
def test_no_page_and_no_refusal_has_an_error_of_html(app: Flask, world: World, house: Engine, method: str) -> None:
    wrong, seen = [], 0
    for name, page in pages(routes(app, method), world, house):
        seen += 1
        wrong += [f"{name}: {fault}" for fault in faults(page)]
    assert seen > 10
    assert not wrong, "\n".join(wrong)


GOOD = """<!doctype html><html lang="en"><head><title>A page</title></head><body><main><h1>One</h1>{}</main></body></html>"""


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ("<p>Open", "</main> ends p"),
        ("<p><div>x</div></p>", "<div> below <p>"),
        ("<ul><p>x</p></ul>", "<p> in <ul>"),
        ("<ul>x</ul>", "bare words in <ul>"),
        ("<table><tr><th><h2>x</h2></th></tr></table>", "<h2> in the head"),
        ('<a href="/"><button type="button">x</button></a>', "below something that is pressed"),
        ('<p id="a"></p><p id="a"></p>', "the id a 2 times"),
        ('<label for="a">x</label>', "for names a, which is not there"),
        ('<p aria-describedby="a">x</p>', "aria-describedby names a"),
        ('<a href="#a">x</a>', "href names a"),
        ('<p align="left">x</p>', "<p> knows no align"),
        ('<p class="a" class="b">x</p>', "an attribute twice"),
        ('<form action=""></form>', "<form> with empty action"),
        ('<time datetime="2026-11-28T19:54:02.733265+00:00">x</time>', "no moment"),
        ("<h3>x</h3>", "h1 is followed by h3"),
        ('<img src="/a.png">', "a picture without words"),
        ("<h1>x</h1>", "2 times <h1>"),
        ('<p lang="None">x</p>', "with lang=“None”"),
        ("<span/>", "does not end itself"),
    ],
)
def test_each_kind_of_error_is_seen(inside: str, said: str) -> None:
    assert faults(GOOD.format("<p>Fine.</p>")) == []
    assert any(said in fault for fault in faults(GOOD.format(inside))), faults(GOOD.format(inside))
