"""The interface describes itself truly, refuses in one way, sets no cookie, and costs the same at any size."""

from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator
from sqlalchemy.orm import Session

from config import policy
from tests.http.api.conftest import Library
from tests.published import make_published
from tests.sites import Browser

PATHS = ("excerpts", "excerpts?q=insuline&sort=match", "excerpts/COD-HEA-0001", "excerpts/COD-HEA-0001/versions",
         "excerpts/COD-HEA-0001/versions/1", "freshness?ref=COD-HEA-0001", "retractions", "changes", "countries", "topics", "sheets",
         "openapi.json")  # fmt: skip


def test_the_document_is_openapi_and_names_every_code(ask: Any, library: Library) -> None:
    document = ask("openapi.json")
    assert document["openapi"] == "3.1.0"
    assert list(OpenAPIV31SpecValidator(document).iter_errors()) == []
    asked = {one["name"]: one["schema"] for one in document["paths"]["/api/v1/excerpts"]["get"]["parameters"]}
    assert set(asked) == {"q", "country", "topic", "language", "freshness", "sort", "limit", "after"}
    assert {"COD", "ARM"} <= set(asked["country"]["items"]["enum"])
    assert {"HEA", "HEA-medicines"} <= set(asked["topic"]["items"]["enum"])


def fields(value: Any) -> Any:
    """The names of the fields all the way down."""
    if isinstance(value, dict):
        return {name: fields(inner) for name, inner in value.items()}
    return [fields(value[0])] if isinstance(value, list) and value else None


