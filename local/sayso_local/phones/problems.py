"""Errors of the phone API, as RFC 9457 problem details."""

import json
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse

LARGEST_BODY = 64 * 1024  # bytes; a text of 1,600 emoji, escaped, is a third of it


class Problem(Exception):
    """The request can't be served. `errors`: pairs of a field and what is wrong with it."""

    def __init__(self, status: int, detail: str, errors: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.errors = errors


def problem_response(_: Request, error: Exception) -> JSONResponse:
    """A Problem as its HTTP answer."""
    if not isinstance(error, Problem):
        raise error
    document: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(error.status).phrase,
        "status": error.status,
        "detail": error.detail,
    }
    if error.errors:
        document["errors"] = [{"field": name, "detail": fault} for name, fault in error.errors]
    return JSONResponse(document, status_code=error.status, media_type="application/problem+json")


async def read_body(request: Request) -> bytes:
    """The whole body. Raises Problem (413) as soon as it is over the limit."""
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > LARGEST_BODY:
                raise Problem(413, f"The body is over {LARGEST_BODY:,} bytes.")
    except ClientDisconnect as gone:
        raise Problem(400, "The request ended before its body did.") from gone
    return bytes(body)


async def read_json(request: Request) -> Any:
    """The body as JSON. Raises Problem (400 if it is none)."""
    body = await read_body(request)
    try:
        return json.loads(body.decode())
    except (ValueError, RecursionError) as error:
        raise Problem(400, "The body is not JSON in UTF-8.") from error
