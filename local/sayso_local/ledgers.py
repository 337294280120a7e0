"""The ledgers of a table, read straight from DynamoDB."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.adapters.dynamodb.numbers import DynamoNumbers
from sayso.adapters.dynamodb.subscribers import DynamoSubscribers
from sayso.services.ledgers import Ledgers

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


def ledgers_of(client: DynamoDBClient, table: str) -> Ledgers:
    """What audits them."""
    return Ledgers(DynamoSubscribers(client, table), DynamoNumbers(client, table))
