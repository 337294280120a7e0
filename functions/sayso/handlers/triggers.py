"""Changes in the table that triggered campaigns wait for, from its stream."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit

from sayso.adapters.aws import client
from sayso.adapters.dynamodb.catalog import DynamoCatalog
from sayso.adapters.dynamodb.history import DynamoCampaignHistory
from sayso.adapters.dynamodb.triggered import DynamoSeries
from sayso.adapters.table_changes import campaign_change, contact_change
from sayso.handlers.settings import optional, required
from sayso.handlers.triggered import enroller, firings
from sayso.services.choosing import Chooser
from sayso.services.triggers import Triggers

logger = Logger()
metrics = Metrics()


@cache
def use_case() -> Triggers:
    """Triggers, wired to this function's settings."""
    dynamodb, table = client("dynamodb"), required("TABLE_NAME")
    return Triggers(
        series=DynamoSeries(dynamodb, table),
        catalog=DynamoCatalog(dynamodb, table),
        enroller=enroller(),
        chooses=Chooser(
            DynamoCampaignHistory(dynamodb, table), DynamoCatalog(dynamodb, table)
        ).named,
        clock=lambda: datetime.now(UTC),
    )


@logger.inject_lambda_context
@metrics.log_metrics
def handler(event: Mapping[str, Any], context: object) -> None:  # noqa: ARG001
    """Take in the records of a stream event, in order.

    What fails fails the whole event: it is delivered again, and what was done is found done.
    """
    records = event["Records"]
    metrics.add_metric("Changes-told", MetricUnit.Count, len(records))
    for change in filter(None, map(campaign_change, records)):
        firings().changed(*change)
    enrolled = use_case().tell(list(filter(None, map(contact_change, records))))
    metrics.add_metric("Series-enrolled", MetricUnit.Count, enrolled)
    logger.info("changes handled", records=len(records), enrolled=enrolled)


if optional("TABLE_NAME"):
    use_case()  # during the start-up phase, which has a whole processor to itself
