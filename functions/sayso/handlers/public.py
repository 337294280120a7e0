"""What anyone may ask: whether the service is there, and where a customer's link leads."""

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from aws_lambda_powertools import Logger

from sayso.handlers.http import Response, response

logger = Logger()

_HEALTH = "GET /health"
# Nothing is loaded from anywhere, the page can neither be framed nor run a script.
_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
_NO_SUCH_OFFER = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Nothing here</title>
<style>
  body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: #faf7f2;
         color: #2c2a27; font: 1.125rem/1.5 system-ui, sans-serif; }
  main { max-width: 26rem; padding: 2rem; text-align: center; }
  h1 { font-size: 1.5rem; margin: 0 0 .5rem; }
  p { margin: 0; }
  @media (prefers-color-scheme: dark) { body { background: #1e1c1a; color: #ece7df; } }
</style>
<main>
  <h1>There is nothing behind this link</h1>
  <p>It may have been mistyped. Please open it again from the text that brought you here, or
     reply HELP to that text and somebody will sort it out.</p>
</main>
</html>
"""


@logger.inject_lambda_context
def handler(event: Mapping[str, Any], context: object) -> Response:  # noqa: ARG001
    """Answer one request; log its route, never its path, whose code is a customer's secret."""
    route = event["routeKey"]
    answer = _health() if route == _HEALTH else _no_such_offer()
    logger.info("public request answered", route=route, status=answer["statusCode"])
    return answer


def _health() -> Response:
    return response(HTTPStatus.OK, json.dumps({"status": "ok"}), "application/json")


def _no_such_offer() -> Response:
    answer = response(HTTPStatus.NOT_FOUND, _NO_SUCH_OFFER, "text/html; charset=utf-8")
    answer["headers"] |= {
        "content-security-policy": _POLICY,
        "referrer-policy": "no-referrer",
    }
    return answer
