"""A triggered campaign: who enters its series, when their text is due, and when that is over.

Whoever joins, visits, redeems, has their birthday or falls silent is enrolled. Those who are due
at the same moment share a bucket, which becomes one run when its time has come.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from sayso.domain.contact import Contact, Status
from sayso.domain.listed import Listed
from sayso.domain.slot import Slot, SlotState

# A text that is due longer than this was for a moment that has gone.
LATEST = timedelta(days=1)
# What the queue can wait for; what is due later has a schedule.
QUEUE_REACH = timedelta(minutes=14)
# Buckets of what is due soon, and of what has a schedule, which is on time to the minute.
_SOON_GRAIN = timedelta(seconds=10)
_GRAIN = timedelta(minutes=1)
# Long enough for an enrolment to be written before its bucket is closed.
_LEAD = timedelta(seconds=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_UNDER_WAY = frozenset({SlotState.CLAIMED, SlotState.POSTPONED})


class Trigger(StrEnum):
    """What a triggered campaign waits for."""

    JOINED = "joined"
    VISITED = "visited"
    REDEEMED = "redeemed"
    BIRTHDAY = "birthday"
    SILENT = "silent"


# What is found by a look at everyone, once a day, rather than by what happens to someone.
DAILY = frozenset({Trigger.BIRTHDAY, Trigger.SILENT})
_TIME_OF: Mapping[Trigger, str] = {
    Trigger.JOINED: "joined_at",
    Trigger.VISITED: "visited_at",
    Trigger.REDEEMED: "redeemed_at",
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody to whom it happened at `happened_at`; the other times are on record by then.

    A text or an opt-in after `since` ends the wait.
    """

    phone: str
    happened_at: datetime
    since: datetime
    joined_at: datetime | None = None
    last_heard_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A person's newest place in a series: what for, and the run that is to text them.

    `since` is the moment from which on a text of theirs would be a reply.
    """

    campaign_id: str
    phone: str
    happened_at: datetime
    since: datetime
    due_at: datetime
    run_id: str


@dataclass(frozen=True, slots=True)
class Standing:
    """An enrolment with the slot of its run, if that has got so far."""

    enrolment: Enrolment
    slot: Slot | None = None

    def gives_way(self, to: Candidate, now: datetime, *, exit_on_reply: bool) -> bool:
        """Whether a new enrolment may take its place: what happened is newer, and this is over."""
        return to.happened_at > self.enrolment.happened_at and self._is_over(
            to, now, exit_on_reply=exit_on_reply
        )

    def _is_over(self, person: Candidate, now: datetime, *, exit_on_reply: bool) -> bool:
        """The claim refuses whoever has replied or opted in anew, so that theirs is over too."""
        since = self.enrolment.since
        if person.joined_at and person.joined_at > since:
            return True
        if exit_on_reply and person.last_heard_at and person.last_heard_at > since:
            return True
        if self.slot and self.slot.state not in _UNDER_WAY:
            return True
        return now - self.enrolment.due_at > LATEST


def happened(before: Contact | None, after: Contact) -> dict[Trigger, Candidate]:
    """What a change of a subscriber means to triggered campaigns; nothing where it is none."""
    if after.status is not Status.SUBSCRIBED:
        return {}
    found: dict[Trigger, Candidate] = {}
    for trigger, name in _TIME_OF.items():
        at = getattr(after, name)
        was = getattr(before, name) if before else None
        if at and (was is None or at > was):
            found[trigger] = candidate(after, at, at)
    return found


def candidate(person: Contact | Listed, happened_at: datetime, seen_at: datetime) -> Candidate:
    """The person as of `seen_at`, to whom it happened at `happened_at`."""
    known = (seen_at, person.joined_at, person.last_heard_at)
    since = max(at for at in known if at)
    return Candidate(person.phone, happened_at, since, person.joined_at, person.last_heard_at)


def bucket_at(due_at: datetime, now: datetime) -> datetime:
    """The moment at which a text due then is sent together with others: never one that is past."""
    earliest = max(due_at, now + _LEAD)
    grain = _SOON_GRAIN if earliest - now < QUEUE_REACH else _GRAIN
    return _EPOCH + -(-(earliest - _EPOCH) // grain) * grain
