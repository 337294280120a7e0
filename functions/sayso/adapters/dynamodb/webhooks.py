"""Endpoints of web hooks in the table: one partition, by their time-sortable ids."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.items import Item, from_item, parse_time, to_item
from sayso.adapters.dynamodb.revisions import if_as_read
from sayso.domain.activity import Kind
from sayso.domain.webhook import Endpoint
from sayso.services.ports.webhooks import WebhookChanged

_NAMES = tuple(one.name for one in fields(Endpoint))
_TIMES = ("created_at", "updated_at", "failing_since", "overlap_until")


@dataclass(frozen=True, slots=True)
class DynamoWebhooks:
    """WebhookStore on the table. `client` is a DynamoDB client."""

    client: Any
    table: str

    def get(self, webhook_id: str) -> Endpoint | None:
        key = to_item(keys.webhook(webhook_id))
        answer = self.client.get_item(TableName=self.table, Key=key, ConsistentRead=True)
        return endpoint_from(answer["Item"]) if "Item" in answer else None

    def all(self) -> Sequence[Endpoint]:
        pages = self.client.get_paginator("query").paginate(
            TableName=self.table,
            KeyConditionExpression="pk = :webhooks",
            ExpressionAttributeValues={":webhooks": {"S": keys.WEBHOOK}},
            ConsistentRead=True,
        )
        return [endpoint_from(item) for page in pages for item in page["Items"]]

    def save(self, before: Endpoint | None, after: Endpoint) -> None:
        request = {"TableName": self.table, "Item": endpoint_item(after)} | if_as_read(before)
        try:
            self.client.put_item(**request)
        except self.client.exceptions.ConditionalCheckFailedException:
            raise WebhookChanged(after.id) from None

    def delete(self, endpoint: Endpoint) -> None:
        key = to_item(keys.webhook(endpoint.id))
        try:
            self.client.delete_item(TableName=self.table, Key=key, **if_as_read(endpoint))
        except self.client.exceptions.ConditionalCheckFailedException:
            raise WebhookChanged(endpoint.id) from None


def endpoint_item(endpoint: Endpoint) -> Item:
    """The whole item of an endpoint, its key included."""
    values = {name: getattr(endpoint, name) for name in _NAMES}
    return to_item(keys.webhook(endpoint.id) | values)


def endpoint_from(item: Mapping[str, Any]) -> Endpoint:
    """The endpoint that an item holds."""
    values = from_item({name: item[name] for name in _NAMES if name in item})
    values |= {name: parse_time(values.get(name)) for name in _TIMES}
    kinds, secrets = tuple(map(Kind, values["events"])), tuple(values["secrets"])
    return Endpoint(**values | {"events": kinds, "secrets": secrets})
