"""The daily round: compare our opt-outs with the carrier's, and end what has run out of time.

A round walks the carrier's list first, then our own contacts. It is kept after every page, so
that it can go on where it stopped, in another worker if need be.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self

from sayso.domain.contact import LEFT, Contact, Status
from sayso.domain.slot import Tally

# A text's opt-out is mirrored within moments, and tried again for minutes: sooner is no drift.
MIRRORED_WITHIN = timedelta(minutes=15)
# What ends by itself: a question without an answer, a pause.
PASSING = frozenset({Status.PENDING, Status.PAUSED})
# Who wants our texts, and cannot get them while the list has their number.
_WITH_US = frozenset({Status.PENDING, Status.SUBSCRIBED, Status.PAUSED})


class Phase(StrEnum):
    """What a round is at."""

    LIST = "list"
    CONTACTS = "contacts"
    DONE = "done"


class Verdict(StrEnum):
    """What is to be done about a number that the carrier's list has."""

    AGREED = "agreed"
    STRANGER = "stranger"
    OPT_OUT = "opt_out"  # it has not left here, and has there since it opted in
    TAKE_OFF = "take_off"  # it opted in after it went on the list


@dataclass(frozen=True, slots=True)
class Round:
    """One round, named by the moment at which it was due. `step` counts the pages it has done."""

    id: str
    started_at: datetime
    phase: Phase = Phase.LIST
    position: str = ""
    step: int = 0
    ended_at: datetime | None = None
    counts: Mapping[str, int] = field(default_factory=dict)

    def after(self, position: str, tally: Tally, now: datetime) -> Self:
        """The round one page later; with no `position` to go on at, its phase is over."""
        counts = Tally(self.counts)
        counts.update(tally)
        counts = Tally({name: count for name, count in counts.items() if count})
        advanced = replace(self, position=position, step=self.step + 1, counts=dict(counts))
        if position:
            return advanced
        following = _NEXT[self.phase]
        return replace(advanced, phase=following, ended_at=now if following is Phase.DONE else None)


_NEXT = {Phase.LIST: Phase.CONTACTS, Phase.CONTACTS: Phase.DONE, Phase.DONE: Phase.DONE}


def verdict(contact: Contact | None, since: datetime | None) -> Verdict:
    """What to do about a number on the carrier's list since then (None: the carrier can't tell)."""
    if contact is None or contact.status is Status.UNKNOWN:
        return Verdict.STRANGER
    if contact.status in LEFT:
        return Verdict.AGREED
    if since is None or not _opted_in_after(contact, since):
        return Verdict.OPT_OUT
    # Who is held or out of reach gets no marketing anyhow, and has to opt in anew.
    return Verdict.TAKE_OFF if contact.status in _WITH_US else Verdict.AGREED


def belongs_on_list(contact: Contact | None, now: datetime) -> bool:
    """Whether the carrier's list should have had this number for a while."""
    if contact is None or contact.status not in LEFT:
        return False
    return contact.opted_out_at is None or now - contact.opted_out_at > MIRRORED_WITHIN


def _opted_in_after(contact: Contact, since: datetime) -> bool:
    moments = [at for at in (contact.joined_at, contact.asked_at) if at]
    return any(at > since for at in moments)
