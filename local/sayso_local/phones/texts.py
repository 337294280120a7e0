"""What passes through the carrier: texts, the phones they come from and go to, and notices."""

import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sayso.domain.parts import count_parts


class Delivery(StrEnum):
    """How the carrier treats a phone from now on."""

    DELIVERED = "delivered"
    UNREACHABLE = "unreachable"
    BLOCKED = "blocked"
    SPAM = "spam"
    INVALID = "invalid"  # nobody's number, or no mobile phone's
    SILENT = "silent"  # accepted, and never heard of again


class Direction(StrEnum):
    """Seen from the shop's number, as carriers do: `in` is from the phone."""

    IN = "in"
    OUT = "out"


class Channel(StrEnum):
    """Which SNS topic a notice goes to."""

    INBOUND = "inbound"
    EVENT = "event"


@dataclass(frozen=True, slots=True)
class Phone:
    """A customer's phone. `delay_ms`: between a text's acceptance and its final event."""

    number: str
    name: str = ""
    delivery: Delivery = Delivery.DELIVERED
    delay_ms: int = 0

    def as_json(self) -> dict[str, Any]:
        return {
            "phone": self.number,
            "name": self.name,
            "delivery": self.delivery.value,
            "delay_ms": self.delay_ms,
        }


@dataclass(frozen=True, slots=True)
class Text:
    """One text of a phone's thread. `at`: Unix time in seconds; `message_type` only outbound."""

    message_id: str
    phone: str
    direction: Direction
    number: str
    body: str
    parts: int
    encoding: str
    status: str
    at: float
    message_type: str | None = None
    context: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        inbound = self.direction is Direction.IN
        return {
            "message_id": self.message_id,
            "phone": self.phone,
            "direction": self.direction.value,
            "from": self.phone if inbound else self.number,
            "to": self.number if inbound else self.phone,
            "body": self.body,
            "parts": self.parts,
            "encoding": self.encoding,
            "message_type": self.message_type,
            "status": self.status,
            "at": iso(self.at),
            "context": dict(self.context),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Outbound:
    """A text that the carrier has agreed to take."""

    number: str
    phone: str
    body: str
    message_type: str
    context: Mapping[str, str] = field(default_factory=dict)
    time_to_live_s: int | None = None
    wants_events: bool = True


@dataclass(frozen=True, slots=True)
class Notice:
    """What the carrier will tell a topic at `due` (Unix time), and the text's status from then on.

    `seq` orders the notices of a phone; the outbox assigns it.
    """

    due: float
    channel: Channel
    phone: str
    message_id: str
    status: str
    payload: str
    seq: int = 0


def iso(at: float) -> str:
    """Unix time as ISO 8601 in UTC, to the millisecond."""
    moment = datetime.fromtimestamp(at, UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def now() -> float:
    """Unix time, to the millisecond, so that what is shown and what is compared are one value."""
    return int(time.time() * 1000) / 1000


def inbound_text(phone: str, number: str, body: str, message_id: str | None) -> Text:
    """A text that a phone sends now; with an id of its own unless one is given."""
    counted = count_parts(body)
    return Text(
        message_id=message_id or str(uuid.uuid4()),
        phone=phone,
        direction=Direction.IN,
        number=number,
        body=body,
        parts=counted.parts,
        encoding=counted.encoding,
        status="pending",
        at=now(),
    )


def outbound_text(outbound: Outbound) -> Text:
    """A text that leaves for a phone now."""
    counted = count_parts(outbound.body)
    return Text(
        message_id=str(uuid.uuid4()),
        phone=outbound.phone,
        direction=Direction.OUT,
        number=outbound.number,
        body=outbound.body,
        parts=counted.parts,
        encoding=counted.encoding,
        status="queued",
        at=now(),
        message_type=outbound.message_type,
        context=outbound.context,
    )
