"""The HTTP API: who gets in by which route."""

import json
import re

import pytest

from tests.infra.conftest import Synthesize
from tests.infra.template import Properties, Template

OPEN = {
    "POST /inbound/twilio": "webhook",
    "POST /inbound/sns": "webhook",
    **{
        f"{method} /o/{{code}}{rest}": "public"
        for method in ("GET", "HEAD")
        for rest in ("", "/{link}")
    },
    "POST /o/{code}": "public",
    "GET /counter": "public",
    "GET /counter/{version}/{file}": "public",
    "GET /counter/session": "public",
    "POST /counter/session": "public",
    "DELETE /counter/session": "public",
    "POST /counter/uses": "public",
    "POST /counter/undo": "public",
    "GET /health": "public",
    "GET /join/{keyword}": "join",
    "POST /join/{keyword}": "join",
    "GET /console": "console",
    "GET /console/{version}/{file}": "console",
    "POST /console/session": "console",
    "DELETE /console/session": "console",
}
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
CLOSED = {f"{method} {path}" for method in METHODS for path in ("/admin", "/admin/{proxy+}")}


def routes(template: Template) -> dict[str, Properties]:
    return {route["RouteKey"]: route for route in template.all("AWS::ApiGatewayV2::Route")}


def function_behind(template: Template, route: Properties) -> str:
    integration = route["Target"]["Fn::Join"][1][1]["Ref"]
    uri = template.resources("AWS::ApiGatewayV2::Integration")[integration]["Properties"]
    (name,) = (
        function
        for function in template.functions
        if template.name_of(function) in json.dumps(uri["IntegrationUri"])
    )
    return name


def test_there_are_these_routes_and_no_other(any_stage: Template) -> None:
    assert set(routes(any_stage)) == CLOSED | set(OPEN)


def test_every_admin_route_asks_for_a_token_of_the_pool(any_stage: Template) -> None:
    (authorizer,) = any_stage.resources("AWS::ApiGatewayV2::Authorizer")
    for key in CLOSED:
        route = routes(any_stage)[key]
        assert route["AuthorizationType"] == "JWT"
        assert route["AuthorizerId"] == {"Ref": authorizer}
        assert function_behind(any_stage, route) == "admin"


@pytest.mark.parametrize(("key", "function"), OPEN.items())
def test_carriers_and_customers_need_no_token(any_stage: Template, key: str, function: str) -> None:
    route = routes(any_stage)[key]
    assert route["AuthorizationType"] == "NONE"
    assert function_behind(any_stage, route) == function


def test_tokens_are_the_pools_and_for_the_consoles_client(any_stage: Template) -> None:
    settings = any_stage.one("AWS::ApiGatewayV2::Authorizer")["Properties"]["JwtConfiguration"]
    assert settings["Audience"] == [any_stage.outputs["UserPoolClientId"]["Value"]]
    issuer = json.dumps(settings["Issuer"])
    assert "https://cognito-idp." in issuer
    assert json.dumps(any_stage.outputs["UserPoolId"]["Value"]) in issuer


def test_requests_are_throttled(any_stage: Template) -> None:
    throttling = any_stage.one("AWS::ApiGatewayV2::Stage")["Properties"]["DefaultRouteSettings"]
    assert throttling == {"ThrottlingRateLimit": 200, "ThrottlingBurstLimit": 400}


@pytest.mark.parametrize(
    ("route", "rate", "burst"),
    [
        ("POST /join/{keyword}", 5, 20),
        ("POST /console/session", 5, 10),
        ("POST /counter/session", 5, 10),
        ("POST /counter/uses", 50, 200),
        ("POST /o/{code}", 50, 200),
    ],
)
def test_forms_that_anyone_may_send_are_throttled_harder_once_their_route_exists(
    any_stage: Template, route: str, rate: int, burst: int
) -> None:
    stage = any_stage.one("AWS::ApiGatewayV2::Stage")
    throttling = stage["Properties"]["RouteSettings"][route]
    assert throttling == {"ThrottlingRateLimit": rate, "ThrottlingBurstLimit": burst}
    # CloudFormation refuses settings of a route that is not there yet.
    (name,) = (
        name
        for name, one in any_stage.resources("AWS::ApiGatewayV2::Route").items()
        if one["Properties"]["RouteKey"] == route
    )
    assert name in stage["DependsOn"]


def test_the_access_log_says_nothing_of_a_person(any_stage: Template) -> None:
    """A path may hold a phone number or a code, a query anything, and an address is a person's."""
    logs = any_stage.one("AWS::ApiGatewayV2::Stage")["Properties"]["AccessLogSettings"]
    variables = set(re.findall(r"\$context\.[\w.]+", logs["Format"]))
    assert "$context.routeKey" in variables
    forbidden = re.compile(
        r"path|identity|query|authorizer|domain|extendedRequestId", re.IGNORECASE
    )
    assert not [name for name in variables if forbidden.search(name)]


def test_no_other_site_may_call_the_api_unless_it_is_set(prod: Template) -> None:
    assert "CorsConfiguration" not in prod.one("AWS::ApiGatewayV2::Api")["Properties"]


def test_the_consoles_site_may_call_the_api_where_it_is_set(synthesize: Synthesize) -> None:
    template = synthesize(console_origins='["https://console.example.com"]')
    cors = template.one("AWS::ApiGatewayV2::Api")["Properties"]["CorsConfiguration"]
    assert cors["AllowOrigins"] == ["https://console.example.com"]
    assert set(cors["AllowMethods"]) == set(METHODS)
    assert cors["AllowHeaders"] == ["authorization", "content-type"]


def test_no_route_takes_the_preflight_requests_that_the_gateway_answers(
    any_stage: Template,
) -> None:
    assert not [key for key in routes(any_stage) if key.startswith(("ANY", "OPTIONS", "$default"))]


def test_only_the_api_may_invoke_the_functions_behind_it(any_stage: Template) -> None:
    granted = [
        permission
        for permission in any_stage.all("AWS::Lambda::Permission")
        if permission["Principal"] == "apigateway.amazonaws.com"
    ]
    assert len(granted) == 5
    (api,) = any_stage.resources("AWS::ApiGatewayV2::Api")
    assert all(api in json.dumps(permission["SourceArn"]) for permission in granted)
