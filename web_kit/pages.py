"""Collects the blueprints of a site from its page files."""

from importlib import import_module

from flask import Blueprint


def blueprints(package: str, pages: tuple[str, ...]) -> list[Blueprint]:
    """The `bp` of each page file, in the order given."""
    return [import_module(f"{package}.{page}").bp for page in pages]
