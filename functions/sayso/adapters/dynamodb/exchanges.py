"""The item of an inbound text, with the state of its answer."""

from collections.abc import Mapping
from typing import Any

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.items import Item, from_item, parse_time, to_item
from sayso.domain.exchange import Exchange, InboundText, Mirror, ReplyState
from sayso.domain.vocabulary import Intent


def exchange_item(exchange: Exchange) -> Item:
    """The whole item of an exchange, key and lifetime included."""
    text = exchange.text
    return to_item(
        {
            **keys.inbound_text(text.phone, text.message_id),
            "phone": text.phone,
            "number": text.number,
            "body": text.body,
            "message_id": text.message_id,
            "received_at": text.received_at,
            "door": text.door,
            "answered_by_carrier": text.answered_by_carrier,
            "intent": exchange.intent,
            "rule": exchange.rule,
            "reply": exchange.reply,
            **progress(exchange),
            "expires_at": keys.expires_at(text.received_at),
        }
    )


def progress(exchange: Exchange) -> dict[str, Any]:
    """The attributes that change while an exchange is worked on."""
    changing: dict[str, Any] = {
        "reply_state": exchange.reply_state,
        "reply_message_id": exchange.reply_message_id,
        "reply_reason": exchange.reply_reason,
        "mirror": exchange.mirror,
        "touched_at": exchange.touched_at,
    }
    # Hardly any text erases, and the others' items need not say so.
    return changing | ({"erases": exchange.erases} if exchange.intent is Intent.FORGET else {})


def exchange_from(item: Mapping[str, Any]) -> Exchange:
    """The exchange that an item holds."""
    values = from_item(item)
    received_at = parse_time(values["received_at"])
    if received_at is None:
        raise ValueError("an inbound text without its time")
    text = InboundText(
        phone=values["phone"],
        number=values["number"],
        body=values.get("body", ""),
        message_id=values["message_id"],
        received_at=received_at,
        door=values["door"],
        answered_by_carrier=values["answered_by_carrier"],
    )
    return Exchange(
        text=text,
        intent=Intent(values["intent"]),
        rule=values["rule"],
        reply=values.get("reply", ""),
        reply_state=ReplyState(values["reply_state"]),
        reply_message_id=values.get("reply_message_id", ""),
        reply_reason=values.get("reply_reason", ""),
        mirror=Mirror(values["mirror"]),
        erases=values.get("erases", False),
        touched_at=parse_time(values.get("touched_at")),
    )
