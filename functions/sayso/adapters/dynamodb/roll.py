"""Everybody in the index `by_location`, at locations that no longer exist too."""

from dataclasses import dataclass
from typing import Any

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.items import to_item
from sayso.domain.contact import Status
from sayso.services.ports.upkeep import RollPage


@dataclass(frozen=True, slots=True)
class DynamoRoll:
    """Roll by a scan of the index, which holds nothing but subscribers. `client` is DynamoDB's."""

    client: Any
    table: str
    page_size: int = 1000

    def page(self, position: str = "") -> RollPage:
        request: dict[str, Any] = {
            "TableName": self.table,
            "IndexName": keys.INDEX,
            "ProjectionExpression": "gsi1sk",
            "Limit": self.page_size,
        }
        if position:
            partition, _, standing = position.partition(" ")
            _, phone = keys.parsed_standing(standing)
            index_key = {"gsi1pk": partition, "gsi1sk": standing}
            request["ExclusiveStartKey"] = to_item(keys.subscriber(phone) | index_key)
        answer = self.client.scan(**request)
        standings = (keys.parsed_standing(item["gsi1sk"]["S"]) for item in answer["Items"])
        last = answer.get("LastEvaluatedKey")
        return RollPage(
            standings=tuple((phone, Status(status)) for status, phone in standings),
            position=f"{last['gsi1pk']['S']} {last['gsi1sk']['S']}" if last else "",
        )
