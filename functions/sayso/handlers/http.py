"""HTTP API events (payload 2.0) and their answers, for functions too small for a framework."""

import base64
import binascii
import json
import re
from collections.abc import Mapping, Sequence
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


def prefers_html(accept: str) -> bool:
    """Whether an `Accept` header would rather have text/html than JSON (RFC 9110, 12.5.1)."""
    weights = dict(map(_media_range, accept.split(",")))
    html = weights.get("text/html", 0.0)
    json_types = ("application/json", "application/*", "*/*")
    return html > next((weights[name] for name in json_types if name in weights), 0.0)


def preferred_language(accept: str, offered: Sequence[str]) -> str:
    """The language of `offered` that an `Accept-Language` header wants most, else the first.

    `es-MX` is content with `es` (RFC 4647, 3.4: lookup).
    """
    wanted = sorted(map(_media_range, accept.split(",")), key=lambda one: -one[1])
    tags = (name.partition("-")[0] for name, weight in wanted if weight > 0)
    return next((tag for tag in tags if tag in offered), offered[0])


def _media_range(text: str) -> tuple[str, float]:
    """A media range and its weight; one whose weight cannot be read counts for nothing."""
    name, *parameters = (part.strip().lower() for part in text.split(";"))
    weight = next((one[2:] for one in parameters if one.startswith("q=")), "1")
    return name, float(weight) if re.fullmatch(r"[01](\.[0-9]{0,3})?", weight) else 0.0


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
