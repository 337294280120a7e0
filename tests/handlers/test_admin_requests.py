"""Requests that are wrong before anybody looks at what they ask: each with its own answer."""

import json

import pytest

from sayso.handlers import admin
from tests.support.console import Answer, Console
from tests.support.http_events import http_event
from tests.support.lambda_context import LambdaContext

PROGRAM = {"name": "Bluebird Coffee", "help_contact": "help@bluebird.example"}
TEXT = json.dumps(PROGRAM)


def is_problem(answer: Answer, status: int, kind: str) -> bool:
    """Whether it is a problem as RFC 9457 has it, of this kind."""
    body = answer.json
    return (
        answer.status == body["status"] == status
        and answer.headers["content-type"] == "application/problem+json"
        and body["type"] == f"urn:sayso:problem:{kind}"
        and bool(body["title"] and body["detail"])
    )


@pytest.mark.parametrize(
    "body",
    [
        "{",
        "",
        "   ",
        "nonsense",
        '{"name": "Blue}',
        "[" * 20_000,
        b"\xff\xfe",
        b'{"name": "\xff"}',
        '{"name": NaN',
        "{'name': 1}",
        '{"name": "\x01"}',
        '{"name": "\\ud800"}',
    ],
)
def test_malformed_json_is_refused(console: Console, body: str | bytes) -> None:
    before = console.state()

    answer = console.send("PUT", "/admin/program", body)

    assert is_problem(answer, 400, "malformed")
    assert console.state() == before


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"name": 7}, "name"),
        ({"name": None}, "name"),
        ({"name": ""}, "name"),
        ({"name": "x" * 31}, "name"),
        ({"help_contact": ["a", "b"]}, "help_contact"),
        ({"opt_in": "triple"}, "opt_in"),
        ({"caps": {"per_day": "1"}}, "caps.per_day"),
        ({"caps": {"per_day": True}}, "caps.per_day"),
        ({"caps": {"per_day": 1.5}}, "caps.per_day"),
        ({"caps": {"per_day": 0}}, "caps.per_day"),
        ({"caps": {"per_day": 10**400}}, "caps.per_day"),
        ({"caps": {"per_hour": 1}}, "caps.per_hour"),
        ({"caps": 3}, "caps"),
        ({"language": "xx"}, "language"),
        ({"nam": "Bluebird"}, "nam"),
    ],
)
def test_wrong_types_and_unknown_fields_are_refused_by_name(
    console: Console, change: dict[str, object], path: str
) -> None:
    before = console.state()

    answer = console.put("/admin/program", PROGRAM | change)

    assert is_problem(answer, 422, "invalid")
    assert path in [error["path"] for error in answer.json["errors"]]
    assert console.state() == before


@pytest.mark.parametrize("body", ["[]", '"text"', "null", "7"])
def test_a_body_that_is_no_object_is_refused(console: Console, body: str) -> None:
    assert is_problem(console.send("PUT", "/admin/program", body), 422, "invalid")


def test_a_body_over_64_kib_is_refused_before_it_is_read(console: Console) -> None:
    before = console.state()
    padded = TEXT + " " * (64 * 1024 + 1 - len(TEXT))

    answer = console.send("PUT", "/admin/program", padded)

    assert is_problem(answer, 413, "too-large")
    assert console.state() == before
    assert console.send("PUT", "/admin/program", padded[:-1]).status == 201


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_a_body_of_another_type_is_refused(console: Console, content_type: str) -> None:
    before = console.state()

    # An empty header is a header: it is not one of JSON.
    answer = console.send("PUT", "/admin/program", TEXT, content_type or " ")

    assert is_problem(answer, 415, "unsupported-media-type")
    assert console.state() == before


@pytest.mark.parametrize(
    "content_type", ["application/json; charset=utf-8", "Application/JSON", None]
)
def test_json_is_json_whatever_the_case_of_its_type(
    console: Console, content_type: str | None
) -> None:
    assert console.send("PUT", "/admin/program", TEXT, content_type).status == 201


def test_a_body_that_arrives_in_base64_is_decoded(console: Console) -> None:
    assert console.send("PUT", "/admin/program", TEXT.encode()).status == 201


@pytest.mark.parametrize(
    "path",
    [
        "/admin",
        "/admin/",
        "/admin/nothing",
        "/admin/program/extra",
        "/",
        "/admin//program",
        "/admin/campaigns/01KAMZ3S8E5XQW0V7Y9T2B4C6D/postpone",
        "/admin/locations/A/B",
        "/admin/%2e%2e",
    ],
)
def test_an_unknown_route_is_a_problem_too(shop: Console, path: str) -> None:
    assert is_problem(shop.get(path), 404, "not-found")


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("POST", "/admin/program", "GET, PUT"),
        ("PATCH", "/admin/locations/DOWNTOWN", "DELETE, GET, PUT"),
        ("PUT", "/admin/subscribers/+13125550101", "DELETE, GET, PATCH"),
        ("GET", "/admin/campaigns/preview", "POST"),
    ],
)
def test_a_method_that_a_route_does_not_have_is_refused_with_those_it_has(
    shop: Console, method: str, path: str, allowed: str
) -> None:
    before = shop.state()

    answer = shop.send(method, path)

    assert is_problem(answer, 405, "method-not-allowed")
    assert answer.headers["allow"] == allowed
    assert shop.state() == before


@pytest.mark.parametrize("query", ["limit=0", "limit=201", "limit=ten", "limit=", "page=2"])
def test_a_wrong_query_is_refused_by_name(shop: Console, query: str) -> None:
    answer = shop.get(f"/admin/locations?{query}")

    assert is_problem(answer, 422, "invalid")
    assert [error["path"] for error in answer.json["errors"]] == [query.partition("=")[0]]


def test_a_value_given_twice_is_refused(shop: Console) -> None:
    assert is_problem(shop.get("/admin/locations?limit=1&limit=2"), 422, "invalid")


def test_a_query_where_none_is_known_is_refused(shop: Console) -> None:
    assert is_problem(shop.get("/admin/program?verbose=1"), 422, "invalid")


@pytest.mark.parametrize("cursor", ["x", "AAAA", "%00", "a" * 1000, "DOWNTOWN"])
def test_a_cursor_that_nobody_gave_out_is_refused(shop: Console, cursor: str) -> None:
    shop.get("/admin/locations?limit=1")

    assert is_problem(shop.get(f"/admin/locations?cursor={cursor}"), 400, "malformed")


def test_a_cursor_of_another_list_is_refused(shop: Console) -> None:
    cursor = shop.get("/admin/locations?limit=1").json["next"]

    assert is_problem(shop.get(f"/admin/keywords?cursor={cursor}"), 400, "malformed")


def test_the_stage_before_the_path_is_no_part_of_it(shop: Console) -> None:
    claims = {"sub": "x", "cognito:groups": "[owner]"}
    event = http_event("GET", "/admin/program", claims=claims, stage="v1")

    assert admin.handler(event, LambdaContext())["statusCode"] == 200


@pytest.mark.parametrize("target", ["/admin/program", "/admin/nothing", "/admin/openapi.json"])
def test_no_answer_is_cached_or_guessed_at(shop: Console, target: str) -> None:
    headers = shop.get(target).headers

    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"
