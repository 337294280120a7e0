"""The HTTP API: which path goes to which function, and who may call it."""

import json

from aws_cdk import aws_apigatewayv2 as apigw
from aws_cdk import aws_apigatewayv2_authorizers as authorizers
from aws_cdk import aws_apigatewayv2_integrations as integrations
from constructs import Construct

from infra.acknowledge import accept
from infra.config import Settings
from infra.constructs.console_users import ConsoleUsers
from infra.constructs.function import HandlerFunction
from infra.constructs.logs import log_group

_JOIN = "/join/{keyword}"
# A whole shop's customers don't send the form in faster; programs do.
_JOIN_THROTTLING = {"ThrottlingRateLimit": 5, "ThrottlingBurstLimit": 20}
_OFFER = "/o/{code}"
# Customers press one by one; whoever tries codes presses faster.
_OFFER_THROTTLING = {"ThrottlingRateLimit": 50, "ThrottlingBurstLimit": 200}
# The busiest counters of a chain, and again little for who tries PINs.
_COUNTER_SESSION, _COUNTER_USES = "/counter/session", "/counter/uses"
_COUNTER_THROTTLING = _OFFER_THROTTLING
_SESSION = "/console/session"
# Plenty for a shop's people, little for who tries passwords.
_SESSION_THROTTLING = {"ThrottlingRateLimit": 5, "ThrottlingBurstLimit": 10}
_GET, _POST = apigw.HttpMethod.GET, apigw.HttpMethod.POST
_HEAD, _DELETE = apigw.HttpMethod.HEAD, apigw.HttpMethod.DELETE
# Not ANY: that would take the browsers' preflight requests, which carry no token, as well.
_ADMIN_METHODS = [
    _GET,
    _POST,
    apigw.HttpMethod.PUT,
    apigw.HttpMethod.PATCH,
    apigw.HttpMethod.DELETE,
]
# The route, never the path: that may hold a phone number or a customer's code. No address either.
_LOGGED = {
    "request": "$context.requestId",
    "at": "$context.requestTime",
    "route": "$context.routeKey",
    "status": "$context.status",
    "bytes": "$context.responseLength",
    "latency_ms": "$context.responseLatency",
    "function_latency_ms": "$context.integrationLatency",
    "function_status": "$context.integrationStatus",
    "refused_by": "$context.error.responseType",
}


