"""The stages of a recipient's turn in a batch."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from sayso.domain.recipient import Recipient
from sayso.domain.slot import Result, Slot
from sayso.domain.terms import Terms
from sayso.services.composing import Composed


class Then(StrEnum):
    """What a recipient still needs."""

    NOTHING = "nothing"
    LATER = "later"  # the carrier takes no more for now, or the person's window is closed
    HALT = "halt"  # the run has stopped: what becomes of them is not decided here
    AGAIN = "again"  # no time left, or somebody else may be at it: deliver the message again


@dataclass(frozen=True, slots=True)
class Attempt:
    """A turn's end: the slot as last seen (None: unseen), and what it comes to, if anything.

    `opens` is when the window opens that a recipient waits for, `turn` when the number has time
    for them; None where neither is waited for.
    """

    then: Then
    slot: Slot | None = None
    result: Result | None = None
    opens: datetime | None = None
    turn: datetime | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A text as one person is to read it, and the terms that seem to hold for them.

    `attempt` counts the codes that turned out to be somebody else's.
    """

    recipient: Recipient
    composed: Composed
    terms: Terms
    attempt: int = 0


@dataclass(frozen=True, slots=True)
class Ready:
    """A text that may go as soon as its slot is claimed, and until when it is to arrive."""

    draft: Draft
    slot: Slot
    until: datetime


@dataclass(slots=True)
class Turned:
    """What came of a handful of turns, but for the texts that are being handed over.

    `parts` are those of the latter; `again` are to have another turn on other terms.
    """

    attempts: dict[str, Attempt] = field(default_factory=dict[str, Attempt])
    again: list[Draft] = field(default_factory=list[Draft])
    parts: int = 0
