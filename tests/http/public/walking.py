"""Somebody who asks a page at a time, in a browser without a screen."""

from datetime import timedelta
from typing import Any

from tests.journey.reader import ClientReader
from webapp.public.ask_steps import ORDER, Step
from workflows.core import clock

MEDICINES, INSULIN = "HEA-medicines", "Is insulin 30/70 sold in pharmacies, and what is its price?"


def as_a_person(monkeypatch: Any) -> None:
    """As if a minute had passed since the form was opened."""
    moment = clock.now()
    monkeypatch.setattr(clock, "now", lambda: moment + timedelta(minutes=1))


def walk_to(page: ClientReader, step: Step, *, lang: str = "en", query: str = "") -> None:
    """From the start to a step, with something said on the way."""
    page.open(f"/{lang}/ask{query}")
    page.press_name("to", "who.0.")
    answers = {
        Step.WHO: lambda: page.choose("requester_kind", "helping"),
        Step.COUNTRY: lambda: (page.choose("questions-0-country", "COD"), page.fill("questions-0-place", "Kinshasa")),
        Step.TOPIC: lambda: page.choose("questions-0-topic", MEDICINES),
        Step.QUESTION: lambda: page.fill("questions-0-text", INSULIN),
        Step.DETAILS: lambda: None,
        Step.CONTACT: lambda: page.fill("contact", "me@example.org"),
    }
    for one in ORDER[: ORDER.index(step)]:
        answers[one]()
        go_on(page)


def go_on(page: ClientReader) -> None:
    """The main button of the page."""
    page._send(next(one for one in page._tree.find_class("go") if one.tag == "button"))


def shown(page: ClientReader) -> set[str]:
    """The names of what can be filled in."""
    fields = page._tree.xpath("//main//*[self::input or self::select or self::textarea][@type!='hidden' or not(@type)]")
    return {one.get("name") for one in fields} - {"website"}


def carries(page: ClientReader, name: str) -> str | None:
    values = [one.get("value") for one in page._tree.xpath("//main//input[@type='hidden']") if one.get("name") == name]
    return values[0] if values else None
