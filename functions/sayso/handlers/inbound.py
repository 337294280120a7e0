"""Customers' texts from the carrier's SNS topic, which IAM lets only the carrier publish to."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from aws_lambda_powertools import Metrics
from aws_lambda_powertools.metrics import MetricUnit

from sayso.adapters.inbound_payloads import from_end_user_messaging, json_object
from sayso.domain.exchange import InboundText
from sayso.handlers.inbound_texts import Invocation, tell, use_case

metrics = Metrics()


@metrics.log_metrics
def handler(event: Mapping[str, Any], context: Invocation) -> None:
    """Handle each text of an SNS event. A failure has Lambda deliver it again, then to the DLQ."""
    for record in event["Records"]:
        metrics.add_metric("Inbound-delivered", MetricUnit.Count, 1)
        text = _text(record["Sns"])
        handled = use_case().handle(text, datetime.now(UTC))
        tell(metrics, text, handled, context)


def _text(envelope: Mapping[str, Any]) -> InboundText:
    payload = json_object(envelope["Message"])
    return from_end_user_messaging(payload, datetime.fromisoformat(envelope["Timestamp"]))
