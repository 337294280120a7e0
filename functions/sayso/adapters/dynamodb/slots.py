"""Slots in the table: claimed one by one with consent checked, settled many at a time."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.items import Item, from_item, parse_time, to_item
from sayso.adapters.dynamodb.reads import get_items
from sayso.adapters.dynamodb.transactions import Cancelled, transact
from sayso.domain.contact import Status
from sayso.domain.run import BATCHES_DONE, Run
from sayso.domain.slot import Slot, SlotState, Tally
from sayso.services.ports.slots import Barred, SlotMove, SlotsMoved, Taken

_SUBSCRIBER, _SLOT = 0, 1
_KEYS_A_READ = 100


@dataclass(frozen=True, slots=True)
class DynamoSlots:
    """SlotStore on the table. `client` is a DynamoDB client."""

    client: Any
    table: str

    def claim(self, run: Run, wanted: Slot, now: datetime) -> None:
        consent = self._note_on_subscriber(run, wanted.phone, now)
        try:
            transact(self.client, [consent, self._take(wanted)])
        except Cancelled as cancelled:
            standing = cancelled.failed.get(_SLOT)
            slot = slot_from(standing) if standing else None
            is_ours = slot is not None and slot.claim == wanted.claim
            if slot and not is_ours:
                raise Taken(slot) from None
            if _SUBSCRIBER in cancelled.failed:
                raise Barred(_why_barred(cancelled.failed[_SUBSCRIBER]), slot) from None
            # Else an earlier try of this very claim went through and only its answer was lost.

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

    def _note_on_subscriber(self, run: Run, phone: str, now: datetime) -> dict[str, Any]:
        """Consent is checked here; `revision` stays, since no inbound text has changed anything."""
        values = {
            ":run": run.id,
            ":occasion": run.occasion,
            ":now": now,
            ":subscribed": Status.SUBSCRIBED,
        }
        return {
            "Update": {
                "TableName": self.table,
                "Key": to_item(keys.subscriber(phone)),
                "UpdateExpression": "SET last_run = :run, last_run_at = :now",
                # Who moved to another zone's store since that zone's run has had the text already.
                "ConditionExpression": "#status = :subscribed AND (attribute_not_exists(last_run)"
                " OR last_run = :run OR NOT begins_with(last_run, :occasion))",
                "ExpressionAttributeNames": {"#status": "status"},
                "ExpressionAttributeValues": to_item(values),
                "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
            }
        }

    def _take(self, wanted: Slot) -> dict[str, Any]:
        values = {":postponed": SlotState.POSTPONED, ":batch": wanted.batch}
        return {
            "Put": {
                "TableName": self.table,
                "Item": _slot_item(wanted),
                "ConditionExpression": "attribute_not_exists(pk)"
                " OR (#state = :postponed AND #batch = :batch)",
                "ExpressionAttributeNames": {"#state": "state", "#batch": "batch"},
                "ExpressionAttributeValues": to_item(values),
                "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
            }
        }

    def _move(self, move: SlotMove) -> dict[str, Any]:
        put: dict[str, Any] = {
            "TableName": self.table,
            "Item": _slot_item(move.after),
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


def slot_from(item: Mapping[str, Any]) -> Slot:
    """The slot that an item holds."""
    values = from_item(item)
    return Slot(
        run_id=values["run_id"],
        phone=values["phone"],
        state=SlotState(values["state"]),
        batch=values["batch"],
        claim=values.get("claim", ""),
        touched_at=parse_time(values.get("touched_at")),
        reason=values.get("reason", ""),
        message_id=values.get("message_id", ""),
    )


def _slot_item(slot: Slot) -> Item:
    if slot.touched_at is None:
        raise ValueError("a slot without its time")
    return to_item(
        {
            **keys.slot(slot.phone, slot.run_id),
            "run_id": slot.run_id,
            "phone": slot.phone,
            "state": slot.state,
            "batch": slot.batch,
            "claim": slot.claim,
            "touched_at": slot.touched_at,
            "reason": slot.reason,
            "message_id": slot.message_id,
            "expires_at": keys.expires_at(slot.touched_at),
        }
    )


def _why_barred(subscriber: Item) -> str:
    """The reason by which the report counts the person; short, without personal data."""
    status = subscriber["status"]["S"] if subscriber else Status.UNKNOWN
    if status == Status.SUBSCRIBED:
        return "texted_in_other_zone"
    return status if status in (Status.OPTED_OUT, Status.HELD) else "not_subscribed"
