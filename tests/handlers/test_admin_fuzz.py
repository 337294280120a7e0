"""Whatever is sent, the admin API answers it itself: no input is an internal error."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.handlers.admin_api.table import admin_routes
from tests.handlers.conftest import set_up
from tests.support.console import Answer, Console, opened_console

ROUTES = [route for route in admin_routes().all if route.path != "/admin/openapi.json"]
WITH_BODY = [route for route in ROUTES if route.body]
_ids = [f"{route.method} {route.path}" for route in WITH_BODY]
fuzzed = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])

# Any character that JSON can carry, half a surrogate pair included.
texts = st.text(st.characters(exclude_categories=())) | st.sampled_from(
    ["", "DOWNTOWN", "stop", "America/Chicago", "2026-11-24T10:00:00", "recipient", "\x00", "{{"]
)
scalars = st.none() | st.booleans() | st.integers() | st.floats() | texts
values = st.recursive(
    scalars, lambda inner: st.lists(inner) | st.dictionaries(texts, inner), max_leaves=8
)
names = st.sampled_from(
    sorted({name for route in WITH_BODY if route.body for name in route.body.model_fields})
)
bodies = st.dictionaries(names | texts, values, max_size=8) | values
segments = st.text(min_size=1, max_size=300) | st.sampled_from(["DOWNTOWN", "+13125550101", "STOP"])


@pytest.fixture(scope="module")
def shop() -> Iterator[Console]:
    with opened_console() as console:
        set_up(console)
        yield console


def is_answered(answer: Answer) -> bool:
    """Whether the answer is one of ours, and says so in JSON where it says anything."""
    if answer.status >= 400:
        return answer.status < 500 and answer.json["status"] == answer.status
    return answer.status == 204 or isinstance(answer.json, dict)


@pytest.mark.parametrize("route", WITH_BODY, ids=_ids)
@fuzzed
@given(body=bodies, segment=segments)
def test_no_json_is_too_strange(shop: Console, route: Any, body: Any, segment: str) -> None:
    path = "/".join(quote(segment, safe="") if "{" in part else part for part in route.parts)

    assert is_answered(shop.send(route.method, path, json.dumps(body)))


@pytest.mark.parametrize("route", WITH_BODY, ids=_ids)
@fuzzed
@given(data=st.data())
def test_no_body_of_the_right_shape_is_too_strange(shop: Console, route: Any, data: Any) -> None:
    """Values of the types that the route asks for, sensible or not, reach the rules behind it."""
    body = data.draw(shaped(route.body.model_json_schema()))
    named = {"code": "EAST", "word": "BAGEL", "phone": "+13125550101", "id": "0" * 26}
    named |= {"coupon": "K7P4XQ9M"}

    assert is_answered(shop.send(route.method, route.path.format(**named), json.dumps(body)))


@fuzzed
@given(body=st.binary() | st.text(st.characters(exclude_categories=["Cs"])))
def test_no_body_at_all_is_too_strange(shop: Console, body: bytes | str) -> None:
    assert is_answered(shop.send("PUT", "/admin/program", body))


@fuzzed
@given(
    method=st.sampled_from(["GET", "PUT", "POST", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE"]),
    parts=st.lists(segments, max_size=5),
    query=st.text(max_size=60),
)
def test_no_address_is_too_strange(
    shop: Console, method: str, parts: list[str], query: str
) -> None:
    path = "/".join(["/admin", *(quote(part, safe="") for part in parts)])

    assert is_answered(shop.send(method, f"{path}?{query}"))


@fuzzed
@given(
    path=st.sampled_from(["/admin/subscribers", "/admin/locations", "/admin/campaigns"]),
    query=st.dictionaries(
        st.sampled_from(["limit", "cursor", "location", "status"]), st.text(max_size=40)
    ),
)
def test_no_query_is_too_strange(shop: Console, path: str, query: dict[str, str]) -> None:
    written = "&".join(f"{name}={quote(value)}" for name, value in query.items())

    assert is_answered(shop.get(f"{path}?{written}"))


def shaped(schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Values that fit a JSON schema of pydantic's, as far as the types go."""
    return _fitting(schema, schema.get("$defs", {}))


def _fitting(schema: dict[str, Any], definitions: dict[str, Any]) -> st.SearchStrategy[Any]:
    if "$ref" in schema:
        return _fitting(definitions[schema["$ref"].rpartition("/")[2]], definitions)
    if "anyOf" in schema:
        return st.one_of([_fitting(option, definitions) for option in schema["anyOf"]])
    if isinstance(values := schema.get("additionalProperties"), dict):
        named = _fitting(schema.get("propertyNames", {"type": "string"}), definitions)
        return st.dictionaries(named, _fitting(values, definitions))
    if schema.get("type") == "object":
        fields = {name: _fitting(one, definitions) for name, one in schema["properties"].items()}
        needed = {name: fields.pop(name) for name in schema.get("required", ())}
        return st.fixed_dictionaries(needed, optional=fields)
    if schema.get("type") == "array":
        return st.lists(_fitting(schema["items"], definitions), max_size=4)
    return _scalar(schema)


_PLAIN = {"number": st.floats(allow_nan=False), "boolean": st.booleans(), "null": st.none()}


def _scalar(schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    match schema:
        case {"enum": allowed}:
            return st.sampled_from(allowed)
        case {"const": only}:
            return st.just(only)
        case {"type": "integer"}:
            return st.integers(schema["minimum"], schema["maximum"])
        case {"type": "number" | "boolean" | "null" as kind}:
            return _PLAIN[kind]
    longest, shortest = min(schema.get("maxLength", 200), 200), schema.get("minLength", 0)
    return texts.filter(lambda text: shortest <= len(text) <= longest)
