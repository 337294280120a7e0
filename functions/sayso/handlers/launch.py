"""Runs that are due, from EventBridge Scheduler or from a marketer's "now"."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit

from sayso.adapters.aws import client
from sayso.adapters.dynamodb.audience import DynamoAudience
from sayso.adapters.dynamodb.campaigns import DynamoCampaigns
from sayso.adapters.queues import SERVICE, SqsSlices, parse_launch
from sayso.handlers.queue_records import Answer, each
from sayso.handlers.settings import optional, required
from sayso.services.launch import Launcher

logger = Logger()
metrics = Metrics()
# A run is written right after its message is queued: one that is missing for longer never will be.
_FRESH = timedelta(minutes=5)


@cache
def use_case() -> Launcher:
    """Launcher, wired to this function's settings."""
    dynamodb, table = client("dynamodb"), required("TABLE_NAME")
    return Launcher(
        store=DynamoCampaigns(dynamodb, table),
        audience=DynamoAudience(dynamodb, table),
        slices=SqsSlices(client(SERVICE), required("SLICES_QUEUE_URL")),
    )


@logger.inject_lambda_context
@metrics.log_metrics
def handler(event: Mapping[str, Any], context: object) -> Answer:  # noqa: ARG001
    """Launch each run of an SQS event; see `adapters.queues` for the messages."""
    return each(event, _launch)


def _launch(record: Mapping[str, Any]) -> None:
    run_id = parse_launch(record["body"])
    now = datetime.now(UTC)
    sent_at = datetime.fromtimestamp(int(record["attributes"]["SentTimestamp"]) / 1000, UTC)
    launched = use_case().launch(run_id, now, is_fresh=now - sent_at < _FRESH)
    metrics.add_metric(f"Launch-{launched}", MetricUnit.Count, 1)
    logger.info("launch handled", run=run_id, outcome=launched)


if optional("TABLE_NAME"):
    use_case()  # during the start-up phase, which has a whole processor to itself
