"""HTTP API events (payload 2.0) and their answers, for functions too small for a framework."""

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

Response = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Request:
    """One request: header names in lower case, the body decoded."""

    route: str
    host: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes

    @classmethod
    def of(cls, event: Mapping[str, Any]) -> "Request":
        """The request of an API Gateway HTTP API event."""
        return cls(
            route=event["routeKey"],
            host=event["requestContext"].get("domainName", ""),
            path=event["rawPath"],
            query=event.get("rawQueryString", ""),
            headers={name.lower(): value for name, value in event.get("headers", {}).items()},
            body=_body(event),
        )

    def url(self, base: str = "") -> str:
        """The address as the client wrote it, below `base` or this request's own host."""
        query = f"?{self.query}" if self.query else ""
        return f"{base.rstrip('/') or f'https://{self.host}'}{self.path}{query}"


def response(status: int, body: str, content_type: str) -> Response:
    """An answer that no cache keeps and no browser guesses the type of."""
    return {
        "statusCode": int(status),
        "headers": {
            "content-type": content_type,
            "cache-control": "no-store",
            "x-content-type-options": "nosniff",
        },
        "body": body,
    }


def problem(status: HTTPStatus, detail: str) -> Response:
    """An error as RFC 9457 has it."""
    content = {"type": "about:blank", "title": status.phrase, "status": status, "detail": detail}
    return response(status, json.dumps(content), "application/problem+json")


def _body(event: Mapping[str, Any]) -> bytes:
    body: str = event.get("body") or ""
    if not event.get("isBase64Encoded"):
        return body.encode()
    try:
        return base64.b64decode(body, validate=True)
    except binascii.Error:
        return b""
