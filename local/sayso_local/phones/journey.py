"""What becomes of a text on its way to a phone, and how delivery events tell it.

Field names and descriptions: End User Messaging SMS user guide, "Example event data".
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sayso_local.phones.conditions import Conditions
from sayso_local.phones.numbers import country_of
from sayso_local.phones.texts import Channel, Delivery, Notice, Phone, Text

# The networks that the events name: Mobile Country Code and Mobile Network Code (ITU-T E.212).
_NETWORKS = {"US": ("310", "260"), "CA": ("302", "720")}


@dataclass(frozen=True, slots=True)
class Step:
    """One event on the way. Its type is the status with `TEXT_` before it."""

    status: str
    is_final: bool
    description: str


QUEUED = Step("QUEUED", False, "Message has been queued for delivery")
ACCEPTED = Step("SUCCESSFUL", False, "Message has been accepted by phone carrier")
EXPIRED = Step("TTL_EXPIRED", True, "Message was not delivered within its time to live")
ENDS: Mapping[Delivery, tuple[Step, ...]] = {
    Delivery.DELIVERED: (ACCEPTED, Step("DELIVERED", True, "Message has been accepted by phone")),
    Delivery.UNREACHABLE: (
        Step("UNREACHABLE", True, "Phone is currently unreachable/unavailable"),
    ),
    Delivery.BLOCKED: (Step("CARRIER_BLOCKED", True, "Phone carrier has blocked this message"),),
    Delivery.SPAM: (Step("SPAM", True, "Phone carrier has identified this message as spam"),),
    Delivery.INVALID: (Step("INVALID", True, "Phone number is not valid"),),
    Delivery.SILENT: (ACCEPTED,),
}


@dataclass(frozen=True, slots=True)
class Departure:
    """A text as it leaves, and what its events repeat about it."""

    text: Text
    time_to_live_s: int | None
    wants_events: bool


def notices_of(departure: Departure, phone: Phone, conditions: Conditions) -> Iterator[Notice]:
    """Every event of the text, with the time at which it is due."""
    at, delay_s = departure.text.at, phone.delay_ms / 1000
    ttl = departure.time_to_live_s
    yield _notice(departure.text, QUEUED, at, conditions, departure.wants_events)
    if ttl is not None and delay_s > ttl:
        yield _notice(departure.text, EXPIRED, at + ttl, conditions, departure.wants_events)
        return
    for step in ENDS[phone.delivery]:
        yield _notice(departure.text, step, at + delay_s, conditions, departure.wants_events)


def _notice(
    text: Text, step: Step, due: float, conditions: Conditions, wants_event: bool
) -> Notice:
    payload = json.dumps(delivery_event(text, step, due, conditions)) if wants_event else ""
    return Notice(due, Channel.EVENT, text.phone, text.message_id, step.status.lower(), payload)


def delivery_event(text: Text, step: Step, at: float, conditions: Conditions) -> dict[str, Any]:
    """The event as the event destination's topic gets it; times in Unix milliseconds."""
    event: dict[str, Any] = {
        "eventType": f"TEXT_{step.status}",
        "eventVersion": "1.0",
        "eventTimestamp": round(at * 1000),
        "isFinal": step.is_final,
        "originationPhoneNumber": text.number,
        "destinationPhoneNumber": text.phone,
        **_place(text.phone),
        "messageId": text.message_id,
        "messageRequestTimestamp": round(text.at * 1000),
        "messageEncoding": "GSM" if text.encoding == "GSM-7" else "UNICODE",
        "messageType": text.message_type,
        "messageStatus": step.status,
        "messageStatusDescription": step.description,
        "totalMessageParts": text.parts,
        "totalMessagePrice": round(conditions.price_per_part * text.parts, 5),
        "totalCarrierFee": round(conditions.carrier_fee_per_part * text.parts, 5),
    }
    if text.context:
        event["context"] = dict(text.context)
    return event


def _place(phone: str) -> dict[str, str]:
    country = country_of(phone)
    if country is None:
        return {}
    if country not in _NETWORKS:
        return {"isoCountryCode": country}
    mcc, mnc = _NETWORKS[country]
    return {"isoCountryCode": country, "mcc": mcc, "mnc": mnc}


def inbound_payload(text: Text, account: str, previous: str | None) -> dict[str, Any]:
    """What the two-way channel's topic gets. It has no time: SNS's envelope has one."""
    payload = {
        "originationNumber": text.phone,
        "destinationNumber": text.number,
        # The keyword registered with the number, not the customer's first word.
        "messageKeyword": f"KEYWORD_{account}",
        "messageBody": text.body,
        "inboundMessageId": text.message_id,
    }
    return {**payload, "previousPublishedMessageId": previous} if previous else payload
