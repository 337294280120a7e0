"""The carrier: whoever takes a text and brings it to a phone."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol


class Purpose(StrEnum):
    """Why a text is sent; carriers treat answers otherwise."""

    ANSWER = "answer"  # asked for by the customer's own text: any hour
    MARKETING = "marketing"
    TRIAL = "trial"  # a marketing text to the shop's own staff, before it goes out


@dataclass(frozen=True, slots=True)
class OutboundText:
    """A text to one phone. `context` (at most 5 short entries) comes back in delivery events."""

    to: str
    body: str
    purpose: Purpose
    context: Mapping[str, str] = field(default_factory=dict)
    time_to_live_s: int | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """The carrier has taken the text under this id; it has not arrived yet."""

    message_id: str


class Certainty(StrEnum):
    """What a failed send says about the text: the caller's policy follows from it alone."""

    REFUSED = "refused"  # not sent, and never will be
    POSTPONED = "postponed"  # not sent; the same send may succeed later
    UNKNOWN = "unknown"  # may have been sent: never try again on a guess


class SendFailed(Exception):
    """A send without a receipt. `reason` is a short code without personal data."""

    def __init__(self, certainty: Certainty, reason: str) -> None:
        super().__init__(f"{certainty}: {reason}")
        self.certainty = certainty
        self.reason = reason


# The reason of a refusal because the number is on the carrier's own opt-out list.
OPTED_OUT_AT_CARRIER = "DESTINATION_PHONE_NUMBER_OPTED_OUT"


class Carrier(Protocol):
    """Sends texts."""

    def send(self, text: OutboundText) -> Receipt:
        """Hand the text over once. Raises SendFailed; never repeats the call by itself."""
        ...


class OptOutList(Protocol):
    """The carrier's own list of numbers that it refuses to text: the second barrier."""

    def add(self, phone: str) -> None:
        """Put the number on the list; being on it already is fine."""
        ...

    def remove(self, phone: str) -> None:
        """Take the number off the list; not being on it is fine."""
        ...
