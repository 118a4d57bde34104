"""Collects the blueprints of a site: from its own page files, and of the pages that several sites have."""

from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any

from flask import Blueprint

from web_kit.gate import Gate


def blueprints(package: str, pages: tuple[str, ...]) -> list[Blueprint]:
    """The `bp` of each page file, in the order given."""
    return [import_module(f"{package}.{page}").bp for page in pages]


def gated(name: str, gate: Gate, views: Iterable[tuple[str, str, Callable[..., Any]]], prefix: str = "") -> Blueprint:
    """Pages that several sites have, behind the gate of one of them; a view is a method, a path and a function."""
    bp = Blueprint(name, __name__, url_prefix=prefix or None)
    for method, path, view in views:
        bp.add_url_rule(path, view.__name__, gate(view), methods=[method])
    return bp
