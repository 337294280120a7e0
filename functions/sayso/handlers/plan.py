"""Slices of runs: their subscribers are read and queued in batches."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache, partial
from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from sayso.adapters.aws import client
from sayso.adapters.dynamodb.audience import DynamoAudience
from sayso.adapters.dynamodb.buckets import DynamoBuckets
from sayso.adapters.dynamodb.campaigns import DynamoCampaigns
from sayso.adapters.dynamodb.catalog import DynamoCatalog
from sayso.adapters.dynamodb.enrolments import DynamoEnrolments
from sayso.adapters.dynamodb.history import DynamoCampaignHistory
from sayso.adapters.dynamodb.runs import DynamoPlans
from sayso.adapters.dynamodb.slots import DynamoSlots
from sayso.adapters.queues import SERVICE, SqsBatches, SqsSlices, parse_slice
from sayso.handlers.queue_records import Answer, each
from sayso.handlers.settings import optional, required
from sayso.services.choosing import Chooser
from sayso.services.closing import Closing
from sayso.services.plan import Planner
from sayso.services.reminding import Reminding
from sayso.services.series_audience import SeriesAudience

logger = Logger()
metrics = Metrics()
# One page and its batches take well under a second; this leaves room for AWS's own retries.
_PAGE_MS = 15_000


@cache
def use_case() -> Planner:
    """Planner, wired to this function's settings."""
    dynamodb, sqs, table = client("dynamodb"), client(SERVICE), required("TABLE_NAME")
    store, audience = DynamoCampaigns(dynamodb, table), DynamoAudience(dynamodb, table)
    return Planner(
        store=store,
        plans=DynamoPlans(dynamodb, table),
        audience=audience,
        batches=SqsBatches(sqs, required("BATCHES_QUEUE_URL")),
        slices=SqsSlices(sqs, required("SLICES_QUEUE_URL")),
        closing=Closing(store, audience),
        chooser=Chooser(DynamoCampaignHistory(dynamodb, table), DynamoCatalog(dynamodb, table)),
        series=SeriesAudience(
            store=store,
            buckets=DynamoBuckets(dynamodb, table),
            enrolments=DynamoEnrolments(dynamodb, table),
            clock=lambda: datetime.now(UTC),
        ),
        reminding=Reminding(store, DynamoSlots(dynamodb, table)),
    )


@logger.inject_lambda_context
@metrics.log_metrics
def handler(event: Mapping[str, Any], context: LambdaContext) -> Answer:
    """Plan each slice of an SQS event; see `adapters.queues` for the messages."""
    return each(event, partial(_plan, context))


def _plan(context: LambdaContext, record: Mapping[str, Any]) -> None:
    piece = parse_slice(record["body"])
    planned = use_case().plan(
        piece,
        clock=lambda: datetime.now(UTC),
        is_time_short=lambda: context.get_remaining_time_in_millis() < _PAGE_MS,
    )
    metrics.add_metric(f"Plan-{planned}", MetricUnit.Count, 1)
    logger.info(
        "slice handled",
        run=piece.run_id,
        location=piece.location,
        shard=piece.shard,
        outcome=planned,
    )


if optional("TABLE_NAME"):
    use_case()  # during the start-up phase, which has a whole processor to itself
