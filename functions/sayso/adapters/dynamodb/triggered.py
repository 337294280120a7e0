"""Triggered campaigns, found by one query: copies that are written in their own transactions."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.campaigns import campaign_from
from sayso.adapters.dynamodb.items import to_item
from sayso.domain.campaign import Campaign


@dataclass(frozen=True, slots=True)
class DynamoSeries:
    """SeriesReader on the table. `client` is a DynamoDB client."""

    client: Any
    table: str

    def triggered(self) -> Sequence[Campaign]:
        pages = self.client.get_paginator("query").paginate(
            TableName=self.table,
            KeyConditionExpression="pk = :triggered",
            ExpressionAttributeValues=to_item({":triggered": keys.TRIGGERED}),
            ConsistentRead=True,
        )
        return [campaign_from(item) for page in pages for item in page["Items"]]
