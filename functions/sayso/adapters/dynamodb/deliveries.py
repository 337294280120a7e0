"""Events on their way to endpoints, in the table: a partition an endpoint, by time of the event."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.items import Item, from_item, parse_time, to_item
from sayso.domain.activity import Kind
from sayso.domain.webhook import Attempt, Delivery, State
from sayso.services.ports.webhooks import DeliveryPage

_NAMES = tuple(one.name for one in fields(Delivery))
_TIMES = ("created_at", "next_at", "claimed_until")
_A_SECOND = timedelta(seconds=1)
# What changes with every change that may be fought over.
_STANDING = ("state", "tries", "first_try", "claimed_until", "next_at")


@dataclass(frozen=True, slots=True)
class DynamoDeliveries:
    """DeliveryLog on the table. `client` is a DynamoDB client."""

    client: Any
    table: str

    def add(self, delivery: Delivery) -> Delivery:
        try:
            self.client.put_item(
                TableName=self.table,
                Item=delivery_item(delivery),
                ConditionExpression="attribute_not_exists(pk)",
            )
        except self.client.exceptions.ConditionalCheckFailedException:
            return self.get(delivery.webhook, delivery.event) or delivery
        return delivery

    def get(self, webhook_id: str, event: str) -> Delivery | None:
        key = to_item(keys.delivery(webhook_id, event))
        answer = self.client.get_item(TableName=self.table, Key=key, ConsistentRead=True)
        return delivery_from(answer["Item"]) if "Item" in answer else None

    def change(self, before: Delivery, after: Delivery) -> bool:
        standing = {name: _value(before, name) for name in _STANDING}
        as_read = [
            f"#{name} = :{name}" if value is not None else f"attribute_not_exists(#{name})"
            for name, value in standing.items()
        ]
        values = {f":{name}": value for name, value in standing.items() if value is not None}
        try:
            self.client.put_item(
                TableName=self.table,
                Item=delivery_item(after),
                ConditionExpression=" AND ".join(["attribute_exists(pk)", *as_read]),
                ExpressionAttributeNames={f"#{name}": name for name in standing},
                ExpressionAttributeValues=to_item(values),
            )
        except self.client.exceptions.ConditionalCheckFailedException:
            return False
        return True

    def newest(self, webhook_id: str, limit: int, position: str = "") -> DeliveryPage:
        request: dict[str, Any] = {"ScanIndexForward": False}
        if position:
            request["ExclusiveStartKey"] = to_item(keys.delivery(webhook_id, position))
        return self._page(webhook_id, limit, "", request)

    def since(self, webhook_id: str, first: str, limit: int) -> DeliveryPage:
        return self._page(webhook_id, limit, first, {})

    def _page(
        self, webhook_id: str, limit: int, first: str, request: Mapping[str, Any]
    ) -> DeliveryPage:
        pk = keys.delivery(webhook_id, "")["pk"]
        answer = self.client.query(
            TableName=self.table,
            KeyConditionExpression="pk = :pk" + (" AND sk >= :first" if first else ""),
            ExpressionAttributeValues=to_item({":pk": pk, ":first": first}),
            ConsistentRead=True,
            Limit=limit,
            **request,
        )
        last = answer.get("LastEvaluatedKey", {})
        found = tuple(delivery_from(item) for item in answer["Items"])
        return DeliveryPage(found, last["sk"]["S"] if last else "")


def delivery_item(delivery: Delivery) -> Item:
    """The whole item of a delivery, key and lifetime included."""
    key = keys.delivery(delivery.webhook, delivery.event)
    values = {name: _value(delivery, name) for name in _NAMES}
    values["attempts"] = [_attempt_values(one) for one in delivery.attempts] or None
    lasts = keys.expires_in_a_month_at(delivery.created_at)
    return to_item(key | values | {"expires_at": lasts})


def delivery_from(item: Mapping[str, Any]) -> Delivery:
    """The delivery that an item holds."""
    values = from_item({name: item[name] for name in _NAMES if name in item})
    values |= {name: parse_time(values.get(name)) for name in _TIMES}
    values |= {"kind": Kind(values["kind"]), "state": State(values["state"])}
    attempts = tuple(_attempt_from(one) for one in values.get("attempts", ()))
    return Delivery(**{"phone": "", **values, "attempts": attempts})


def _value(delivery: Delivery, name: str) -> Any:
    value = getattr(delivery, name)
    return value.isoformat() if isinstance(value, datetime) else value


def _attempt_values(attempt: Attempt) -> dict[str, Any]:
    wait = attempt.retry_after
    return {
        "at": attempt.at,
        "status": attempt.status,
        "outcome": attempt.outcome,
        "took_ms": attempt.took_ms,
        "retry_after_s": wait // _A_SECOND if wait is not None else None,
    }


def _attempt_from(values: Mapping[str, Any]) -> Attempt:
    known = dict(values)
    at, wait = parse_time(known.pop("at")), known.pop("retry_after_s", None)
    if at is None:
        raise ValueError("an attempt without its time")
    return Attempt(at, **known, retry_after=None if wait is None else wait * _A_SECOND)
