"""Pools in the table: a head each, and the codes in stretches beside it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.items import to_item
from sayso.adapters.dynamodb.pool_items import head, pool_from, row, stretches
from sayso.adapters.dynamodb.transactions import Cancelled, transact
from sayso.domain.pool import Pool
from sayso.services.ports.pools import PoolChanged


@dataclass(frozen=True, slots=True)
class DynamoPools:
    """PoolStore on the table. `client` is a DynamoDB client."""

    client: Any
    table: str

    def get(self, pool_id: str) -> Pool | None:
        key = to_item(keys.pool(pool_id))
        found = self.client.get_item(TableName=self.table, Key=key, ConsistentRead=True)
        return pool_from(found["Item"]) if "Item" in found else None

    def all(self) -> list[Pool]:
        pages = self.client.get_paginator("query").paginate(
            TableName=self.table,
            KeyConditionExpression="pk = :pools",
            ExpressionAttributeValues=to_item({":pools": keys.POOL}),
            ScanIndexForward=False,
            ConsistentRead=True,
        )
        return [pool_from(item) for page in pages for item in page["Items"]]

    def codes(self, pool_id: str) -> Iterator[str]:
        pool = self.get(pool_id)
        if pool:
            yield from (code for _, code in row(self.client, self.table, pool_id, 0, pool.end))

    def save(self, before: Pool | None, after: Pool, appended: Sequence[str] = ()) -> None:
        first = after.end - len(appended)
        written = stretches(self.table, after.id, first, appended)
        try:
            transact(self.client, [head(self.table, before, after), *written])
        except Cancelled:
            raise PoolChanged(after.id) from None

    def delete(self, pool: Pool) -> None:
        """The head goes first: without it nobody finds the codes, whatever is left of them."""
        try:
            self.client.delete_item(
                TableName=self.table,
                Key=to_item(keys.pool(pool.id)),
                ConditionExpression="revision = :read",
                ExpressionAttributeValues=to_item({":read": pool.revision}),
            )
        except self.client.exceptions.ConditionalCheckFailedException:
            raise PoolChanged(pool.id) from None
        for first in self._firsts(pool):
            key = to_item(keys.pool_codes(pool.id, first))
            self.client.delete_item(TableName=self.table, Key=key)

    def _firsts(self, pool: Pool) -> set[int]:
        """The numbers with which the stretches of its row begin."""
        first = keys.pool_codes(pool.id, 0)
        pages = self.client.get_paginator("query").paginate(
            TableName=self.table,
            KeyConditionExpression="pk = :pool",
            ExpressionAttributeValues=to_item({":pool": first["pk"]}),
            ProjectionExpression="sk",
            ConsistentRead=True,
        )
        return {int(item["sk"]["S"].rpartition("#")[2]) for page in pages for item in page["Items"]}
