"""Slots as items of the table."""

from collections.abc import Mapping
from typing import Any

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.items import Item, from_item, parse_time, to_item
from sayso.domain.slot import Slot, SlotState


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
        channel=values.get("channel", ""),
        language=values.get("language", ""),
        variant=values.get("variant", ""),
        parts=values.get("parts", 0),
        price=values.get("price"),
        turned_at=parse_time(values.get("turned_at")),
        code=values.get("code", ""),
    )


def slot_item(slot: Slot) -> Item:
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
            "channel": slot.channel,
            "language": slot.language,
            "variant": slot.variant,
            "parts": slot.parts or None,
            "price": slot.price,
            "turned_at": slot.turned_at,
            "code": slot.code,
            "expires_at": keys.expires_at(slot.touched_at),
        }
    )
