"""Slots: who has been texted in a run, and what came of it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sayso.domain.coupon import Coupon
from sayso.domain.run import Run
from sayso.domain.sending_hours import TextLimit
from sayso.domain.slot import Slot, Tally
from sayso.domain.terms import Basis
from sayso.services.ports.issuing import CodeTaken

# Why those are barred whose wait has ended: they have said something meanwhile.
REPLIED = "replied"
OPTED_IN_ANEW = "opted_in_anew"


class Barred(Exception):
    """This person must not be texted now. `slot` is what stands there, None for nothing."""

    def __init__(self, reason: str, slot: Slot | None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.slot = slot


class Misjudged(Exception):
    """The person is on record otherwise than they were judged by: other terms hold for them."""

    def __init__(self, basis: Basis) -> None:
        super().__init__("another location, or another wish")
        self.basis = basis


class Taken(Exception):
    """The person's slot in this run has been claimed before."""

    def __init__(self, slot: Slot) -> None:
        super().__init__(f"the slot is {slot.state}")
        self.slot = slot


class SlotsMoved(Exception):
    """Slots, or the batch, are not as they were read, so nothing was written.

    `current` maps the number of each such slot to what stands there now.
    """

    def __init__(self, current: Mapping[str, Slot | None], *, batch_has_ended: bool) -> None:
        super().__init__(f"{len(current)} slots have moved")
        self.current = current
        self.batch_has_ended = batch_has_ended


@dataclass(frozen=True, slots=True)
class SlotMove:
    """A slot before (None: there was none) and after a change."""

    before: Slot | None
    after: Slot


@dataclass(frozen=True, slots=True)
class Conditions:
    """Under what a slot may be claimed, beside consent.

    `limits` say how many texts the person gets, whichever campaigns they come from. `basis` is what
    the moment was judged by; None where that did not matter. Who has texted or opted in after the
    last two is barred as REPLIED or OPTED_IN_ANEW; None where that is nothing to the text.
    """

    limits: tuple[TextLimit, ...] = ()
    basis: Basis | None = None
    not_heard_since: datetime | None = None
    not_joined_since: datetime | None = None

    def why_over(self, joined_at: datetime | None, heard_at: datetime | None) -> str:
        """The reason for which somebody's wait for a triggered text is over; "" while it is not."""
        if self.not_joined_since and joined_at and joined_at > self.not_joined_since:
            return OPTED_IN_ANEW
        if self.not_heard_since and heard_at and heard_at > self.not_heard_since:
            return REPLIED
        return ""


UNCONDITIONAL = Conditions()


@dataclass(frozen=True, slots=True)
class Wanted:
    """A slot to be claimed, under what conditions, and the coupon that comes with it, if any."""

    slot: Slot
    conditions: Conditions = UNCONDITIONAL
    coupon: Coupon | None = None


Refusal = Barred | Misjudged | Taken | CodeTaken


class SlotStore(Protocol):
    """Keeps slots, and the counters that they add up to."""

    def claim(
        self, run: Run, wanted: Slot, now: datetime, conditions: Conditions = UNCONDITIONAL
    ) -> None:
        """Take the slot for one attempt, if the person is subscribed at this very moment.

        In one transaction: the checks of consent and of the conditions, the note on the subscriber
        that this run is the newest and that a text goes out now, and the slot, which must be new or
        postponed by its own batch. Raises Barred, Misjudged or Taken; a claim whose answer was lost
        may be repeated with the same `wanted.claim`.
        """
        ...

    def claim_all(self, run: Run, wanted: Sequence[Wanted], now: datetime) -> Mapping[str, Refusal]:
        """Take each of a handful of slots (of different numbers) as `claim` takes one.

        Those who can be claimed are, in one transaction; the others' refusals are returned by
        number. Whatever else goes wrong is raised, and then any of them may have been claimed.
        A coupon is kept in the same transaction, unless it is there already, with the uses that it
        has had; CodeTaken is the refusal of one whose code somebody else has, or another run.
        """
        ...

    def give_back(self, unsent: Slot) -> None:
        """Take the claim's text out of what counts against the limits: it was surely not sent.

        It may fail in silence: then the person gets a text less, never one more.
        """
        ...

    def settle(
        self, run_id: str, moves: Sequence[SlotMove], tally: Tally, ended_batch: str, now: datetime
    ) -> None:
        """Write the moves and add `tally` to the run's counters, or nothing (at most 95 moves).

        `ended_batch`, unless "", is the id of a batch that ends with this, once for good. Raises
        SlotsMoved unless every slot is as in its `before` and the batch had not ended.
        """
        ...

    def read(self, run_id: str, phones: Collection[str]) -> dict[str, Slot]:
        """The slots that exist, by number."""
        ...
