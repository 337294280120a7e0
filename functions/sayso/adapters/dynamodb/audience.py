"""Subscribers by location, from the index."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.items import to_item
from sayso.domain.contact import Status
from sayso.services.ports.audience import AudiencePage

_PREFIX = keys.standing(Status.SUBSCRIBED, "")


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
        request |= {"Limit": self.page_size, "ProjectionExpression": "gsi1sk"}
        if position:
            index_key = {
                "gsi1pk": keys.audience(location, shard),
                "gsi1sk": keys.standing(Status.SUBSCRIBED, position),
            }
            request["ExclusiveStartKey"] = to_item(keys.subscriber(position) | index_key)
        answer = self.client.query(**request)
        last = answer.get("LastEvaluatedKey")
        return AudiencePage(
            phones=tuple(_phone(item["gsi1sk"]["S"]) for item in answer["Items"]),
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
