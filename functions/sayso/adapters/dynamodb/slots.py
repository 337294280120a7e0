"""Slots in the table: claimed a handful at a time with consent checked, settled many at a time."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.claims import Claims
from sayso.adapters.dynamodb.items import to_item
from sayso.adapters.dynamodb.reads import get_items
from sayso.adapters.dynamodb.recent_texts import RecentTexts
from sayso.adapters.dynamodb.slot_items import slot_from, slot_item
from sayso.adapters.dynamodb.transactions import Cancelled, transact
from sayso.domain.run import BATCHES_DONE, Run
from sayso.domain.slot import Slot, Tally
from sayso.services.ports.slots import (
    UNCONDITIONAL,
    Conditions,
    Refusal,
    SlotMove,
    SlotsMoved,
    Wanted,
)

_KEYS_A_READ = 100


@dataclass(frozen=True, slots=True)
class DynamoSlots:
    """SlotStore on the table. `client` is a DynamoDB client."""

    client: Any
    table: str

    def claim(
        self, run: Run, wanted: Slot, now: datetime, conditions: Conditions = UNCONDITIONAL
    ) -> None:
        for refusal in self.claim_all(run, [Wanted(wanted, conditions)], now).values():
            raise refusal

    def claim_all(self, run: Run, wanted: Sequence[Wanted], now: datetime) -> Mapping[str, Refusal]:
        return Claims(self.client, self.table).take(run, wanted, now)

    def give_back(self, unsent: Slot) -> None:
        if unsent.touched_at:
            RecentTexts(self.client, self.table).remove(unsent.phone, unsent.touched_at)

    def settle(
        self, run_id: str, moves: Sequence[SlotMove], tally: Tally, ended_batch: str, now: datetime
    ) -> None:
        actions = [self._move(move) for move in moves]
        change = Tally(tally)
        if ended_batch:
            actions.append(self._end(run_id, ended_batch, now))
            change[BATCHES_DONE] += 1
        if change:
            # Any of the counters will do; by different batches' senders they are hit evenly.
            seed = ended_batch or moves[0].after.phone
            actions.append(self._count(run_id, seed, change, now))
            if tally and (series := keys.series_of(run_id)):
                actions.append(self._count(series, seed, tally, now))
        try:
            if actions:
                transact(self.client, actions)
        except Cancelled as cancelled:
            current = {
                moves[position].after.phone: slot_from(item) if item else None
                for position, item in cancelled.failed.items()
                if position < len(moves)
            }
            has_ended = bool(ended_batch) and len(moves) in cancelled.failed
            raise SlotsMoved(current, batch_has_ended=has_ended) from None

    def read(self, run_id: str, phones: Collection[str]) -> dict[str, Slot]:
        wanted = [to_item(keys.slot(phone, run_id)) for phone in sorted(set(phones))]
        found: dict[str, Slot] = {}
        for start in range(0, len(wanted), _KEYS_A_READ):
            for item in get_items(self.client, self.table, wanted[start : start + _KEYS_A_READ]):
                slot = slot_from(item)
                found[slot.phone] = slot
        return found

    def _move(self, move: SlotMove) -> dict[str, Any]:
        put: dict[str, Any] = {
            "TableName": self.table,
            "Item": slot_item(move.after),
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
        }
        if move.before is None:
            put["ConditionExpression"] = "attribute_not_exists(pk)"
        else:
            # State and claim together tell one moment of a slot's life from every other.
            put["ConditionExpression"] = "#state = :state AND #claim = :claim"
            put["ExpressionAttributeNames"] = {"#state": "state", "#claim": "claim"}
            put["ExpressionAttributeValues"] = {
                ":state": {"S": move.before.state},
                ":claim": {"S": move.before.claim},
            }
        return {"Put": put}

    def _end(self, run_id: str, batch_id: str, now: datetime) -> dict[str, Any]:
        values = {**keys.batch(run_id, batch_id), "ended_at": now}
        return {
            "Put": {
                "TableName": self.table,
                "Item": to_item(values | {"expires_at": keys.expires_at(now)}),
                "ConditionExpression": "attribute_not_exists(pk)",
            }
        }

    def _count(self, run_id: str, seed: str, change: Tally, now: datetime) -> dict[str, Any]:
        names = {f"#n{index}": name for index, name in enumerate(change)}
        values = {f":n{index}": {"N": str(n)} for index, n in enumerate(change.values())}
        adds = ", ".join(f"#n{index} :n{index}" for index in range(len(change)))
        values[":expires_at"] = {"N": str(keys.expires_at(now))}
        return {
            "Update": {
                "TableName": self.table,
                "Key": to_item(keys.stats(run_id, str(keys.shard_of(seed)))),
                "UpdateExpression": f"ADD {adds} SET expires_at = :expires_at",
                "ExpressionAttributeNames": names,
                "ExpressionAttributeValues": values,
            }
        }
