"""The OpenAPI 3.1 document, written from the same table that requests are routed by."""

import re
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any, Literal

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from sayso.handlers.admin_api.access import EVERYONE
from sayso.handlers.admin_api.desks import Desks
from sayso.handlers.admin_api.forms import Form
from sayso.handlers.admin_api.problems import MEDIA_TYPE, ProblemDetails
from sayso.handlers.admin_api.routing import Answer, Call, Route

# Of the interface: what is added changes the second number, what breaks a client the first.
VERSION = "1.2"

Json = dict[str, Any]
_Mode = Literal["validation", "serialization"]
_REF = "#/components/schemas/{model}"
_PARAMETERS: dict[str, Json] = {
    "code": {"description": "A location's code, in either case", "example": "DOWNTOWN"},
    "coupon": {
        "description": "A coupon's code, however it is grouped, or a word that all share",
        "example": "K7P4-XQ9M",
    },
    "word": {"description": "A keyword's word, in either case", "example": "COFFEE"},
    "phone": {"description": "E.164, the plus sign as it is or as %2B", "example": "+13125550101"},
    "id": {
        "description": "Id of a campaign, of a segment, of an import, or of a web hook",
        "example": "01KAMZ3S8E5XQW0V7Y9T2B4C6D",
    },
    "delivery": {"description": "Id of an event", "example": "01KAMZ3S8E5XQW0V7Y9T2B4C6D"},
}
_ALWAYS = (
    HTTPStatus.FORBIDDEN,
    HTTPStatus.UNPROCESSABLE_ENTITY,
    HTTPStatus.INTERNAL_SERVER_ERROR,
    HTTPStatus.SERVICE_UNAVAILABLE,
)
_PAGE: Json = {"text/html": {"schema": {"type": "string"}}}
_WITH_BODY = (
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
)


def document_route(routes: tuple[Route, ...]) -> Route:
    """The route that answers with the document of `routes` and of itself."""
    cached: list[Json] = []

    def answer(_: Desks, __: Call[None, None]) -> Answer:
        if not cached:
            cached.append(document((*routes, route)))
        return Answer(cached[0])

    route = Route(
        "GET",
        "/admin/openapi.json",
        "This document",
        answer,
        roles=EVERYONE,
        answers={HTTPStatus.OK: None},
    )
    return route


def document(routes: tuple[Route, ...]) -> Json:
    """The OpenAPI document of the routes."""
    refs, schemas = _schemas(routes)
    paths: dict[str, Json] = {}
    for route in routes:
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(route, refs)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Sayso admin API",
            "version": VERSION,
            "description": "Who joined where, what goes out to whom, and what came of it.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "security": [{"token": []}],
        "tags": [{"name": tag} for tag in dict.fromkeys(map(_tag, routes))],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {
                "token": {
                    "type": "http",
                    "scheme": "bearer",
                    "bearerFormat": "JWT",
                    "description": "A token of the user pool. Groups: owner, marketer, staff.",
                }
            },
        },
    }


def _schemas(routes: tuple[Route, ...]) -> tuple[dict[type[BaseModel], Json], Json]:
    """A reference for every model of the routes, and the schemas that they refer to."""
    models: dict[type[BaseModel], _Mode] = {ProblemDetails: "serialization"}
    for route in routes:
        for model in (route.body, *(route.answers or {}).values()):
            if model is not None:
                models.setdefault(model, _mode(model, route))
    refs, definitions = models_json_schema(list(models.items()), ref_template=_REF)
    return {model: refs[model, mode] for model, mode in models.items()}, definitions["$defs"]


def _mode(model: type[BaseModel], route: Route) -> _Mode:
    """What is sent may leave out what has a default; what is answered never does."""
    is_sent = model is route.body or model.__name__.endswith("Form")
    return "validation" if issubclass(model, Form) and is_sent else "serialization"


def _operation(route: Route, refs: Mapping[type[BaseModel], Json]) -> Json:
    operation: Json = {
        "operationId": _operation_id(route),
        "summary": route.summary,
        "tags": [_tag(route)],
        "description": f"Roles: {', '.join(sorted(route.roles))}.",
        "parameters": [*_path_parameters(route), *_query_parameters(route)],
        "responses": _responses(route, refs),
    }
    if route.body:
        operation["requestBody"] = {
            "required": not route.body_is_optional,
            "content": {"application/json": {"schema": refs[route.body]}},
        }
    return operation


def _responses(route: Route, refs: Mapping[type[BaseModel], Json]) -> Json:
    found: Json = {}
    for status, model in (route.answers or {}).items():
        found[str(int(status))] = {"description": status.phrase}
        if status is not HTTPStatus.NO_CONTENT:
            schema = refs[model] if model else {"type": "object"}
            content = {"application/json": {"schema": schema}} | (_PAGE if route.has_page else {})
            files: Json = {name: {} for name in route.files}
            content = files if files and not model else content | files
            found[str(int(status))]["content"] = content
    found["401"] = {"description": "No token, or one that is expired or not of this user pool"}
    for status in sorted({*_ALWAYS, *route.problems, *_problems_of_input(route)}):
        found[str(int(status))] = {
            "description": status.phrase,
            "content": {MEDIA_TYPE: {"schema": refs[ProblemDetails]}},
        }
    return found


def _problems_of_input(route: Route) -> Iterator[HTTPStatus]:
    if route.body:
        yield from _WITH_BODY
    if route.query:
        yield HTTPStatus.BAD_REQUEST


def _path_parameters(route: Route) -> Iterator[Json]:
    for name in re.findall(r"{(\w+)}", route.path):
        yield {
            "name": name,
            "in": "path",
            "required": True,
            "schema": {"type": "string"},
            **_PARAMETERS[name],
        }


def _query_parameters(route: Route) -> Iterator[Json]:
    if route.query is None:
        return
    whole = route.query.model_json_schema(ref_template="#/$defs/{model}")
    for name, schema in whole["properties"].items():
        described = _inlined(schema, whole.get("$defs", {}))
        parameter = {"name": name, "in": "query", "required": False, "schema": described}
        if "description" in described:
            parameter["description"] = described.pop("description")
        yield parameter


def _inlined(schema: Json, definitions: Json) -> Json:
    """The schema of a query parameter, without null, which no query string can hold."""
    options = [one for one in schema.get("anyOf", ()) if one != {"type": "null"}]
    options += [{"$ref": schema["$ref"]}] if "$ref" in schema else []
    left_out = ("anyOf", "default", "$ref")
    found = {name: value for name, value in schema.items() if name not in left_out}
    if "anyOf" not in schema and "default" in schema:
        found["default"] = schema["default"]
    for option in options:
        name = option.get("$ref", "").rpartition("/")[2]
        found |= definitions[name] if name else option
    return found | {key: schema[key] for key in ("description",) if key in schema}


def _operation_id(route: Route) -> str:
    words = re.findall(r"\w+", route.path.removeprefix("/admin").replace(".json", ""))
    return "_".join([route.method.lower(), *words])


def _tag(route: Route) -> str:
    return route.path.removeprefix("/admin/").partition("/")[0].removesuffix(".json")