def documented(schema: dict[str, Any], parts: dict[str, Any], value: Any) -> Any:
    """The same of what is documented, as far as the value goes."""
    while "$ref" in schema or "anyOf" in schema:
        schema = parts[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema["anyOf"][0]
    if isinstance(value, dict):
        assert set(schema["required"]) == set(schema["properties"])
        return {name: documented(inner, parts, value.get(name)) for name, inner in schema["properties"].items()}
    return [documented(schema["items"], parts, value[0])] if isinstance(value, list) and value else None


def test_every_field_is_documented_and_every_documented_field_is_there(ask: Any, library: Library) -> None:
    document = ask("openapi.json")
    whole = {"/api/v1/excerpts/{ref}": f"excerpts/{library.current}", "/api/v1/sheets/{iso3}": "sheets/COD",
             "/api/v1/excerpts/{ref}/versions/{number}": f"excerpts/{library.current}/versions/1",
             "/api/v1/sheets/{iso3}/editions/{number}": "sheets/COD/editions/1",
             "/api/v1/excerpts/{ref}/versions": f"excerpts/{library.current}/versions",
             "/api/v1/freshness": f"freshness?ref={library.current}"}  # fmt: skip
    for path, described in document["paths"].items():
        schema = described["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        if path != "/api/v1/openapi.json":
            told = ask(whole.get(path, path.removeprefix("/api/v1/")))
            assert fields(told) == documented(schema, document["components"]["schemas"], told), path


@pytest.mark.parametrize(
    ("path", "parameter"),
    [("excerpts?country=XXX", "country"), ("excerpts?contry=COD", "contry"), ("excerpts?after=2.x.y", "after"), ("excerpts?limit=101", "limit"),
     ("excerpts?limit=1&limit=2", "limit"), ("excerpts?freshness=new", "freshness"), ("excerpts?topic=HEA-", "topic"), ("excerpts?sort=old", "sort"),
     ("excerpts?q=" + "a" * 201, "q"), ("excerpts?language=xx", "language"), ("retractions?since=2026-02-30", "since"), ("retractions?after=2026", "after"),
     ("excerpts?after=0.2026-10-30.UKR-SOC-0001%00", "after"),
     ("changes?changed_since=2026-02-30", "changed_since"), ("changes?changed_since=yesterday", "changed_since"), ("changes?after=2026", "after"),
     ("changes?topic=HEA", "topic"), ("changes?country=XXX", "country"), ("changes?limit=0", "limit"), ("freshness", "ref"), ("freshness?ref=%00", "ref"), ("sheets/COD?language=xx", "language"),
     ("excerpts?" + "&".join(["country=COD"] * 31), "country")],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_by_name(public: Browser, library: Library, path: str, parameter: str) -> None:
    answer = public.get(f"/api/v1/{path}")
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
    assert {error["parameter"] for error in answer.json["errors"]} == {parameter}


@pytest.mark.parametrize(
    ("path", "said"),
    [("excerpts?limit=0", ["must be 1 or more"]), ("excerpts?limit=101", ["must be 100 or less"]), ("excerpts?limit=abc", ["must be a whole number"]),
     ("excerpts?limit=" + "9" * 5000, ["is too large a number"]), ("excerpts?q=" + "a" * 201, ["may have up to 200 characters"]),
     ("excerpts?contry=COD", ["is no parameter of this address"]), ("excerpts?country=COD&country=XXX", ["“XXX” is no country of /api/v1/countries"]),
     ("excerpts?language=xx", ["“xx” must be one of en, fr, nl, ar, es"]), ("excerpts?" + "&".join(["country=COD"] * 31), ["may be given up to 30 times"]),
     ("freshness", ["must be given"]), ("freshness?" + "&".join(["ref=COD-HEA-0001"] * 101), ["may be given up to 100 times"]),
     ("freshness?ref=COD-HEA-0001&ref=nothing&ref=" + "x" * 99,
      ["“nothing” is not the name of a text, such as COD-HOU-0042", f"“{'x' * 40}” is not the name of a text, such as COD-HOU-0042"]),
     ("freshness?ref=", ["“” is not the name of a text, such as COD-HOU-0042"]),
     *((f"retractions?since={day}", ["must be a day, such as 2026-01-31"]) for day in ("yesterday", "2026-13-45", "2026-02-30", "2026-01-01T10:00", "2026-01-0"))],
)  # fmt: skip
def test_a_refusal_says_in_plain_words_what_is_wrong_and_with_which_value(
    public: Browser, library: Library, path: str, said: list[str]
) -> None:
    assert [error["message"] for error in public.get(f"/api/v1/{path}").json["errors"]] == said


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [("excerpts/COD-HEA-9999", "GET", 404), ("excerpts/%00", "GET", 404), ("nothing", "GET", 404), ("sheets/XXX", "GET", 404),
     ("excerpts/COD-HEA-0001/versions/99999999999999999999", "GET", 404), ("sheets/COD?language=ar", "GET", 404),
     ("excerpts", "POST", 405), ("excerpts", "DELETE", 405)],
)  # fmt: skip
def test_refusals_are_problems(public: Browser, library: Library, path: str, method: str, status: int) -> None:
    answer = public.client.open(f"/api/v1/{path}", method=method)
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    assert answer.json["status"] == status
    assert answer.json["detail"]
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cache-Control"] == "no-store"
    assert status != 405 or set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


def test_who_accepts_no_json_is_told(public: Browser, library: Library) -> None:
    for said, status in (("text/html", 406), ("text/html;q=0.9, */*;q=0.1", 200), ("application/*", 200)):
        answer = public.get("/api/v1/excerpts", headers={"Accept": said})
        assert answer.status_code == status
    assert public.get("/api/v1/topics", headers={"Accept": "application/xml"}).mimetype == "application/problem+json"


def test_who_asks_too_much_waits_and_is_told_how_long(
    public: Browser, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(policy, "API_CALLS_PER_NETWORK", "4 per minute")
    answers = [public.get(f"/api/v1/{path}") for _ in range(2) for path in ("topics", "sheets")]
    assert {answer.status_code for answer in answers} == {200}
    last = public.get("/api/v1/countries")
    assert (last.status_code, last.mimetype) == (429, "application/problem+json")
    assert 0 < int(last.headers["Retry-After"]) <= 60
    elsewhere = {"REMOTE_ADDR": "203.0.113.9"}
    assert public.get("/api/v1/countries", environ_overrides=elsewhere).status_code == 200


@pytest.mark.parametrize("path", ["/api", "/api/", "/api/v1", "/api/v1/", "/api/v2/excerpts"])
def test_whoever_comes_to_an_address_above_is_told_where_the_addresses_stand(public: Browser, path: str) -> None:
    answer = public.get(path)
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")
    for named in ("/en/api", "/api/v1/openapi.json"):
        assert named in answer.json["detail"]
        assert public.get(named).status_code == 200


@pytest.mark.parametrize("path", PATHS)
def test_answers_may_be_kept_and_read_by_scripts_and_set_no_cookie(public: Browser, scene: Session, path: str) -> None:
    make_published(scene, ref="COD-HEA-0001")
    scene.commit()
    answer = public.get(f"/api/v1/{path}", headers={"Origin": "https://elsewhere.example"})
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    assert "public" in answer.headers["Cache-Control"]
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer.headers
    assert '<https://creativecommons.org/licenses/by/4.0/>; rel="license"' in answer.headers.getlist("Link")
    again = public.get(f"/api/v1/{path}", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_a_browser_that_asks_first_is_let_in_to_read_and_nothing_else(public: Browser, library: Library) -> None:
    answer = public.client.options("/api/v1/excerpts", headers={"Origin": "https://elsewhere.example"})
    assert answer.headers["Access-Control-Allow-Methods"] == "GET, HEAD"
    assert "If-None-Match" in answer.headers["Access-Control-Allow-Headers"]


@pytest.mark.parametrize("size", [3, 300])
@pytest.mark.parametrize("path", PATHS)
def test_an_answer_asks_the_same_of_a_small_and_a_large_library(
    public: Browser, scene: Session, path: str, size: int
) -> None:
    make_published(scene, ref="COD-HEA-0001", versions=size)
    for number in range(size):
        make_published(scene, state="withdrawn" if number % 5 == 0 else "published")
    scene.commit()
    public.get("/en/topics")
    with public.statements() as seen:
        assert public.get(f"/api/v1/{path}").status_code == 200
    assert len(seen) <= 2, seen
