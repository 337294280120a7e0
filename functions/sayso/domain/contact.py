"""A person's relationship with the program, as one immutable record."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Self

from sayso.domain.preference import NO_PREFERENCE, Preference


class Status(StrEnum):
    """Where a number stands. Only `subscribed` may ever be sent marketing."""

    UNKNOWN = "unknown"
    PENDING = "pending"  # asked to confirm
    SUBSCRIBED = "subscribed"
    PAUSED = "paused"  # subscribed, and wants nothing for a while
    HELD = "held"  # may have opted out: no marketing until a person or the customer decides
    OPTED_OUT = "opted_out"
    UNREACHABLE = "unreachable"  # the carrier says for good
    FORGOTTEN = "forgotten"  # opted out, and nothing kept but the proof of that


# Gone of their own will: the carrier's opt-out list should have them too.
LEFT = frozenset({Status.OPTED_OUT, Status.FORGOTTEN})


@dataclass(frozen=True, slots=True)
class Contact:
    """One number's state. Times are aware UTC; empty strings mean not known.

    `revision` counts the changes that inbound texts made; a writer names the revision it read,
    so that of two concurrent changes one loses and looks again. 0 means never stored.
    `ledger_seq` and `ledger_head` name the newest entry of the number's consent ledger. The times
    of what has not been undone stay (an opt-out until the next opt-in), so that a number can be put
    back to where it stood. `last_run_groups` are the groups by which the run that texted the number
    last counts it, one a line. `visited_at` to `visits` are not told by texts: `attributes` are the
    shop's own notes (first name, birthday …), by name; `visits` has the ISO 8601 time of the newest
    visit to each store that is known, by its code, whatever their own store (`location`) is. `zip`
    is the one that they joined by, `referrer` the code of the coupon whose owner sent them.
    """

    phone: str
    status: Status = Status.UNKNOWN
    revision: int = 0
    location: str = ""
    channel: str = ""
    keyword: str = ""
    language: str = ""
    joined_at: datetime | None = None
    asked_at: datetime | None = None
    opted_out_at: datetime | None = None
    held_at: datetime | None = None
    paused_until: datetime | None = None
    unreachable_at: datetime | None = None
    forgotten_at: datetime | None = None
    last_heard_at: datetime | None = None
    fallback_at: datetime | None = None
    replies_since: datetime | None = None
    replies: int = 0
    ledger_seq: int = 0
    ledger_head: str = ""
    last_run: str = ""
    last_run_at: datetime | None = None
    last_run_groups: str = ""
    preference: Preference = NO_PREFERENCE
    visited_at: datetime | None = None
    clicked_at: datetime | None = None
    redeemed_at: datetime | None = None
    attributes: Mapping[str, str] = field(default_factory=dict[str, str], hash=False)
    visits: Mapping[str, str] = field(default_factory=dict[str, str], hash=False)
    zip: str = ""
    referrer: str = ""

    @classmethod
    def stranger(cls, phone: str) -> Self:
        """A number of which nothing is known."""
        return cls(phone=phone)

    def heard(self, at: datetime) -> Self:
        """The same contact one text later."""
        return replace(self, revision=self.revision + 1, last_heard_at=at)
