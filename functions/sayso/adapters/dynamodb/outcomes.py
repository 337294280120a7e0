"""Outcomes in the table: each counted in the transaction that notes that it has been."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.items import to_item
from sayso.adapters.dynamodb.transactions import Cancelled, transact
from sayso.domain.comparing import Outcome
from sayso.domain.slot import OF_GROUP, Slot


@dataclass(frozen=True, slots=True)
class DynamoOutcomes:
    """OutcomeStore on the table. `client` is a DynamoDB client."""

    client: Any
    table: str

    def credit(self, slot: Slot, outcome: Outcome, groups: Collection[str], now: datetime) -> bool:
        actions = [self._note(slot, outcome, now)]
        if groups:
            actions.append(self._count(slot, outcome, groups, now))
        try:
            transact(self.client, actions)
        except Cancelled:
            return False
        return True

    def _note(self, slot: Slot, outcome: Outcome, now: datetime) -> dict[str, Any]:
        key = keys.deed(slot.phone, slot.run_id, outcome)
        return {
            "Put": {
                "TableName": self.table,
                "Item": to_item(key | {"touched_at": now, "expires_at": keys.expires_at(now)}),
                "ConditionExpression": "attribute_not_exists(pk) OR attribute_exists(undone_at)",
            }
        }

    def _count(
        self, slot: Slot, outcome: Outcome, groups: Collection[str], now: datetime
    ) -> dict[str, Any]:
        counters = [f"{group}{OF_GROUP}{outcome}" if group else str(outcome) for group in groups]
        names = {f"#n{at}": name for at, name in enumerate(counters)}
        adds = ", ".join(f"{name} :one" for name in names)
        return {
            "Update": {
                "TableName": self.table,
                # By the shard of the number: a good day at the counter is no hot counter either.
                "Key": to_item(keys.stats(slot.run_id, f"deeds{keys.shard_of(slot.phone)}")),
                "UpdateExpression": f"ADD {adds} SET expires_at = :expires_at",
                "ExpressionAttributeNames": names,
                "ExpressionAttributeValues": to_item(
                    {":one": 1, ":expires_at": keys.expires_at(now)}
                ),
            }
        }
