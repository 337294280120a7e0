"""Recurring campaigns, wired to a function's settings: of whoever hears alarms, or misses them."""

from functools import cache

from sayso.adapters.aws import client
from sayso.adapters.dynamodb.campaigns import DynamoCampaigns
from sayso.adapters.dynamodb.catalog import DynamoCatalog
from sayso.adapters.dynamodb.parking import DynamoParking
from sayso.adapters.ids import new_id
from sayso.adapters.queues import SERVICE, SqsLaunches
from sayso.handlers.alarms import alarms
from sayso.handlers.settings import required
from sayso.services.recurring import Occurrences


@cache
def occurrences() -> Occurrences:
    """Occurrences, wired to this function's settings."""
    dynamodb, table = client("dynamodb"), required("TABLE_NAME")
    return Occurrences(
        store=DynamoCampaigns(dynamodb, table),
        catalog=DynamoCatalog(dynamodb, table),
        scheduler=alarms(),
        launches=SqsLaunches(client(SERVICE), required("RUNS_QUEUE_URL")),
        parking=DynamoParking(dynamodb, table),
        new_id=new_id,
    )
