"""Walking through the whole table for its numbers: half a read unit for every 4 KB of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.items import to_item
from sayso.services.ports.numbers import Numbers

_RECORD = keys.subscriber("")["sk"]
_ENTRY = "LEDGER#"


@dataclass(frozen=True, slots=True)
class DynamoNumbers:
    """A NumberIndex on the table. `client` is a DynamoDB client."""

    client: Any
    table: str

    def page(self, limit: int, after: str = "") -> Numbers:
        request = {
            "TableName": self.table,
            "Limit": limit,  # of items, of which every number has at least one
            "FilterExpression": "sk = :record OR begins_with(sk, :entry)",
            "ProjectionExpression": "pk, sk",
            "ExpressionAttributeValues": to_item({":record": _RECORD, ":entry": _ENTRY}),
        }
        if after:
            pk, _, sk = after.partition(" ")
            request["ExclusiveStartKey"] = to_item({"pk": pk, "sk": sk})
        answer = self.client.scan(**request)
        phones = [
            pk.removeprefix("S#")
            for pk, found in _partitions(answer["Items"]).items()
            if _RECORD in found or self._is_lost(pk, found)
        ]
        last = answer.get("LastEvaluatedKey")
        return Numbers(phones, f"{last['pk']['S']} {last['sk']['S']}" if last else "")

    def _is_lost(self, pk: str, found: Sequence[str]) -> bool:
        """Whether the record of these entries is nowhere, and they are the first of their ledger.

        Else the number is met on the page of its record, or was met on an earlier one.
        """
        key = to_item({"pk": pk, "sk": _RECORD})
        answer = self.client.get_item(
            TableName=self.table, Key=key, ConsistentRead=True, ProjectionExpression="pk"
        )
        return "Item" not in answer and self._first_entry(pk) in found

    def _first_entry(self, pk: str) -> str:
        answer = self.client.query(
            TableName=self.table,
            KeyConditionExpression="pk = :pk AND begins_with(sk, :entry)",
            ExpressionAttributeValues=to_item({":pk": pk, ":entry": _ENTRY}),
            ProjectionExpression="sk",
            ConsistentRead=True,
            Limit=1,
        )
        return str(answer["Items"][0]["sk"]["S"]) if answer["Items"] else ""


def _partitions(items: Sequence[Mapping[str, Any]]) -> dict[str, list[str]]:
    """The sort keys of a page, by partition."""
    found: dict[str, list[str]] = {}
    for item in items:
        found.setdefault(item["pk"]["S"], []).append(item["sk"]["S"])
    return found
