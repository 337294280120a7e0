"""Customers' texts from the carrier's SNS topic, which IAM lets only the carrier publish to."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit

from sayso.adapters.aws import client
from sayso.adapters.carriers import carrier_from, opt_out_list_from
from sayso.adapters.dynamodb.conversations import DynamoConversations
from sayso.adapters.inbound_payloads import from_end_user_messaging, json_object
from sayso.domain.exchange import InboundText
from sayso.domain.phone import masked
from sayso.handlers.settings import carrier_settings, optional, required
from sayso.services.inbound import Inbound

logger = Logger()
metrics = Metrics()


@cache
def use_case() -> Inbound:
    """Inbound, wired to this function's settings."""
    carrier = carrier_settings()
    return Inbound(
        conversations=DynamoConversations(client("dynamodb"), required("TABLE_NAME")),
        carrier=carrier_from(carrier),
        opt_out_list=opt_out_list_from(carrier),
    )


@logger.inject_lambda_context
@metrics.log_metrics
def handler(event: Mapping[str, Any], context: object) -> None:  # noqa: ARG001
    """Handle each text of an SNS event. A failure has Lambda deliver it again, then to the DLQ."""
    for record in event["Records"]:
        metrics.add_metric("Inbound-delivered", MetricUnit.Count, 1)
        text = _text(record["Sns"])
        handled = use_case().handle(text, datetime.now(UTC))
        metrics.add_metric(f"Inbound-{handled.outcome}", MetricUnit.Count, 1)
        logger.info(
            "inbound text handled",
            outcome=handled.outcome,
            intent=handled.intent,
            rule=handled.rule,
            phone=masked(text.phone),
            inbound_message_id=text.message_id,
        )


def _text(envelope: Mapping[str, Any]) -> InboundText:
    payload = json_object(envelope["Message"])
    return from_end_user_messaging(payload, datetime.fromisoformat(envelope["Timestamp"]))


if optional("TABLE_NAME"):
    use_case()  # during the start-up phase, which has a whole processor to itself
