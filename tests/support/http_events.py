"""Requests as API Gateway hands them to a function (HTTP API, payload format 2.0)."""

import base64
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

REQUEST_ID = "JKJaXmPLvHcESHA="


def http_event(
    method: str,
    target: str,
    *,
    body: str | bytes | None = None,
    headers: Mapping[str, str] | None = None,
    claims: Mapping[str, Any] | None = None,
    route_key: str = "ANY /admin/{proxy+}",
    stage: str = "$default",
) -> dict[str, Any]:
    """An event. `target` is path and query as the client writes them.

    Like API Gateway: the path arrives decoded, the query as it was; a body that is no text
    arrives in base64. `claims` are those of a verified token.
    """
    path, _, query = target.partition("?")
    context: dict[str, Any] = {
        "accountId": "123456789012",
        "apiId": "a1b2c3",
        "domainName": "a1b2c3.execute-api.us-east-1.amazonaws.com",
        "domainPrefix": "a1b2c3",
        "http": {
            "method": method,
            "path": unquote(path),
            "protocol": "HTTP/1.1",
            "sourceIp": "192.0.2.1",
            "userAgent": "test",
        },
        "requestId": REQUEST_ID,
        "routeKey": route_key,
        "stage": stage,
        "time": "23/Nov/2026:18:00:00 +0000",
        "timeEpoch": 1795456800000,
    }
    if claims is not None:
        context["authorizer"] = {"jwt": {"claims": dict(claims), "scopes": None}}
    event: dict[str, Any] = {
        "version": "2.0",
        "routeKey": route_key,
        "rawPath": ("" if stage == "$default" else f"/{stage}") + unquote(path),
        "rawQueryString": query,
        "headers": {"host": context["domainName"], **(headers or {})},
        "requestContext": context,
        "isBase64Encoded": isinstance(body, bytes),
    }
    if body is not None:
        event["body"] = base64.b64encode(body).decode() if isinstance(body, bytes) else body
    return event


def as_json(response: Mapping[str, Any]) -> Any:
    """What a function answered, read as JSON."""
    return json.loads(response["body"])
