"""What anyone may open: the customers' links, the staff's redeem page, and the health check."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import cache
from http import HTTPStatus
from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit

from sayso.adapters.aws import client
from sayso.adapters.dynamodb.campaigns import DynamoCampaigns
from sayso.adapters.dynamodb.catalog import DynamoCatalog
from sayso.adapters.dynamodb.clicks import DynamoClicks
from sayso.adapters.dynamodb.coupons import DynamoCoupons
from sayso.adapters.dynamodb.form_seals import FormSeals
from sayso.adapters.dynamodb.profiles import DynamoProfiles
from sayso.adapters.dynamodb.windows import DynamoWindows
from sayso.adapters.failures import is_passing
from sayso.adapters.ids import new_id
from sayso.adapters.phone_numbers import TypedNumbers
from sayso.adapters.pins import ScryptPins
from sayso.handlers.console_files import Shelf
from sayso.handlers.counter_page import files
from sayso.handlers.counter_page.desk import CounterDesk
from sayso.handlers.counter_texts import counter_on
from sayso.handlers.http import Request, Response, response
from sayso.handlers.offer_page.desk import OfferDesk
from sayso.handlers.settings import optional, required
from sayso.services.clicks import Clicks
from sayso.services.form_tokens import FormTokens
from sayso.services.guessing import Guessing
from sayso.services.redeeming import Counter
from sayso.services.staff_sessions import StaffSessions

logger = Logger()
metrics = Metrics()

Event = Mapping[str, Any]


@logger.inject_lambda_context
@metrics.log_metrics
def handler(event: Event, context: object) -> Response:  # noqa: ARG001
    """Answer one request; log its route, never its path, whose code is a customer's secret."""
    metrics.add_metric("Public-requests", MetricUnit.Count, 1)
    route: str = event["routeKey"]
    answer, what = _ROUTES.get(route, _offer)(event)
    metrics.add_metric(f"Public-{what}", MetricUnit.Count, 1)
    logger.info("public request answered", route=route, what=what, status=answer["statusCode"])
    return answer


@cache
def offers() -> OfferDesk:
    """The customers' links, wired to this function's settings."""
    dynamodb, table = client("dynamodb"), required("TABLE_NAME")
    seals = FormSeals(dynamodb, table)
    return OfferDesk(
        coupons=DynamoCoupons(dynamodb, table),
        campaigns=DynamoCampaigns(dynamodb, table),
        catalog=DynamoCatalog(dynamodb, table),
        counter=counter(),
        guessing=Guessing(DynamoWindows(dynamodb, table), seals),
        clicks=Clicks(DynamoClicks(dynamodb, table), DynamoProfiles(dynamodb, table)),
        tokens=FormTokens(seals, new_id),
        base=optional("PUBLIC_URL"),
        clock=_now,
        is_passing=is_passing,
    )


@cache
def counter() -> Counter:
    """Where coupons are redeemed, by whichever page."""
    return counter_on(client("dynamodb"), required("TABLE_NAME"))


@cache
def staff() -> CounterDesk:
    """The staff's redeem page, wired likewise."""
    dynamodb, table = client("dynamodb"), required("TABLE_NAME")
    seals = FormSeals(dynamodb, table)
    guessing = Guessing(DynamoWindows(dynamodb, table), seals)
    return CounterDesk(
        catalog=DynamoCatalog(dynamodb, table),
        counter=counter(),
        sessions=StaffSessions(seals, guessing, ScryptPins()),
        numbers=TypedNumbers(required("JOIN_REGIONS").split()),
        clock=_now,
        is_passing=is_passing,
    )


@cache
def shelf() -> Shelf:
    """The redeem page's files, read once a worker."""
    return Shelf.read(files.FOLDER, uploads="")


def _health(_: Event) -> tuple[Response, str]:
    return response(HTTPStatus.OK, json.dumps({"status": "ok"}), "application/json"), "health"


def _offer(event: Event) -> tuple[Response, str]:
    # API Gateway's own word on the address: `x-forwarded-for` is whatever a client writes.
    http = event["requestContext"]["http"]
    answered = offers().answer(Request.of(event), http["sourceIp"], http.get("userAgent", ""))
    return answered.response, answered.what


def _counter_page(_: Event) -> tuple[Response, str]:
    return files.page(shelf()), "page"


def _counter_file(event: Event) -> tuple[Response, str]:
    named: Mapping[str, str] = event.get("pathParameters") or {}
    return shelf().file(named.get("version", ""), named.get("file", "")), "file"


def _counter(event: Event) -> tuple[Response, str]:
    answer = staff().answer(Request.of(event), event)
    return answer, "counter"


_ROUTES: dict[str, Callable[[Event], tuple[Response, str]]] = {
    "GET /health": _health,
    "GET /counter": _counter_page,
    "GET /counter/{version}/{file}": _counter_file,
    **{f"{method} /counter/session": _counter for method in ("GET", "POST", "DELETE")},
    "POST /counter/uses": _counter,
    "POST /counter/undo": _counter,
}


def _now() -> datetime:
    """To the millisecond, as times are stored."""
    now = datetime.now(UTC)
    return now.replace(microsecond=now.microsecond // 1000 * 1000)


if optional("TABLE_NAME"):
    offers()  # during the start-up phase, which has a whole processor to itself
