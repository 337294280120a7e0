"""Delivery events of sent texts, from the carrier's topic by way of a queue."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit

from sayso.adapters.aws import client
from sayso.adapters.delivery_events import MalformedEvent, parse_delivery_event
from sayso.adapters.dynamodb.replies import DynamoReplies
from sayso.adapters.dynamodb.slots import DynamoSlots
from sayso.domain.delivery import DeliveryEvent
from sayso.domain.slot import totals
from sayso.handlers.outside_word import carriers_word
from sayso.handlers.queue_records import Answer, log_failure, to_deliver_again
from sayso.handlers.settings import carrier_settings, optional, required
from sayso.services.receipts import Receipts

logger = Logger()
metrics = Metrics()


@cache
def use_case() -> Receipts:
    """Receipts, wired to this function's settings."""
    dynamodb, table = client("dynamodb"), required("TABLE_NAME")
    return Receipts(
        slots=DynamoSlots(dynamodb, table),
        replies=DynamoReplies(dynamodb, table),
        carriers_word=carriers_word(dynamodb, table, carrier_settings()),
    )


@logger.inject_lambda_context
@metrics.log_metrics
def handler(event: Mapping[str, Any], context: object) -> Answer:  # noqa: ARG001
    """Take in all events of an SQS event together; each message is one event as AWS wrote it."""
    events: dict[str, DeliveryEvent] = {}
    failed: list[str] = []
    for record in event["Records"]:
        try:
            events[record["messageId"]] = parse_delivery_event(record["body"])
        except MalformedEvent as malformed:
            log_failure(record["messageId"], malformed)
            failed.append(record["messageId"])
    received = use_case().receive(events, datetime.now(UTC))
    for message_id, reason in received.failed.items():
        logger.warning("event makes no sense", sqs_message_id=message_id, reason=reason)
    failed += received.failed
    metrics.add_metric("Receipt-received", MetricUnit.Count, len(events))
    for why, count in received.ended.items():
        metrics.add_metric(f"Receipt-{why}", MetricUnit.Count, count)
    logger.info(
        "delivery events handled",
        events=len(events),
        failed=len(failed),
        ignored=received.ignored,
        changes=dict(totals(received.tally)),
        ended=dict(received.ended),
    )
    return to_deliver_again(failed)


if optional("TABLE_NAME"):
    use_case()  # during the start-up phase, which has a whole processor to itself
