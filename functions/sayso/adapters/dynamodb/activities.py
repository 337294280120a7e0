"""Activities in the table: each kept and counted in one transaction, whatever tells it again."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.changes import new_item
from sayso.adapters.dynamodb.items import Item, from_item, parse_time, to_item
from sayso.adapters.dynamodb.transactions import Cancelled, transact
from sayso.domain.activity import Activity, Kind
from sayso.domain.slot import Tally

_NAMES = tuple(one.name for one in fields(Activity))
_TIMES = ("at", "undoes")


@dataclass(frozen=True, slots=True)
class DynamoActivities:
    """ActivityStore and ActivityReader on the table. `client` is a DynamoDB client."""

    client: Any
    table: str

    def record(self, activity: Activity, day: date, tally: Tally, now: datetime) -> bool:
        actions = [new_item(self.table, activity_item(activity, day, now))]
        if tally:
            shard = keys.shard_of(activity.phone)
            actions.append(self._count(keys.day_stats(day.isoformat(), shard), tally, now))
        try:
            transact(self.client, actions)
        except Cancelled:
            return False
        return True

    def get(self, phone: str, day: str, activity_id: str) -> Activity | None:
        key = to_item(keys.activity(phone, day, activity_id))
        found = self.client.get_item(TableName=self.table, Key=key, ConsistentRead=True)
        return activity_from(found["Item"]) if "Item" in found else None

    def _count(self, key: keys.Key, tally: Tally, now: datetime) -> dict[str, Any]:
        names = {f"#n{at}": name for at, name in enumerate(tally)}
        values = {f":n{at}": number for at, number in enumerate(tally.values())}
        adds = ", ".join(f"#n{at} :n{at}" for at in range(len(tally)))
        return {
            "Update": {
                "TableName": self.table,
                "Key": to_item(key),
                "UpdateExpression": f"ADD {adds} SET expires_at = :expires_at",
                "ExpressionAttributeNames": names,
                "ExpressionAttributeValues": to_item(
                    values | {":expires_at": keys.expires_at(now)}
                ),
            }
        }


def activity_item(activity: Activity, day: date, now: datetime) -> Item:
    """The whole item of an activity; `touched_at` is what erasures go by."""
    lasts = keys.expires_soon_at if activity.is_forgotten else keys.expires_at
    values = {name: getattr(activity, name) for name in _NAMES}
    key = keys.activity(activity.phone, day.isoformat(), activity.id)
    return to_item(key | values | {"touched_at": activity.at, "expires_at": lasts(now)})


def activity_from(item: Mapping[str, Any]) -> Activity:
    """The activity that an item holds."""
    values = from_item({name: item[name] for name in _NAMES if name in item})
    values |= {name: parse_time(values[name]) for name in _TIMES if name in values}
    return Activity(**values | {"kind": Kind(values["kind"])})
