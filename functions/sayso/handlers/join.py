"""The public opt-in page: `/join/{keyword}`, for anyone, in any of three languages."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit

from sayso.adapters.aws import client
from sayso.adapters.carriers import carrier_from
from sayso.adapters.dynamodb.catalog import DynamoCatalog
from sayso.adapters.dynamodb.conversations import DynamoConversations
from sayso.adapters.dynamodb.form_seals import FormSeals
from sayso.adapters.dynamodb.web_opt_ins import DynamoWebOptIns
from sayso.adapters.failures import is_passing
from sayso.adapters.ids import new_id
from sayso.adapters.phone_numbers import TypedNumbers
from sayso.handlers.http import Request, Response
from sayso.handlers.join_page.answers import Visitor
from sayso.handlers.join_page.desk import JoinDesk
from sayso.handlers.settings import carrier_settings, optional, required
from sayso.services.form_tokens import FormTokens
from sayso.services.web_opt_in import WebOptIn

logger = Logger()
metrics = Metrics()


@cache
def desk() -> JoinDesk:
    """The page, wired to this function's settings."""
    dynamodb, table = client("dynamodb"), required("TABLE_NAME")
    seals = FormSeals(dynamodb, table)
    return JoinDesk(
        catalog=DynamoCatalog(dynamodb, table),
        use_case=WebOptIn(
            store=DynamoWebOptIns(dynamodb, table),
            conversations=DynamoConversations(dynamodb, table),
            carrier=carrier_from(carrier_settings()),
            seals=seals,
            per_hour=int(required("JOIN_PER_HOUR")),
        ),
        tokens=FormTokens(seals, new_id),
        numbers=TypedNumbers(required("JOIN_REGIONS").split()),
        number=optional("PUBLIC_NUMBER"),
        clock=_now,
        is_passing=is_passing,
    )


@logger.inject_lambda_context
@metrics.log_metrics
def handler(event: Mapping[str, Any], context: object) -> Response:  # noqa: ARG001
    """Answer one request. The log says what it came to; never the number, nor from where."""
    metrics.add_metric("Join-requests", MetricUnit.Count, 1)
    visitor = _visitor(event)
    answered = desk().answer(Request.of(event), visitor)
    metrics.add_metric(f"Join-{answered.what}", MetricUnit.Count, 1)
    status = answered.response["statusCode"]
    logger.info("join page answered", route=event["routeKey"], what=answered.what, status=status)
    return answered.response


def _visitor(event: Mapping[str, Any]) -> Visitor:
    """API Gateway's own word on the address: `x-forwarded-for` is whatever a client writes."""
    http = event["requestContext"]["http"]
    return Visitor(ip=http["sourceIp"], user_agent=http.get("userAgent", ""))


def _now() -> datetime:
    """To the millisecond, as times are stored."""
    now = datetime.now(UTC)
    return now.replace(microsecond=now.microsecond // 1000 * 1000)


if optional("TABLE_NAME"):
    desk()  # during the start-up phase, which has a whole processor to itself
