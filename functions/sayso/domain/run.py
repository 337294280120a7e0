"""A run: one firing of a campaign, cut into slices, its slices into batches.

Every step is recorded before it is acted on, so that a redelivered step finds what its
predecessor did, and a run ends only when each of its batches has.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self

from sayso.domain.firing_names import Does, firing_name
from sayso.domain.offer import NO_LINKS, Links, Offer
from sayso.domain.recipient import Recipient
from sayso.domain.versions import ONE_VERSION, Versions

# Recipients a batch: its outcomes, counters and end must fit one transaction of 100 actions.
BATCH = 50
# And what those may take: ten messages go in one call of at most 1 MiB to SQS, and one is kept in
# an item of at most 400 KB while its people sleep (AWS's quotas of both, as of 2026-11).
BATCH_OCTETS = 100_000
# What a page's people may take: a checkpoint is one such item.
PAGE_OCTETS = 300_000
# AWS's services may disagree about the time by this much; an earlier firing is somebody's mistake.
CLOCK_SKEW = timedelta(seconds=5)
# The counter of batches that have ended, among the run's counters.
BATCHES_DONE = "batches_done"
# The counter of those whom a series has enrolled: its runs' plans are not added up.
ENROLLED = "enrolled"
# Stands for no location in the id of a batch.
_NOWHERE = "-"


class RunState(StrEnum):
    """How far a run has come."""

    WAITING = "waiting"
    SENDING = "sending"
    PAUSED = "paused"
    FINISHED = "finished"
    CANCELLED = "cancelled"


class Launch(StrEnum):
    """What a launch of a run finds."""

    START = "start"
    RESUME = "resume"  # started before: its slices may not all be queued
    TOO_EARLY = "too_early"
    PAUSED = "paused"
    CANCELLED = "cancelled"
    FINISHED = "finished"


@dataclass(frozen=True, slots=True)
class Run:
    """One firing. Times are aware UTC; the texts are copies, so that senders read one item only.

    The location "" stands for the subscribers who named none. `where` narrows the audience (see
    Campaign); nobody is texted after `valid_until`; `spend_limit` is in millionths of a dollar. One
    that `reminds_of` another run texts those again who have not redeemed what it sent them.
    `offer_ends` is the campaign's own `valid_until` where nobody is texted as late as that.
    """

    id: str
    campaign_id: str
    body: str
    due_at: datetime
    timezone: str
    locations: tuple[str, ...]
    state: RunState = RunState.WAITING
    launched_at: datetime | None = None
    ended_at: datetime | None = None
    where: str = ""
    versions: Versions = ONE_VERSION
    valid_until: datetime | None = None
    spend_limit: int | None = None
    resumed_at: datetime | None = None
    exit_on_reply: bool = False
    valid_from: datetime | None = None
    offer: Offer | None = None
    links: Links = NO_LINKS
    reminds_of: str = ""
    offer_ends: datetime | None = None

    @property
    def meant_for(self) -> datetime:
        """The time that waits are counted from: when it was due, or told to go on."""
        return self.resumed_at or self.due_at

    @property
    def occasion(self) -> str:
        """What the runs of one scheduling share: nobody is texted in two of its time zones.

        The firings of a series share nothing: its enrolments keep people from being texted twice.
        """
        return self.id if self.series else self.id.partition("-")[0]

    @property
    def holds_until(self) -> datetime | None:
        """Until when its offer holds; a firing of a series stops texting before that."""
        return self.offer_ends if self.series else self.valid_until

    @property
    def has_codes(self) -> bool:
        """Whether everybody whom it texts gets a code: for its offer, or to tell their clicks."""
        return self.offer is not None or bool(self.links.targets)

    @property
    def is_series(self) -> bool:
        """Whether it only carries the counters of a triggered campaign, whose id it has."""
        return self.id == self.campaign_id

    @property
    def series(self) -> str:
        """The run that counts this one's texts too; "" unless it is one of a triggered campaign."""
        return self.campaign_id if self.id.startswith(f"{self.campaign_id}-") else ""

    @property
    def is_bucket(self) -> bool:
        """Whether its audience is a bucket of a series rather than the index."""
        name = firing_name(self.id)
        return name is not None and name.does is Does.BUCKET

    def slices(self, shards: int) -> int:
        """Into how many slices it is cut, where the index has so many partitions a location."""
        return len(self.locations) * (1 if self.is_bucket else shards)

    def is_due(self, now: datetime) -> bool:
        return now >= self.due_at - CLOCK_SKEW

    def launch(self, now: datetime) -> Launch:
        """What to do when told at `now` to launch."""
        match self.state:
            case RunState.CANCELLED:
                return Launch.CANCELLED
            case RunState.FINISHED:
                return Launch.FINISHED
            case RunState.PAUSED:
                return Launch.PAUSED
            case RunState.SENDING:
                return Launch.RESUME
        return Launch.START if self.is_due(now) else Launch.TOO_EARLY

    def started(self, now: datetime) -> Self:
        return replace(self, state=RunState.SENDING, launched_at=now)

    def paused(self) -> Self:
        return replace(self, state=RunState.PAUSED)

    def resumed(self, now: datetime) -> Self:
        return replace(self, state=RunState.SENDING, resumed_at=now)

    def finished(self, now: datetime) -> Self:
        return replace(self, state=RunState.FINISHED, ended_at=now)

    def cancelled(self, now: datetime) -> Self:
        return replace(self, state=RunState.CANCELLED, ended_at=now)


