"""What the table's stream tells of its changes: which function each one wakes, in what form."""

from collections.abc import Sequence
from typing import Any

from benchmarks.metering import Meter
from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.items import Item
from sayso.handlers import activity, triggers

# What a second's texts change, the stream's window, shared by the four partitions that a table on
# demand has at least (its 4,000 writes a second at first, 1,000 a partition; developer guide).
A_SECOND_S = 90 // 4
_SUBSCRIBER = keys.subscriber("")["sk"]
_COUPON, _USE = keys.coupon("")["sk"], keys.use("", "")["sk"]


def wakes_triggers(item: Item) -> bool:
    """Whether the filters let this new image through to `triggers` (tests hold it to them)."""
    return bool(item["sk"]["S"] == _SUBSCRIBER or item["pk"]["S"] == keys.TRIGGERED)


def wakes_activity(item: Item) -> bool:
    """Whether they let it through to `activity`: a coupon only once somebody has clicked."""
    pk, sk = str(item["pk"]["S"]), str(item["sk"]["S"])
    is_clicked = sk == _COUPON and "clicked_at" in item
    return sk == _SUBSCRIBER or pk == keys.CAMPAIGN or sk.startswith(_USE) or is_clicked


def record_of(number: int, old: Item, new: Item) -> dict[str, Any]:
    """A change as Lambda hands it over; `old` is empty where there was nothing."""
    return {
        "eventID": f"{number:032x}",
        "eventName": "MODIFY" if old else "INSERT",
        "dynamodb": {
            "Keys": {name: new[name] for name in ("pk", "sk")},
            "NewImage": new,
            **({"OldImage": old} if old else {}),
        },
    }


def told(meter: Meter, changes: Sequence[tuple[Item, Item]], at_once: int) -> None:
    """Wake the functions that the stream feeds with what has changed, so many a call."""
    records = [record_of(number, *change) for number, change in enumerate(changes)]
    consumers = (("activity", activity, wakes_activity), ("triggers", triggers, wakes_triggers))
    for step, consumer, wakes in consumers:
        woken = [one for one in records if wakes(one["dynamodb"]["NewImage"])]
        for start in range(0, len(woken), at_once):
            meter.call(step, consumer.handler, woken[start : start + at_once])
