"""What a carrier's delivery event says about a text.

Source: AWS End User Messaging SMS user guide, "Event types for SMS, MMS, and voice" and "Example
event data" (`isFinal`), as of 2026-11.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sayso.domain.slot import Result, SlotState


@dataclass(frozen=True, slots=True)
class DeliveryEvent:
    """One event. `context` is what was sent along with the text; `at` is aware UTC.

    `price` is what the text costs, in millionths of a dollar; None where the event does not say.
    """

    type: str
    phone: str
    at: datetime
    message_id: str
    is_final: bool
    context: Mapping[str, str]
    price: int | None = None


class Suppression(StrEnum):
    """What a text's end says about marketing to that number from then on."""

    NONE = "none"  # it tells of the text, the carrier or the moment, not of the number
    DOUBTFUL = "doubtful"  # one such end tells nothing; `domain.unreached` says how many do
    UNREACHABLE = "unreachable"  # no text will ever arrive there
    OPTED_OUT = "opted_out"  # the carrier calls our texts there unsolicited


@dataclass(frozen=True, slots=True)
class _Meaning:
    """The state of a text once the event is final, and why it did not arrive, if it did not."""

    ends_as: SlotState
    reason: str = ""
    suppresses: Suppression = Suppression.NONE


def _undelivered(reason: str, suppresses: Suppression = Suppression.NONE) -> _Meaning:
    return _Meaning(SlotState.UNDELIVERED, reason, suppresses)


_WAITING = _Meaning(SlotState.SENT)
# Event type → what it means when final. Before that, the carrier merely has the text.
MEANINGS: dict[str, _Meaning] = {
    "TEXT_PENDING": _WAITING,
    "TEXT_QUEUED": _WAITING,
    # Depending on the country, accepted by the recipient's carrier is all that is ever reported.
    "TEXT_SUCCESSFUL": _Meaning(SlotState.DELIVERED),
    "TEXT_DELIVERED": _Meaning(SlotState.DELIVERED),
    # The destination number is not valid: that does not pass.
    "TEXT_INVALID": _undelivered("invalid_number", Suppression.UNREACHABLE),
    "TEXT_INVALID_MESSAGE": _undelivered("invalid_message"),
    # Switched off, or without a network: most often until tomorrow.
    "TEXT_UNREACHABLE": _undelivered("unreachable", Suppression.DOUBTFUL),
    # By the guide a transient error on the carrier's side.
    "TEXT_CARRIER_UNREACHABLE": _undelivered("carrier_unreachable", Suppression.DOUBTFUL),
    # The person's own phone, or their carrier for them, blocks us.
    "TEXT_BLOCKED": _undelivered("blocked", Suppression.DOUBTFUL),
    # A verdict on the words (phishing, prohibited content), which one campaign may earn for all.
    "TEXT_CARRIER_BLOCKED": _undelivered("carrier_blocked"),
    # The person's carrier calls it unsolicited commercial content (docs/decisions/0017).
    "TEXT_SPAM": _undelivered("spam", Suppression.OPTED_OUT),
    # AWS gives up waiting for the carrier after 72 hours: the text is gone, its end is not known.
    "TEXT_UNKNOWN": _undelivered("not_reported"),
    "TEXT_TTL_EXPIRED": _undelivered("expired"),
    # This account's own protect configuration.
    "TEXT_PROTECT_BLOCKED": _undelivered("protect_blocked"),
}
# The reasons of texts that did not arrive and of which several in a row tell of the number.
DOUBTFUL = frozenset(
    one.reason for one in MEANINGS.values() if one.suppresses is Suppression.DOUBTFUL
)
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
        return Result(known.ends_as, known.reason, event.message_id, event.price)
    return Result(SlotState.SENT, message_id=event.message_id, price=event.price)


def suppression(event: DeliveryEvent) -> Suppression:
    """What the event says about marketing to its number; NONE as long as it is not final."""
    known = MEANINGS.get(event.type)
    return known.suppresses if known and event.is_final else Suppression.NONE
