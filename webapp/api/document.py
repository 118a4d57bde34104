"""The OpenAPI 3.1 document, made from the views themselves: their addresses, what they take and what they answer."""

import re
from typing import Any

from flask import current_app
from pydantic import TypeAdapter
from werkzeug.routing import Rule

from config import policy
from web_kit.app import LARGEST_NUMBER
from web_kit.problems import KIND, WORDS
from webapp.api.answers import BadRequest, Problem
from webapp.api.asked import REF, Asked
from webapp.api.operation import JSON, Operation, adapter, operations
from webapp.public.terms import Terms

SCHEMAS = "#/components/schemas/{model}"
IN_ANY_CASE = REF.replace("A-Z", "A-Za-z")
"""Small letters lead to the address in capitals."""
PARTS: dict[str, dict[str, Any]] = {
    "ref": {"schema": {"type": "string", "pattern": IN_ANY_CASE}, "description": "The name of a text: COD-HOU-0042."},
    "number": {
        "schema": {"type": "integer", "minimum": 1, "maximum": LARGEST_NUMBER},
        "description": "Of a version or an edition.",
    },
    "iso3": {"schema": {"type": "string", "pattern": "^[A-Za-z]{3}$"}, "description": "ISO 3166-1 alpha-3."},
}
IN_CAPITALS = {"ref", "iso3"}
ABOUT = (
    "What is published on Terrain, for programs. No key, no account, no cookies; reading only. "
    f"Up to {policy.API_CALLS_PER_NETWORK} from one network; then 429 and Retry-After. "
    "Answers may be kept for five minutes; ask again with If-None-Match. Lists come in pages: follow `next` until it "
    "is null. A text whose date changes while you walk may come to the front; nothing is given twice otherwise. "
    "A text that was withdrawn or retracted is told as such, without what it said: look at /api/v1/retractions or "
    "/api/v1/freshness before you show a copy. To keep a copy of everything, walk through /api/v1/changes; the next "
    "time give the `changed_on` of the last text as `changed_since`. For everything at once take the dumps at /dumps/."
)
HEADS = {
    "ETag": "Of this answer.",
    "Cache-Control": "How long it may be kept.",
    "Link": "The licence, and the next page if there is one.",
}


def document(terms: Terms) -> dict[str, Any]:
    """The whole of it."""
    found = operations(current_app)
    kinds = [operation.answer for operation in found.values()] + [Problem, BadRequest]
    keyed: list[Any] = [(kind, "serialization", adapter(kind)) for kind in kinds]
    schemas, components = TypeAdapter.json_schemas(keyed, ref_template=SCHEMAS)
    paths: dict[str, Any] = {}
    for rule in current_app.url_map.iter_rules():
        if rule.endpoint in found:
            operation = found[rule.endpoint]
            described = _operation(rule, operation, schemas[operation.answer, "serialization"], terms)
            paths[re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)] = {"get": described}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Terrain",
            "version": "1",
            "description": ABOUT,
            "license": {"name": "Creative Commons Attribution 4.0", "identifier": "CC-BY-4.0"},
        },
        "servers": [{"url": "/"}],
        "paths": dict(sorted(paths.items())),
        "components": {"schemas": components["$defs"], "responses": _refusals()},
    }


def _operation(rule: Rule, operation: Operation, schema: dict[str, Any], terms: Terms) -> dict[str, Any]:
    view = current_app.view_functions[rule.endpoint]
    parts = [{"name": part, "in": "path", "required": True, **PARTS[part]} for part in sorted(rule.arguments)]
    refused = {"406": "406", "429": "429", "default": "500"}
    refused |= {"404": "404"} if parts else {}
    refused |= {"400": "400"} if operation.asked else {}
    heads = {name: {"description": text, "schema": {"type": "string"}} for name, text in HEADS.items()}
    return {
        "operationId": rule.endpoint.rpartition(".")[2],
        "summary": (view.__doc__ or "").strip().splitlines()[0],
        "parameters": [*parts, *(_parameters(operation.asked, terms) if operation.asked else [])],
        "responses": {
            "200": {"description": "The answer.", "headers": heads, "content": {JSON: {"schema": schema}}},
            "304": {"description": "Nothing changed since."},
            **({"308": {"description": "The same, by its code in capitals."}} if IN_CAPITALS & rule.arguments else {}),
            **{status: {"$ref": f"#/components/responses/{name}"} for status, name in refused.items()},
        },
    }


def _parameters(asked: type[Asked], terms: Terms) -> list[dict[str, Any]]:
    codes, whole = terms.codes, asked.model_json_schema()
    required = whole.get("required", [])
    parameters = []
    for name, schema in whole["properties"].items():
        if name in codes:
            schema["items"]["enum"] = sorted(codes[name].values())
        told = {key: value for key, value in schema.items() if key not in {"title", "description"}}
        text = {"description": schema.get("description", "")}
        parameters.append({"name": name, "in": "query", "required": name in required, **text, "schema": told})
    return parameters


def _refusals() -> dict[str, Any]:
    def refusal(text: str, model: str = "Problem", **more: Any) -> dict[str, Any]:
        return {"description": text, "content": {KIND: {"schema": {"$ref": SCHEMAS.format(model=model)}}}, **more}

    wait = {"Retry-After": {"description": "In how many seconds to go on.", "schema": {"type": "integer"}}}
    return {
        "400": refusal("What was asked makes no sense; `errors` names each parameter.", "BadRequest"),
        **{str(status): refusal(WORDS[status]) for status in (404, 406, 500)},
        "429": refusal(WORDS[429], headers=wait),
    }
