"""Enrolments in triggered campaigns, each written with its place in a bucket and the counter."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.buckets import due_item, head_update
from sayso.adapters.dynamodb.items import Item, from_item, parse_time, to_item
from sayso.adapters.dynamodb.reads import get_items
from sayso.adapters.dynamodb.slot_items import slot_from
from sayso.adapters.dynamodb.transactions import Cancelled, transact
from sayso.domain.firing_names import Does, firing_name
from sayso.domain.run import ENROLLED
from sayso.domain.series import Enrolment, Standing
from sayso.services.ports.series import BucketClosed, EnrolmentMove, EnrolmentsChanged

_KEYS_A_READ = 100
_HEAD = 0


@dataclass(frozen=True, slots=True)
class DynamoEnrolments:
    """EnrolmentStore on the table. `client` is a DynamoDB client."""

    client: Any
    table: str

    def standing(self, campaign_id: str, phones: Collection[str]) -> dict[str, Standing]:
        wanted = [keys.enrolment(phone, campaign_id) for phone in sorted(set(phones))]
        enrolments = [_enrolment_from(item) for item in self._read(wanted)]
        texted = [keys.slot(one.phone, one.run_id) for one in enrolments]
        slots = {slot.phone: slot for slot in map(slot_from, self._read(texted))}
        return {one.phone: Standing(one, slots.get(one.phone)) for one in enrolments}

    def enrol(self, run_id: str, moves: Sequence[EnrolmentMove], now: datetime) -> None:
        name = firing_name(run_id)
        is_bucket = name is not None and name.does is Does.BUCKET
        actions = [head_update(self.table, run_id, moves)] if is_bucket else []
        actions.append(self._count(run_id, moves, now))
        for move in moves:
            actions.append(self._put(move))
            if is_bucket:
                actions.append({"Put": {"TableName": self.table, "Item": due_item(move)}})
        try:
            transact(self.client, actions)
        except Cancelled as cancelled:
            if is_bucket and _HEAD in cancelled.failed:
                raise BucketClosed(run_id) from None
            raise EnrolmentsChanged(run_id) from None

    def _read(self, wanted: Sequence[keys.Key]) -> list[Item]:
        items = [to_item(key) for key in wanted]
        pieces = [items[at : at + _KEYS_A_READ] for at in range(0, len(items), _KEYS_A_READ)]
        return [item for piece in pieces for item in get_items(self.client, self.table, piece)]

    def _put(self, move: EnrolmentMove) -> dict[str, Any]:
        put: dict[str, Any] = {"TableName": self.table, "Item": _enrolment_item(move)}
        if move.before is None:
            put["ConditionExpression"] = "attribute_not_exists(pk)"
        else:
            # What for and for which run tell one enrolment from every other.
            put["ConditionExpression"] = "happened_at = :happened_at AND run_id = :run_id"
            before = {":happened_at": move.before.happened_at, ":run_id": move.before.run_id}
            put["ExpressionAttributeValues"] = to_item(before)
        return {"Put": put}

    def _count(self, run_id: str, moves: Sequence[EnrolmentMove], now: datetime) -> dict[str, Any]:
        shard = str(keys.shard_of(moves[0].after.phone))
        values = {":people": len(moves), ":expires_at": keys.expires_at(now)}
        return {
            "Update": {
                "TableName": self.table,
                "Key": to_item(keys.stats(keys.series_of(run_id), shard)),
                "UpdateExpression": "ADD #enrolled :people SET expires_at = :expires_at",
                "ExpressionAttributeNames": {"#enrolled": ENROLLED},
                "ExpressionAttributeValues": to_item(values),
            }
        }


def _enrolment_item(move: EnrolmentMove) -> Item:
    one = move.after
    return to_item(
        {
            **keys.enrolment(one.phone, one.campaign_id),
            "campaign_id": one.campaign_id,
            "phone": one.phone,
            "happened_at": one.happened_at,
            "since": one.since,
            "due_at": one.due_at,
            "run_id": one.run_id,
            # Where in the bucket they are, for an erasure to find them.
            "place": move.person.location,
            "expires_at": keys.expires_at(one.due_at),
        }
    )


def _enrolment_from(item: Mapping[str, Any]) -> Enrolment:
    values = from_item(item)
    happened_at, since, due_at = (
        parse_time(values[name]) for name in ("happened_at", "since", "due_at")
    )
    if happened_at is None or since is None or due_at is None:
        raise ValueError("an enrolment without its times")
    return Enrolment(
        values["campaign_id"], values["phone"], happened_at, since, due_at, values["run_id"]
    )