class FrontDoor(Construct):
    """An HTTP API with throttling, and an access log without personal data."""

    def __init__(self, scope: Construct, construct_id: str, *, settings: Settings) -> None:
        super().__init__(scope, construct_id)
        self.api = apigw.HttpApi(
            self,
            "Api",
            create_default_stage=False,
            cors_preflight=_cors(settings.console_origins),
        )
        logs = log_group(self, "Logs", settings=settings)
        self._stage = apigw.CfnStage(
            self,
            "Stage",
            api_id=self.api.api_id,
            stage_name="$default",
            auto_deploy=True,
            default_route_settings=apigw.CfnStage.RouteSettingsProperty(
                throttling_rate_limit=settings.api_rate_limit,
                throttling_burst_limit=settings.api_burst_limit,
            ),
            access_log_settings=apigw.CfnStage.AccessLogSettingsProperty(
                destination_arn=logs.log_group_arn, format=json.dumps(_LOGGED)
            ),
        )

    def admit_carriers(self, webhook: HandlerFunction) -> None:
        """Open the web hooks, whose function checks each request's signature."""
        reason = "Carriers have no token; the function verifies the signature of every request."
        integration = _integration(webhook)
        for path in ("/inbound/twilio", "/inbound/sns"):
            self._open(path, _POST, integration, reason)

    def admit_anyone(self, public: HandlerFunction) -> None:
        """Open the customers' links and the health check."""
        integration = _integration(public)
        reason = "A customer's link: the code is the secret, and wrong ones are limited."
        for path in (_OFFER, f"{_OFFER}/{{link}}"):
            for method in (_GET, _HEAD):  # previews ask for the head first
                self._open(path, method, integration, reason)
        routes = self._open(_OFFER, _POST, integration, reason)
        self._slow_down(f"POST {_OFFER}", routes, _OFFER_THROTTLING)
        self._open("/health", _GET, integration, "Says only that the service is there.")

    def admit_staff(self, public: HandlerFunction) -> None:
        """Open the redeem page, whose function asks the staff for their PIN."""
        integration = _integration(public)
        reason = "What anyone may have: the redeem page without the shop's data."
        for path in ("/counter", "/counter/{version}/{file}"):
            self._open(path, _GET, integration, reason)
        reason = "The function asks for the session that a number and its PIN have begun."
        for method in (_GET, _DELETE):
            self._open(_COUNTER_SESSION, method, integration, reason)
        self._open("/counter/undo", _POST, integration, reason)
        routes = self._open(_COUNTER_USES, _POST, integration, reason)
        self._slow_down(f"POST {_COUNTER_USES}", routes, _COUNTER_THROTTLING)
        routes = self._open(_COUNTER_SESSION, _POST, integration, reason)
        self._slow_down(f"POST {_COUNTER_SESSION}", routes, _SESSION_THROTTLING)

    def admit_joiners(self, join: HandlerFunction) -> None:
        """Open the opt-in page, whose function limits what one address may do by it."""
        reason = "The opt-in page is for anyone; its function bounds its use, and texts ask first."
        integration = _integration(join)
        self._open(_JOIN, _GET, integration, reason)
        routes = self._open(_JOIN, _POST, integration, reason)
        self._slow_down(f"POST {_JOIN}", routes, _JOIN_THROTTLING)

    def admit_to_sign_in(self, console: HandlerFunction) -> None:
        """Open the console's page, its files, and the way to a token."""
        integration = _integration(console)
        reason = "What anyone may have: the console without the shop's data."
        for path in ("/console", "/console/{version}/{file}"):
            self._open(path, _GET, integration, reason)
        reason = "The way to a token: the function asks the user pool, and is throttled."
        self._open(_SESSION, _DELETE, integration, reason)
        routes = self._open(_SESSION, _POST, integration, reason)
        self._slow_down(f"POST {_SESSION}", routes, _SESSION_THROTTLING)

    def admit_users(self, admin: HandlerFunction, users: ConsoleUsers) -> None:
        """Open the admin API to those who bear one of the pool's tokens."""
        authorizer = authorizers.HttpUserPoolAuthorizer(
            "Users", users.pool, user_pool_clients=[users.client]
        )
        for path in ("/admin", "/admin/{proxy+}"):
            self.api.add_routes(
                path=path,
                methods=_ADMIN_METHODS,
                integration=_integration(admin),
                authorizer=authorizer,
            )

    def _slow_down(
        self, key: str, routes: list[apigw.HttpRoute], throttling: dict[str, int]
    ) -> None:
        """Throttle one route more tightly than the others."""
        self._stage.route_settings = {**(self._stage.route_settings or {}), key: throttling}
        # CloudFormation refuses settings of a route that is not there yet.
        for route in routes:
            self._stage.node.add_dependency(route)

    def _open(
        self,
        path: str,
        method: apigw.HttpMethod,
        integration: apigw.HttpRouteIntegration,
        reason: str,
    ) -> list[apigw.HttpRoute]:
        routes = self.api.add_routes(path=path, methods=[method], integration=integration)
        for route in routes:
            accept(route, "APIG4", reason)
        return routes


def _integration(function: HandlerFunction) -> integrations.HttpLambdaIntegration:
    return integrations.HttpLambdaIntegration(
        function.name.capitalize(), function.entry, scope_permission_to_route=False
    )


def _cors(origins: list[str]) -> apigw.CorsPreflightOptions | None:
    if not origins:
        return None
    return apigw.CorsPreflightOptions(
        allow_origins=origins,
        allow_methods=[apigw.CorsHttpMethod[method.name] for method in _ADMIN_METHODS],
        allow_headers=["authorization", "content-type"],
    )
