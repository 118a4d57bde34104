"""The route × actor matrix: every address of the four sites with generated arguments, and what each actor may expect.

The expectation comes from the gate of the view and from who may see the row that the address names.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import Session
from werkzeug.routing import AnyConverter, Rule

from tests.http.matrix import Person, Variant, World
from tests.sites import Browser
from web_kit.gate import gate_of
from web_kit.site import this_site
from workflows.core.actors import Actor, Counsellor, Researcher, Staff
from workflows.core.clock import now

SAFE, UNSAFE = "GET", "POST"
ANSWERED = {200, 302, 303, 400, 409, 410, 422, 429}
"""What somebody let in may read: the page, the next page, what is wrong with what was sent, or to wait a moment."""
HIDDEN = {SAFE: {404}, UNSAFE: {404, 422}}
"""A form that is wrong whatever it is about may be told so; it says the same about what never was."""
NEVER_WAS = "00000000-0000-4000-8000-000000000000"


@dataclass(frozen=True)
class Route:
    """One rule of one site under one method."""

    app: Flask
    rule: Rule
    method: str

    @property
    def site(self) -> str:
        return this_site(self.app).name

    @property
    def name(self) -> str:
        return f"{self.site} {self.method} {self.rule.rule}"

    def addresses(self, world: World) -> Iterator[tuple[str, list[Variant]]]:
        """The addresses of this route in this world; a KeyError names an argument that nobody thought of."""
        sets: list[dict[str, Variant]] = [{}]
        said = self.rule.defaults or {}
        for argument in sorted(self.rule.arguments - set(said)):
            sets = [{**chosen, argument: one} for chosen in sets for one in self._variants(world, argument)]
        for chosen in sets:
            values = said | {name: variant.value for name, variant in chosen.items()}
            yield self._build(values) + world.queries.get(self.rule.endpoint, ""), list(chosen.values())

    def _variants(self, world: World, argument: str) -> list[Variant]:
        converter = self.rule._converters[argument]
        if isinstance(converter, AnyConverter):
            return [Variant(item, item) for item in sorted(converter.items)]
        for key in (f"{self.rule.endpoint}.{argument}", f"{self.site}.{argument}", argument):
            if key in world.variants:
                return world.variants[key]
        raise KeyError(f"no value for <{argument}> of {self.name}: add one to tests/http/matrix.py")

    def _build(self, values: dict[str, Any]) -> str:
        return self.app.url_map.bind("localhost").build(self.rule.endpoint, values, method=self.method)

    def admits(self, actor: Actor) -> bool:
        gate = gate_of(self.app, self.rule.endpoint)
        assert gate is not None
        return gate.admits(actor)


def routes(app: Flask, method: str) -> list[Route]:
    """Every route of a site that answers to this method."""
    found = [Route(app, rule, method) for rule in app.url_map.iter_rules() if method in (rule.methods or set())]
    return sorted(found, key=lambda route: route.name)


def expected(route: Route, actor: Actor, variants: list[Variant]) -> set[int]:
    """Which answers this actor may get."""
    if not route.admits(actor):
        return {403} if isinstance(actor, Staff | Researcher | Counsellor) else {303}
    if not all(variant.seen_by(actor) for variant in variants):
        return HIDDEN[route.method]
    return {503} if route.rule.endpoint == "health.clock" else ANSWERED


def browser_of(route: Route, person: Person, house: Any) -> Browser:
    """A browser that holds this person's session on this site, whatever it is worth there."""
    browser = Browser(route.app, house)
    if person.account is not None:
        browser.sign_in(person.account)
    if person.ended:
        with Session(house) as session:
            session.execute(
                text("update authn.session set expires_at = :then where account_id = :id"),
                {"then": now() - timedelta(seconds=1), "id": person.account},
            )
            session.commit()
    return browser
