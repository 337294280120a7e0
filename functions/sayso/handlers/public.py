"""What anyone may open: the customers' links, the staff's redeem page, and the health check."""

import json
from collections.abc import Mapping
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
from sayso.adapters.dynamodb.outcomes import DynamoOutcomes
from sayso.adapters.dynamodb.profiles import DynamoProfiles
from sayso.adapters.dynamodb.slot_history import DynamoSlotHistory
from sayso.adapters.dynamodb.standing_contacts import DynamoContacts
from sayso.adapters.dynamodb.visits import DynamoVisits
from sayso.adapters.dynamodb.windows import DynamoWindows
from sayso.adapters.failures import is_passing
from sayso.adapters.ids import new_id
from sayso.handlers.http import Request, Response, response
from sayso.handlers.offer_page.desk import OfferDesk
from sayso.handlers.settings import optional, required
from sayso.services.clicks import Clicks
from sayso.services.form_tokens import FormTokens
from sayso.services.guessing import Guessing
from sayso.services.outcomes import Outcomes
from sayso.services.redeeming import Counter
from sayso.services.visiting import Visiting

logger = Logger()
metrics = Metrics()

Event = Mapping[str, Any]


@logger.inject_lambda_context
@metrics.log_metrics
def handler(event: Event, context: object) -> Response:  # noqa: ARG001
    """Answer one request; log its route, never its path, whose code is a customer's secret."""
    route: str = event["routeKey"]
    answer, what = _answered(route, event)
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
    dynamodb, table = client("dynamodb"), required("TABLE_NAME")
    return Counter(
        DynamoCoupons(dynamodb, table),
        Guessing(DynamoWindows(dynamodb, table), FormSeals(dynamodb, table)),
        Visiting(DynamoContacts(dynamodb, table), DynamoVisits(dynamodb, table)),
        Outcomes(DynamoSlotHistory(dynamodb, table), DynamoOutcomes(dynamodb, table)),
    )


def _answered(route: str, event: Event) -> tuple[Response, str]:
    """The answer, and in a word what it was."""
    path = route.partition(" ")[2]
    if path == "/health":
        return response(HTTPStatus.OK, json.dumps({"status": "ok"}), "application/json"), "health"
    # API Gateway's own word on the address: `x-forwarded-for` is whatever a client writes.
    http = event["requestContext"]["http"]
    answered = offers().answer(Request.of(event), http["sourceIp"], http.get("userAgent", ""))
    metrics.add_metric(f"Offer-{answered.what}", MetricUnit.Count, 1)
    return answered.response, answered.what


def _now() -> datetime:
    """To the millisecond, as times are stored."""
    now = datetime.now(UTC)
    return now.replace(microsecond=now.microsecond // 1000 * 1000)


if optional("TABLE_NAME"):
    offers()  # during the start-up phase, which has a whole processor to itself
