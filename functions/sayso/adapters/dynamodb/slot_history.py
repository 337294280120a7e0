"""A number's slots of all runs, in one query: they lie in its partition."""

from dataclasses import dataclass
from typing import Any

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.items import to_item
from sayso.adapters.dynamodb.slot_items import slot_from
from sayso.domain.slot import Slot


@dataclass(frozen=True, slots=True)
class DynamoSlotHistory:
    """SlotHistory on the table. `client` is a DynamoDB client."""

    client: Any
    table: str

    def of(self, phone: str) -> list[Slot]:
        first = keys.slot(phone, "")
        pages = self.client.get_paginator("query").paginate(
            TableName=self.table,
            KeyConditionExpression="pk = :pk AND begins_with(sk, :run)",
            ExpressionAttributeValues=to_item({":pk": first["pk"], ":run": first["sk"]}),
            ConsistentRead=True,
        )
        return [slot_from(item) for page in pages for item in page["Items"]]
