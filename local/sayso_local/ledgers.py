"""Every consent ledger of a table, read straight from DynamoDB."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.items import to_item
from sayso.adapters.dynamodb.subscribers import DynamoSubscribers
from sayso.domain.ledger import Audit
from sayso.services.ledgers import audit_ledger

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_RECORD = keys.subscriber("")["sk"]
_ENTRY = "LEDGER#"


def audit_number(client: DynamoDBClient, table: str, phone: str) -> Audit:
    """What is wrong with the number's ledger, if anything."""
    try:
        return audit_ledger(DynamoSubscribers(client, table), phone)
    except (KeyError, TypeError, ValueError):
        # Entries never fail to be read, so it is the record that someone has edited.
        return Audit(phone, faults=["the number's own record cannot be read"])


def numbers(client: DynamoDBClient, table: str) -> Iterator[str]:
    """Every number with a record, or with a ledger that has lost its record, each of them once.

    Reads the whole table, a page at a time (half a read unit per 4 KB of it); only a page and the
    numbers whose record is lost are held.
    """
    lost: set[str] = set()
    pages = client.get_paginator("scan").paginate(
        TableName=table,
        FilterExpression="sk = :record OR begins_with(sk, :entry)",
        ProjectionExpression="pk, sk",
        ExpressionAttributeValues=to_item({":record": _RECORD, ":entry": _ENTRY}),
    )
    for page in pages:
        for partition, has_record in _partitions(page["Items"]).items():
            if has_record:
                yield partition.removeprefix("S#")
            elif partition not in lost and _is_lost(client, table, partition):
                lost.add(partition)
                yield partition.removeprefix("S#")


def _partitions(items: Sequence[Mapping[str, Any]]) -> dict[str, bool]:
    """The partitions of a page, and whether their record is on it."""
    found: dict[str, bool] = {}
    for item in items:
        partition = item["pk"]["S"]
        found[partition] = found.get(partition, False) or item["sk"]["S"] == _RECORD
    return found


def _is_lost(client: DynamoDBClient, table: str, partition: str) -> bool:
    """Whether the record of these entries is nowhere; else it is met on a page of its own."""
    key = to_item({"pk": partition, "sk": _RECORD})
    answer = client.get_item(
        TableName=table, Key=key, ConsistentRead=True, ProjectionExpression="pk"
    )
    return "Item" not in answer
