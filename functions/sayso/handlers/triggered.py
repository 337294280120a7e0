"""What triggered campaigns are made of, wired to a function's settings."""

from datetime import UTC, datetime
from functools import cache

from sayso.adapters.aws import client
from sayso.adapters.dynamodb.buckets import DynamoBuckets
from sayso.adapters.dynamodb.campaigns import DynamoCampaigns
from sayso.adapters.dynamodb.catalog import DynamoCatalog
from sayso.adapters.dynamodb.enrolments import DynamoEnrolments
from sayso.adapters.dynamodb.triggered import DynamoSeries
from sayso.adapters.queues import SERVICE, SqsLaunches
from sayso.handlers.alarms import alarms
from sayso.handlers.settings import required
from sayso.services.alarms import Alarms
from sayso.services.enrolling import Enroller
from sayso.services.firings import Firings


@cache
def enroller() -> Enroller:
    """Who puts people into series and sets the alarms of their buckets."""
    dynamodb, table = client("dynamodb"), required("TABLE_NAME")
    return Enroller(DynamoEnrolments(dynamodb, table), _alarms(), _now)


@cache
def firings() -> Firings:
    """Who begins what is due."""
    dynamodb, table = client("dynamodb"), required("TABLE_NAME")
    return Firings(
        store=DynamoCampaigns(dynamodb, table),
        buckets=DynamoBuckets(dynamodb, table),
        series=DynamoSeries(dynamodb, table),
        catalog=DynamoCatalog(dynamodb, table),
        alarms=_alarms(),
        clock=_now,
    )


def _alarms() -> Alarms:
    return Alarms(SqsLaunches(client(SERVICE), required("RUNS_QUEUE_URL")), alarms())


def _now() -> datetime:
    return datetime.now(UTC)
