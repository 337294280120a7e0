"""The document describes exactly what the API does."""

import json
import re
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from sayso.handlers.admin_api.table import admin_routes
from tests.handlers.conftest import set_up
from tests.support.console import Answer, opened_console

_METHODS = ("get", "put", "post", "patch", "delete")


@pytest.fixture(scope="module")
def document() -> Any:
    with opened_console() as console:
        answer = console.acting_as("staff").get("/admin/openapi.json")
        assert answer.status == 200
        return answer.json


def operations(document: Any) -> dict[tuple[str, str], Any]:
    return {
        (method.upper(), path): operation
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if method in _METHODS
    }


def test_the_document_is_valid_openapi(document: Any) -> None:
    OpenAPIV31SpecValidator(document).validate()


def test_every_route_is_described_and_no_other(document: Any) -> None:
    routed = {(route.method, route.path) for route in admin_routes().all}

    assert set(operations(document)) == routed


def test_the_routes_of_the_contract_are_there(document: Any) -> None:
    promised = """
        GET PUT /admin/program
        GET PUT DELETE /admin/locations/{code}
        GET PUT DELETE /admin/keywords/{word}
        GET /admin/subscribers
        GET /admin/subscribers/{phone}
        GET /admin/subscribers/{phone}/consent
        POST GET /admin/campaigns
        GET PATCH DELETE /admin/campaigns/{id}
        POST /admin/campaigns/{id}/schedule
        POST /admin/campaigns/{id}/cancel
        GET /admin/campaigns/{id}/report
        POST /admin/campaigns/preview
        GET POST /admin/segments
        GET PUT DELETE /admin/segments/{id}
        POST /admin/segments/count
        GET POST /admin/pools
        GET DELETE /admin/pools/{id}
        POST /admin/pools/{id}/codes
        GET /admin/segments/vocabulary
        PATCH /admin/subscribers/{phone}
        POST /admin/subscribers/{phone}/events
        POST /admin/campaigns/{id}/test
        GET /admin/staff
        GET PUT DELETE /admin/staff/{phone}
        GET /admin/coupons/{coupon}
        POST /admin/coupons/{coupon}/uses
        GET /admin/openapi.json
    """
    for line in promised.strip().splitlines():
        *methods, path = line.split()
        assert {(method, path) for method in methods} <= set(operations(document))


def test_every_operation_has_a_name_a_summary_and_its_errors(document: Any) -> None:
    found = operations(document)
    assert len({operation["operationId"] for operation in found.values()}) == len(found)
    for operation in found.values():
        assert operation["summary"]
        responses = operation["responses"]
        assert {"401", "403", "422", "500", "503"} <= set(responses)
        for status, response in responses.items():
            if int(status) >= 400 and status != "401":
                schema = response["content"]["application/problem+json"]["schema"]
                assert schema == {"$ref": "#/components/schemas/ProblemDetails"}


def test_every_path_parameter_is_described(document: Any) -> None:
    for (_, path), operation in operations(document).items():
        described = {one["name"] for one in operation["parameters"] if one["in"] == "path"}
        assert described == set(re.findall(r"{(\w+)}", path))


def test_all_of_it_takes_a_token(document: Any) -> None:
    assert document["security"] == [{"token": []}]
    assert document["components"]["securitySchemes"]["token"]["scheme"] == "bearer"


def test_what_is_sent_may_hold_no_unknown_field(document: Any) -> None:
    for operation in operations(document).values():
        if "requestBody" in operation:
            schema = operation["requestBody"]["content"]["application/json"]["schema"]
            name = schema["$ref"].rpartition("/")[2]
            assert document["components"]["schemas"][name]["additionalProperties"] is False


def test_no_schema_is_left_without_use_and_none_is_missing(document: Any) -> None:
    used = set(re.findall(r"#/components/schemas/(\w+)", json.dumps(document)))

    assert used == set(document["components"]["schemas"])


def conforms(document: Any, method: str, path: str, answer: Answer) -> None:
    """Fail unless the answer is one that the document promises."""
    response = operations(document)[method, path]["responses"][str(answer.status)]
    if answer.status == 204:
        assert answer.text == ""
        return
    (media_type, content), *_ = response["content"].items()
    assert answer.headers["content-type"] == media_type
    schema = content["schema"] | {"components": document["components"]}
    Draft202012Validator(schema).validate(answer.json)


def test_answers_are_as_the_document_says(document: Any) -> None:
    with opened_console() as console:
        set_up(console)
        campaign = console.post("/admin/campaigns", {"name": "Hello", "body": "Bluebird: hello!"})
        conforms(document, "POST", "/admin/campaigns", campaign)
        named = {"code": "DENVER", "word": "MENU", "phone": "+13125550101", "coupon": "K7P4XQ9M"}
        named["id"] = named["delivery"] = campaign.json["id"]
        for method, path in operations(document):
            if method in ("GET", "DELETE"):
                answer = console.send(method, path.format(**named))
                conforms(document, method, path, answer)
        for body in ({"body": "Hello"}, {"body": 7}, {}):
            preview = console.post("/admin/campaigns/preview", body)
            conforms(document, "POST", "/admin/campaigns/preview", preview)
