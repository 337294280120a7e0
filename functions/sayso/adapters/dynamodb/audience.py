"""Subscribers by location, from the index."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.contacts import preference_from
from sayso.adapters.dynamodb.items import Item, from_item, parse_time, to_item
from sayso.domain.contact import Status
from sayso.domain.listed import Listed
from sayso.services.ports.audience import AudiencePage

_PREFIX = keys.standing(Status.SUBSCRIBED, "")
# What the index has of a subscriber besides the number (infra/constructs/database.py).
_LISTED = tuple(one.name for one in fields(Listed) if one.name != "phone")
_TIMES = frozenset(name for name in _LISTED if name.endswith("_at"))


@dataclass(frozen=True, slots=True)
class DynamoAudience:
    """AudienceIndex on the index `by_location`. `client` is a DynamoDB client."""

    client: Any
    table: str
    page_size: int = 1000

    def shards(self) -> range:
        return range(keys.SHARDS)

    def page(self, location: str, shard: int, position: str = "") -> AudiencePage:
        request = self._request(location, shard)
        request |= {"Limit": self.page_size}
        if position:
            index_key = {
                "gsi1pk": keys.audience(location, shard),
                "gsi1sk": keys.standing(Status.SUBSCRIBED, position),
            }
            request["ExclusiveStartKey"] = to_item(keys.subscriber(position) | index_key)
        answer = self.client.query(**request)
        last = answer.get("LastEvaluatedKey")
        return AudiencePage(
            people=tuple(_listed(item) for item in answer["Items"]),
            position=_phone(last["gsi1sk"]["S"]) if last else "",
        )

    def count(self, location: str) -> int:
        return sum(n for shard in self.shards() for n in self._counts(location, shard))

    def _counts(self, location: str, shard: int) -> Iterator[int]:
        request = self._request(location, shard) | {"Select": "COUNT"}
        while True:
            answer = self.client.query(**request)
            yield answer["Count"]
            if "LastEvaluatedKey" not in answer:
                return
            request["ExclusiveStartKey"] = answer["LastEvaluatedKey"]

    def _request(self, location: str, shard: int) -> dict[str, Any]:
        partition = {":partition": keys.audience(location, shard), ":subscribed": _PREFIX}
        return {
            "TableName": self.table,
            "IndexName": keys.INDEX,
            "KeyConditionExpression": "gsi1pk = :partition AND begins_with(gsi1sk, :subscribed)",
            "ExpressionAttributeValues": to_item(partition),
        }


def _phone(standing: str) -> str:
    return standing.removeprefix(_PREFIX)


def _listed(entry: Item) -> Listed:
    values = from_item({name: entry[name] for name in _LISTED if name in entry})
    for name in _TIMES & values.keys():
        values[name] = parse_time(values[name])
    if "preference" in values:
        values["preference"] = preference_from(values["preference"])
    return Listed(phone=_phone(entry["gsi1sk"]["S"]), **values)
