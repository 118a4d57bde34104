"""Whatever a program sends, the interface answers as its document says. The examples are the same in every run."""

from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.core.result import Ok

from tests.http.api.conftest import Library
from web_kit.app import limiter
from webapp.api.operation import operations

EVERY_TIME_THE_SAME = settings(
    max_examples=8, derandomize=True, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
)
cursors = st.builds("{}.{}.{}".format, st.integers(0, 9**9), st.dates(), st.from_regex(r"\A[A-Z]{3}-[A-Z]{3}-\d{4}\Z"))
places = st.builds("{}.{}.{}".format, st.dates(), st.from_regex(r"\A[A-Z]{3}-[A-Z]{3}-\d{4}\Z"), st.integers(0, 32767))
schemathesis.openapi.format("cursor", cursors)
schemathesis.openapi.format("place", places)


@pytest.fixture(autouse=True)
def no_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limiter, "enabled", False)


@pytest.fixture
def documented(public_app: Flask, library: Library) -> dict[str, Any]:
    """Every operation of the document by its path."""
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", public_app)
    return {one.ok().path: one.ok() for one in schema.get_all_operations() if isinstance(one, Ok)}


def test_schemathesis_finds_nothing(documented: dict[str, Any], public_app: Flask) -> None:
    assert len(documented) == len(operations(public_app)) - 1  # the document itself is not tried
    for operation in documented.values():
        check(operation)


def test_schemathesis_finds_nothing_about_texts_of_any_fate(documented: dict[str, Any], library: Library) -> None:
    for ref in library.all:
        for path, parts in (("", {}), ("/versions", {}), ("/versions/{number}", {"number": 1})):
            operation = documented[f"/api/v1/excerpts/{{ref}}{path}"]
            answer = answers_as_documented(operation.Case(path_parameters={"ref": ref, **parts}))
            assert answer.status_code == 200
    for path, parts in (("", {}), ("/editions/{number}", {"number": 1})):
        operation = documented[f"/api/v1/sheets/{{iso3}}{path}"]
        assert answers_as_documented(operation.Case(path_parameters={"iso3": "COD", **parts})).status_code == 200


def check(operation) -> None:
    wrong_too = [schemathesis.GenerationMode.NEGATIVE] if operation.definition.raw["parameters"] else []
    for mode in [schemathesis.GenerationMode.POSITIVE, *wrong_too]:
        cases = operation.as_strategy(generation_mode=mode)
        EVERY_TIME_THE_SAME(given(case=cases)(answers_afresh()))()


def answers_afresh() -> Any:
    """A function of its own for each run: hypothesis marks the one that it is given."""

    def afresh(case) -> None:
        answers_as_documented(case)

    return afresh


def answers_as_documented(case) -> Any:
    """As a program does that follows redirects: a code in small letters has its answer at the address in capitals."""
    return case.call_and_validate(headers={"Accept-Encoding": "identity"}, follow_redirects=True)
