"""The console: its page and its files, and signing in to the admin API that it calls."""

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from aws_lambda_powertools import Logger

from sayso.handlers.console_files import Shelf
from sayso.handlers.console_session import Session
from sayso.handlers.http import Request, Response
from sayso.handlers.settings import required
from sayso.services.ports.doorkeeper import Doorkeeper

# Beside the package in the functions' asset: see infra/bundle.py.
FOLDER = Path(__file__).parents[2] / "web" / "console"

logger = Logger()


@logger.inject_lambda_context
def handler(event: Mapping[str, Any], context: object) -> Response:  # noqa: ARG001
    """Answer one request; log its route, never its body, which may hold a password."""
    route: str = event["routeKey"]
    answer = _ROUTES[route](event)
    logger.info("console request answered", route=route, status=answer["statusCode"])
    return answer


@cache
def shelf() -> Shelf:
    """The console's files, read once a worker."""
    return Shelf.read(FOLDER, uploads=required("UPLOADS_ORIGIN"))


def _page(_: Mapping[str, Any]) -> Response:
    return shelf().page()


def _file(event: Mapping[str, Any]) -> Response:
    named: Mapping[str, str] = event.get("pathParameters") or {}
    return shelf().file(named.get("version", ""), named.get("file", ""))


def _sign_in(event: Mapping[str, Any]) -> Response:
    return Session(doorkeeper()).begin(Request.of(event), event)


def _sign_out(event: Mapping[str, Any]) -> Response:
    return Session(doorkeeper()).end(Request.of(event), event)


_ROUTES: dict[str, Callable[[Mapping[str, Any]], Response]] = {
    "GET /console": _page,
    "GET /console/{version}/{file}": _file,
    "POST /console/session": _sign_in,
    "DELETE /console/session": _sign_out,
}


@cache
def doorkeeper() -> Doorkeeper:
    """Whoever keeps the passwords, as this function's settings name them."""
    # Here, as most requests are for a file: those start without the AWS SDK.
    from sayso.adapters.aws import client  # noqa: PLC0415
    from sayso.adapters.cognito import SERVICE, CognitoDoorkeeper  # noqa: PLC0415

    return CognitoDoorkeeper(
        client(SERVICE), required("USER_POOL_ID"), required("USER_POOL_CLIENT_ID")
    )