def run_ids(occasion: str, count: int) -> tuple[str, ...]:
    """The ids of the `count` runs of one scheduling."""
    if count == 1:
        return (occasion,)
    return tuple(f"{occasion}-{number}" for number in range(1, count + 1))


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of a run's audience that is planned by itself: one partition of one location."""

    run_id: str
    location: str
    shard: int


@dataclass(frozen=True, slots=True)
class Batch:
    """Recipients that one message carries; `id` names it within its run for good."""

    id: str
    recipients: tuple[Recipient, ...]

    @property
    def phones(self) -> tuple[str, ...]:
        return tuple(one.phone for one in self.recipients)


@dataclass(frozen=True, slots=True)
class Plan:
    """How far the planning of a slice has come: the checkpoint after its newest page.

    `queued` holds that page's batches until the next page is recorded, so that a crash between
    recording and queueing loses nobody: whoever comes next queues the very same batches again.
    A complete slice lets go of its last page as soon as that is queued: the ends of batches read
    all of a run's checkpoints.
    `position` is where the next page begins.
    """

    slice: Slice
    targeted: int = 0
    batches: int = 0
    position: str = ""
    queued: tuple[Batch, ...] = ()
    is_complete: bool = False
    revision: int = 0

    @property
    def is_over(self) -> bool:
        """Whether there is nothing left to be queued, as far as anybody has noted."""
        return self.is_complete and not self.queued

    def with_page(self, recipients: Sequence[Recipient], position: str) -> Self:
        """The checkpoint after one more page; an empty `position` ends the slice."""
        batches = tuple(
            Batch(self._batch_id(self.batches + number), tuple(piece))
            for number, piece in enumerate(_cut(recipients))
        )
        return replace(
            self,
            targeted=self.targeted + len(recipients),
            batches=self.batches + len(batches),
            position=position,
            queued=batches,
            is_complete=not position,
            revision=self.revision + 1,
        )

    def without_page(self) -> Self:
        """The checkpoint of a complete slice once its last page is queued for good."""
        return replace(self, queued=(), revision=self.revision + 1)

    def _batch_id(self, number: int) -> str:
        return f"{self.slice.location or _NOWHERE}#{self.slice.shard}#{number}"


def _cut(recipients: Sequence[Recipient]) -> Iterator[list[Recipient]]:
    """The recipients in their order, as many a batch as it holds."""
    piece: list[Recipient] = []
    octets = 0
    for one in recipients:
        if piece and (len(piece) == BATCH or octets + one.octets > BATCH_OCTETS):
            yield piece
            piece, octets = [], 0
        piece.append(one)
        octets += one.octets
    if piece:
        yield piece


def location_of(batch_id: str) -> str:
    """The location that a batch's recipients were found at; "" for those who named none."""
    code = batch_id.partition("#")[0]
    return "" if code == _NOWHERE else code


@dataclass(frozen=True, slots=True)
class Progress:
    """A run with the checkpoints of its slices and its counters, read at one moment."""

    run: Run
    plans: tuple[Plan, ...]
    tally: Mapping[str, int]

    @property
    def targeted(self) -> int:
        return sum(plan.targeted for plan in self.plans) + self.tally.get(ENROLLED, 0)

    def has_ended(self, slices: int) -> bool:
        """Whether all of its `slices` are planned and every batch of theirs has ended.

        A series never ends by that, only with its campaign.
        """
        if self.run.is_series:
            return False
        if len(self.plans) < slices or not all(plan.is_complete for plan in self.plans):
            return False
        return self.tally.get(BATCHES_DONE, 0) >= sum(plan.batches for plan in self.plans)
