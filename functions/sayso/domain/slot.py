"""A slot: one person's one text in a run.

It is claimed before the text is sent, and only moves forward, whatever is redelivered, late or
out of order.
"""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self

from sayso.domain.run import location_of

# A sender's whole life is shorter (its function's timeout is at most 60 s), so a claim that is
# older and has no outcome was left by a crash: its text may be on its way.
ATTEMPT = timedelta(seconds=90)
# Names of the counters that the slots of a run add up to are `<state>` or `<state>.<reason>`, for
# everybody, and `<group>|<state>` for each group that the report tells apart.
Tally = Counter[str]
# What a group's name begins with, and what stands between it and what is counted of the group.
LOCATION, CHANNEL, VARIANT = "l=", "c=", "v="
OF_GROUP = "|"
# Counters that are no people: the message parts of texts that were sent, or may have been; of
# those whose price the carrier has said, the parts and the price in millionths of a dollar.
PARTS, PRICED_PARTS, PRICE = "parts", "priced_parts", "price"


class SlotState(StrEnum):
    """How far a person's text has come."""

    CLAIMED = "claimed"  # about to be sent, or sent without anyone having recorded it
    POSTPONED = "postponed"  # surely not sent: may be claimed again
    SKIPPED = "skipped"  # not to be sent
    SENT = "sent"  # the carrier has it
    FAILED = "failed"  # the carrier refused it
    UNKNOWN = "unknown"  # may have been sent: never again, its delivery event tells
    DELIVERED = "delivered"
    UNDELIVERED = "undelivered"


_ARRIVALS = frozenset({SlotState.SENT, SlotState.DELIVERED, SlotState.UNDELIVERED})
# Where a slot may go from where it is. Nothing leads back, and an end is an end.
FORWARD: dict[SlotState | None, frozenset[SlotState]] = {
    None: frozenset({SlotState.CLAIMED, SlotState.SKIPPED}),
    SlotState.CLAIMED: _ARRIVALS
    | {SlotState.POSTPONED, SlotState.SKIPPED, SlotState.FAILED, SlotState.UNKNOWN},
    # A carrier that said "later" and has the text all the same is believed by its event.
    SlotState.POSTPONED: _ARRIVALS | {SlotState.CLAIMED, SlotState.SKIPPED},
    SlotState.UNKNOWN: _ARRIVALS | {SlotState.FAILED},
    SlotState.SENT: frozenset({SlotState.DELIVERED, SlotState.UNDELIVERED}),
    SlotState.SKIPPED: frozenset(),
    SlotState.FAILED: frozenset(),
    SlotState.DELIVERED: frozenset(),
    SlotState.UNDELIVERED: frozenset(),
}


@dataclass(frozen=True, slots=True)
class Slot:
    """One person's place in a run.

    `claim` is the id of the newest attempt, `batch` the batch that the person belongs to;
    `reason` is a short code without personal data. `channel`, `language` and `variant` are what the
    report tells people apart by, besides the location that the batch is for. `price` is what the
    carrier says that the text costs, in millionths of a dollar; None as long as it has not. `code`
    is that of the coupon that the text brings, "" for none.
    """

    run_id: str
    phone: str
    state: SlotState
    batch: str
    claim: str = ""
    touched_at: datetime | None = None
    reason: str = ""
    message_id: str = ""
    channel: str = ""
    language: str = ""
    variant: str = ""
    parts: int = 0
    price: int | None = None
    turned_at: datetime | None = None
    code: str = ""

    @property
    def turn(self) -> datetime | None:
        """When the person's turn came, whatever has become of the text since."""
        return self.turned_at or self.touched_at

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups that it counts for: its location's, its channel's and its variant's."""
        known = (location_group(location_of(self.batch)), f"{CHANNEL}{self.channel}")
        return (*known, f"{VARIANT}{self.variant}") if self.variant else known

    def moved(self, result: "Result", now: datetime) -> Self | None:
        """The slot after a result, or None when that would not be forward."""
        if result.state not in FORWARD[self.state]:
            return None
        return replace(
            self,
            state=result.state,
            reason=result.reason,
            message_id=result.message_id or self.message_id,
            price=self.price if result.price is None else result.price,
            touched_at=now,
            turned_at=self.turn,
        )

    def is_abandoned(self, now: datetime) -> bool:
        """Whether whoever claimed it is surely gone without recording what came of it."""
        return (
            self.state is SlotState.CLAIMED
            and self.touched_at is not None
            and now - self.touched_at > ATTEMPT
        )

    def is_in_flight(self, now: datetime) -> bool:
        """Whether somebody may still be sending it."""
        return self.state is SlotState.CLAIMED and not self.is_abandoned(now)


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a text, from the sender's or the carrier's side; `price` as a slot's."""

    state: SlotState
    reason: str = ""
    message_id: str = ""
    price: int | None = None


def counted(before: Slot | None, after: Slot) -> Tally:
    """What the move from `before` to `after` changes in the run's counters."""
    tally = Tally(_counters(after))
    if before:
        tally.subtract(_counters(before))
    return Tally({name: change for name, change in tally.items() if change})


def totals(tally: Tally) -> Tally:
    """Of some counters those of people, of whatever groups."""
    money = (PARTS, PRICED_PARTS, PRICE)
    return Tally(
        {name: n for name, n in tally.items() if OF_GROUP not in name and name not in money}
    )


def location_group(location: str) -> str:
    """The group of those who were found at a location; "" is for those who named none."""
    return f"{LOCATION}{location}"


def _counters(slot: Slot) -> dict[str, int]:
    if slot.state in (SlotState.CLAIMED, SlotState.POSTPONED):
        return {}
    name = f"{slot.state}.{slot.reason}" if slot.reason else str(slot.state)
    counters = {name: 1} | {f"{group}{OF_GROUP}{slot.state}": 1 for group in slot.groups}
    if slot.parts and slot.state in _MAY_COST:
        counters[PARTS] = slot.parts
    if slot.price is not None:
        counters |= {PRICE: slot.price, PRICED_PARTS: slot.parts}
    return counters


_MAY_COST = _ARRIVALS | {SlotState.UNKNOWN}
