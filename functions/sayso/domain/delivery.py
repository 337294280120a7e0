"""What a carrier's delivery event says about a text.

Source: AWS End User Messaging SMS user guide, "Event types for SMS, MMS, and voice" and "Example
event data" (`isFinal`), as of 2026-11.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sayso.domain.slot import Result, SlotState


@dataclass(frozen=True, slots=True)
class DeliveryEvent:
    """One event. `context` is what was sent along with the text; `at` is aware UTC."""

    type: str
    phone: str
    at: datetime
    message_id: str
    is_final: bool
    context: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Meaning:
    """The state of a text once the event is final, and why it did not arrive, if it did not."""

    ends_as: SlotState
    reason: str = ""


_WAITING = _Meaning(SlotState.SENT)
# Event type → what it means when final. Before that, the carrier merely has the text.
MEANINGS: dict[str, _Meaning] = {
    "TEXT_PENDING": _WAITING,
    "TEXT_QUEUED": _WAITING,
    # Depending on the country, accepted by the recipient's carrier is all that is ever reported.
    "TEXT_SUCCESSFUL": _Meaning(SlotState.DELIVERED),
    "TEXT_DELIVERED": _Meaning(SlotState.DELIVERED),
    "TEXT_INVALID": _Meaning(SlotState.UNDELIVERED, "invalid_number"),
    "TEXT_INVALID_MESSAGE": _Meaning(SlotState.UNDELIVERED, "invalid_message"),
    "TEXT_UNREACHABLE": _Meaning(SlotState.UNDELIVERED, "unreachable"),
    "TEXT_CARRIER_UNREACHABLE": _Meaning(SlotState.UNDELIVERED, "carrier_unreachable"),
    "TEXT_BLOCKED": _Meaning(SlotState.UNDELIVERED, "blocked"),
    "TEXT_CARRIER_BLOCKED": _Meaning(SlotState.UNDELIVERED, "carrier_blocked"),
    "TEXT_SPAM": _Meaning(SlotState.UNDELIVERED, "spam"),
    # AWS gives up waiting for the carrier after 72 hours: the text is gone, its end is not known.
    "TEXT_UNKNOWN": _Meaning(SlotState.UNDELIVERED, "not_reported"),
    "TEXT_TTL_EXPIRED": _Meaning(SlotState.UNDELIVERED, "expired"),
    "TEXT_PROTECT_BLOCKED": _Meaning(SlotState.UNDELIVERED, "protect_blocked"),
}
# Delivered to the handset needs no flag: there is nothing after it.
_ALWAYS_FINAL = frozenset({"TEXT_DELIVERED"})


class UnknownEvent(ValueError):
    """A type that the table does not have."""


def meaning(event: DeliveryEvent) -> Result:
    """What the event says about its text. Raises UnknownEvent."""
    known = MEANINGS.get(event.type)
    if known is None:
        raise UnknownEvent(f"{event.type} is no event type of the table")
    if event.is_final or event.type in _ALWAYS_FINAL:
        return Result(known.ends_as, known.reason, event.message_id)
    return Result(SlotState.SENT, message_id=event.message_id)
