"""Saved segments in the table: one partition, newest first by their time-sortable ids."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.items import Item, from_item, parse_time, to_item
from sayso.adapters.dynamodb.revisions import if_as_read
from sayso.domain.segment.saved import SavedSegment
from sayso.services.ports.segments import SegmentChanged, SegmentPage

_FIELDS = tuple(one.name for one in fields(SavedSegment))


@dataclass(frozen=True, slots=True)
class DynamoSegments:
    """SegmentStore on the table. `client` is a DynamoDB client."""

    client: Any
    table: str

    def get(self, segment_id: str) -> SavedSegment | None:
        key = to_item(keys.segment(segment_id))
        answer = self.client.get_item(TableName=self.table, Key=key, ConsistentRead=True)
        return segment_from(answer["Item"]) if "Item" in answer else None

    def page(self, limit: int, position: str = "") -> SegmentPage:
        request: dict[str, Any] = {
            "TableName": self.table,
            "KeyConditionExpression": "pk = :segments",
            "ExpressionAttributeValues": {":segments": {"S": keys.SEGMENT}},
            "ScanIndexForward": False,
            "ConsistentRead": True,
            "Limit": limit,
        }
        if position:
            request["ExclusiveStartKey"] = to_item(keys.segment(position))
        answer = self.client.query(**request)
        last = answer.get("LastEvaluatedKey", {})
        found = tuple(segment_from(item) for item in answer["Items"])
        return SegmentPage(found, last["sk"]["S"] if last else "")

    def save(self, before: SavedSegment | None, after: SavedSegment) -> None:
        request = {"TableName": self.table, "Item": segment_item(after)} | if_as_read(before)
        try:
            self.client.put_item(**request)
        except self.client.exceptions.ConditionalCheckFailedException:
            raise SegmentChanged(after.id) from None

    def delete(self, segment: SavedSegment) -> None:
        key = to_item(keys.segment(segment.id))
        try:
            self.client.delete_item(TableName=self.table, Key=key, **if_as_read(segment))
        except self.client.exceptions.ConditionalCheckFailedException:
            raise SegmentChanged(segment.id) from None


def segment_item(segment: SavedSegment) -> Item:
    """The whole item of a segment, its key included."""
    return to_item(keys.segment(segment.id) | {name: getattr(segment, name) for name in _FIELDS})


def segment_from(item: Mapping[str, Any]) -> SavedSegment:
    """The segment that an item holds."""
    values = from_item({name: item[name] for name in _FIELDS if name in item})
    values |= {name: parse_time(values[name]) for name in ("created_at", "updated_at")}
    return SavedSegment(**values | {"locations": tuple(values.get("locations", ()))})
