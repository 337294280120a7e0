"""Buckets: who is due in a triggered campaign at the same moment, and whether that has come.

The head of a bucket is written in each enrolment's own transaction, so that whoever closes it
knows that everybody is in it who ever will be.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.contacts import preference_from, preference_values
from sayso.adapters.dynamodb.items import Item, from_item, parse_time, to_item
from sayso.domain.firing_names import Does, FiringName
from sayso.domain.listed import Listed
from sayso.services.ports.series import BucketPage, EnrolmentMove

_PLACE = "people at "
_NAMES = tuple(one.name for one in fields(Listed))
_TIMES = frozenset(name for name in _NAMES if name.endswith("_at"))


@dataclass(frozen=True, slots=True)
class DynamoBuckets:
    """BucketStore on the table. `client` is a DynamoDB client."""

    client: Any
    table: str
    page_size: int = 1000

    def close(self, run_id: str, now: datetime) -> tuple[str, ...]:
        answer = self.client.update_item(
            TableName=self.table,
            Key=to_item(keys.bucket(run_id)),
            UpdateExpression="SET closed_at = if_not_exists(closed_at, :now), "
            "expires_at = :expires_at",
            ExpressionAttributeValues=to_item({":now": now, ":expires_at": keys.expires_at(now)}),
            ReturnValues="ALL_NEW",
        )
        names = sorted(answer["Attributes"])
        return tuple(_code(name) for name in names if name.startswith(_PLACE))

    def begun(self, run_id: str, now: datetime) -> None:
        # Whoever asks what is overdue reads all heads that there are: this one has done its part.
        values = {":now": now, ":expires_at": keys.expires_soon_at(now)}
        self.client.update_item(
            TableName=self.table,
            Key=to_item(keys.bucket(run_id)),
            UpdateExpression="SET begun_at = :now, expires_at = :expires_at",
            ExpressionAttributeValues=to_item(values),
        )

    def page(self, run_id: str, location: str, position: str = "") -> BucketPage:
        first = keys.due(run_id, location, "")
        request: dict[str, Any] = {
            "TableName": self.table,
            "KeyConditionExpression": "pk = :bucket AND begins_with(sk, :place)",
            "ExpressionAttributeValues": to_item({":bucket": first["pk"], ":place": first["sk"]}),
            "ConsistentRead": True,
            "Limit": self.page_size,
        }
        if position:
            request["ExclusiveStartKey"] = to_item(keys.due(run_id, location, position))
        answer = self.client.query(**request)
        last = answer.get("LastEvaluatedKey")
        people = tuple(_listed(item) for item in answer["Items"])
        return BucketPage(
            people=people,
            position=people[-1].phone if last else "",
            since={
                person.phone: since
                for person, item in zip(people, answer["Items"], strict=True)
                if (since := parse_time(item["since"]["S"]))
            },
        )

    def overdue(self, campaign_id: str, now: datetime) -> list[str]:
        last = keys.bucket(str(FiringName(campaign_id, Does.BUCKET, now)))
        pages = self.client.get_paginator("query").paginate(
            TableName=self.table,
            KeyConditionExpression="pk = :series AND sk <= :last",
            FilterExpression="attribute_not_exists(begun_at)",
            ExpressionAttributeValues=to_item({":series": last["pk"], ":last": last["sk"]}),
            ConsistentRead=True,
        )
        return [item["sk"]["S"].partition("#")[2] for page in pages for item in page["Items"]]


def head_update(table: str, run_id: str, moves: Sequence[EnrolmentMove]) -> dict[str, Any]:
    """The action that lets people into a bucket, if it is open."""
    places = Counter(move.person.location for move in moves)
    adds = ", ".join(f"#p{index} :p{index}" for index in range(len(places)))
    values = {f":p{index}": count for index, count in enumerate(places.values())}
    expires = keys.expires_at(max(move.after.due_at for move in moves))
    return {
        "Update": {
            "TableName": table,
            "Key": to_item(keys.bucket(run_id)),
            "UpdateExpression": f"ADD {adds} SET expires_at = :expires_at",
            "ConditionExpression": "attribute_not_exists(closed_at)",
            "ExpressionAttributeNames": {
                f"#p{index}": f"{_PLACE}{code or keys.NOWHERE}" for index, code in enumerate(places)
            },
            "ExpressionAttributeValues": to_item(values | {":expires_at": expires}),
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
        }
    }


def due_item(move: EnrolmentMove) -> Item:
    """A person in a bucket, with what the index said of them."""
    person, after = move.person, move.after
    return to_item(
        {
            **{name: getattr(person, name) for name in _NAMES},
            **keys.due(after.run_id, person.location, person.phone),
            "preference": preference_values(person.preference),
            "since": after.since,
            # Soon: it holds what the shop knows of the person.
            "expires_at": keys.expires_soon_at(after.due_at),
        }
    )


def _listed(item: Mapping[str, Any]) -> Listed:
    values = from_item({name: item[name] for name in _NAMES if name in item})
    for name in _TIMES & values.keys():
        values[name] = parse_time(values[name])
    values["preference"] = preference_from(values.get("preference"))
    return Listed(**values)


def _code(name: str) -> str:
    code = name.removeprefix(_PLACE)
    return "" if code == keys.NOWHERE else code
