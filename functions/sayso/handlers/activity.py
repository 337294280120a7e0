"""What happens, from the table's stream: kept, counted by day, and told to web hooks."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit

from sayso.adapters.activity_records import change_of
from sayso.adapters.aws import client
from sayso.adapters.dynamodb.activities import DynamoActivities
from sayso.adapters.dynamodb.campaigns import DynamoCampaigns
from sayso.adapters.dynamodb.catalog import DynamoCatalog
from sayso.adapters.dynamodb.coupons import DynamoCoupons
from sayso.adapters.dynamodb.deliveries import DynamoDeliveries
from sayso.adapters.dynamodb.webhooks import DynamoWebhooks
from sayso.adapters.ids import id_of
from sayso.adapters.queues import SERVICE, SqsNotices
from sayso.handlers.counter_texts import counter_on
from sayso.handlers.settings import optional, required
from sayso.services.activities import Activities
from sayso.services.telling import Telling

logger = Logger()
metrics = Metrics()


@cache
def use_case() -> Activities:
    """Activities, wired to this function's settings."""
    dynamodb, table = client("dynamodb"), required("TABLE_NAME")
    return Activities(
        store=DynamoActivities(dynamodb, table),
        coupons=DynamoCoupons(dynamodb, table),
        runs=DynamoCampaigns(dynamodb, table),
        catalog=DynamoCatalog(dynamodb, table),
        names=id_of,
        settle=counter_on(dynamodb, table).settle,
    )


@cache
def telling() -> Telling:
    """Who passes on what was kept."""
    dynamodb, table = client("dynamodb"), required("TABLE_NAME")
    return Telling(
        DynamoWebhooks(dynamodb, table),
        DynamoDeliveries(dynamodb, table),
        SqsNotices(client(SERVICE), required("NOTICES_QUEUE_URL")),
    )


@logger.inject_lambda_context
@metrics.log_metrics
def handler(event: Mapping[str, Any], context: object) -> None:  # noqa: ARG001
    """Take in the records of a stream event, in order.

    What fails fails the whole event: it is delivered again, and what was done is found done.
    """
    records = event["Records"]
    metrics.add_metric("Changes-told", MetricUnit.Count, len(records))
    changes = [change for record in records if (change := change_of(record))]
    now = datetime.now(UTC)
    kept = use_case().take_in(changes, now)
    notices = telling().tell(kept, now)
    metrics.add_metric("Activities", MetricUnit.Count, len(kept))
    logger.info("changes handled", records=len(records), activities=len(kept), notices=notices)


if optional("TABLE_NAME"):
    use_case(), telling()  # during the start-up phase, which has a whole processor to itself
