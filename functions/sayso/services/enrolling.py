"""Enrolling people in a triggered campaign: each once for what happened, however often it is told.

The alarm of a bucket is set before anyone is let into it: a crash in between leaves an alarm that
finds nobody, never people whom nobody will text.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sayso.domain.campaign import Campaign
from sayso.domain.firing_names import Does, FiringName, firing_name
from sayso.domain.listed import Listed
from sayso.domain.series import Candidate, Enrolment, Standing, bucket_at
from sayso.services.alarms import Alarms
from sayso.services.ports.series import (
    BucketClosed,
    EnrolmentMove,
    EnrolmentsChanged,
    EnrolmentStore,
)

# People a transaction: two actions each, beside the counters.
AT_ONCE = 40
TRIES = 8
_A_TICK = timedelta(milliseconds=1)


class StillChanging(Exception):
    """Enrolments changed under every try: deliver the records again."""


@dataclass(frozen=True, slots=True)
class Entrant:
    """Somebody to be enrolled, as they are listed, and when their text would be due."""

    candidate: Candidate
    person: Listed
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Enroller:
    """Puts people into series: at most one active enrolment each."""

    enrolments: EnrolmentStore
    alarms: Alarms
    clock: Callable[[], datetime]

    def enrol(self, campaign: Campaign, entrants: Sequence[Entrant]) -> int:
        """Enrol those who may be, in order, into the buckets of their time. How many those are.

        Raises StillChanging, NotQueued.
        """
        enrolled, rest = 0, list(entrants)
        while rest:
            turn = {one.candidate.phone: one for one in reversed(rest)}
            enrolled += self._enrol_each(campaign, turn)
            rest = [one for one in rest if turn[one.candidate.phone] is not one]
        return enrolled

    def _enrol_each(self, campaign: Campaign, entrants: Mapping[str, Entrant]) -> int:
        """The same for at most one entrant a person."""
        enrolled: set[str] = set()
        for _ in range(TRIES):
            standing = self.enrolments.standing(campaign.id, entrants)
            fresh = may_enter(campaign, entrants, standing, self.clock())
            is_done = True
            for name, moves in self._buckets(campaign, fresh, standing):
                if self._into_bucket(name, moves):
                    enrolled.update(move.after.phone for move in moves)
                else:
                    is_done = False
            if is_done:
                return len(enrolled)
        raise StillChanging(campaign.id)

    def _buckets(
        self, campaign: Campaign, fresh: Sequence[Entrant], standing: Mapping[str, Standing]
    ) -> list[tuple[FiringName, list[EnrolmentMove]]]:
        now = self.clock()
        found: dict[FiringName, list[EnrolmentMove]] = defaultdict(list)
        for one in fresh:
            at = _bucket_of(one, standing.get(one.candidate.phone), now)
            if campaign.valid_until is None or at < campaign.valid_until:
                name = FiringName(campaign.id, Does.BUCKET, at)
                found[name].append(move_of(one, standing, campaign, str(name)))
        return list(found.items())

    def _into_bucket(self, name: FiringName, moves: Sequence[EnrolmentMove]) -> bool:
        self.alarms.arm(str(name), name.at, self.clock())
        return written(self.enrolments, str(name), moves, self.clock())


def _bucket_of(one: Entrant, standing: Standing | None, now: datetime) -> datetime:
    """The bucket of their time; a later one than their last, so that each enrolment has its run."""
    earlier = firing_name(standing.enrolment.run_id) if standing else None
    due_at = max(one.due_at, earlier.at + _A_TICK) if earlier else one.due_at
    return bucket_at(due_at, now)


def may_enter(
    campaign: Campaign,
    entrants: Mapping[str, Entrant],
    standing: Mapping[str, Standing],
    now: datetime,
) -> list[Entrant]:
    """Those who have no active enrolment, and were not enrolled for this or later events."""
    exits = campaign.schedule is not None and campaign.schedule.exit_on_reply
    return [
        one
        for phone, one in entrants.items()
        if phone not in standing
        or standing[phone].gives_way(one.candidate, now, exit_on_reply=exits)
    ]


def written(
    enrolments: EnrolmentStore, run_id: str, moves: Sequence[EnrolmentMove], now: datetime
) -> bool:
    """Write the enrolments. False if some have to be judged anew."""
    try:
        for start in range(0, len(moves), AT_ONCE):
            enrolments.enrol(run_id, moves[start : start + AT_ONCE], now)
    except (BucketClosed, EnrolmentsChanged):
        return False
    return True


def move_of(
    one: Entrant, standing: Mapping[str, Standing], campaign: Campaign, run_id: str
) -> EnrolmentMove:
    """The enrolment for this run, in the place of what stands there."""
    before = standing.get(one.candidate.phone)
    after = Enrolment(
        campaign_id=campaign.id,
        phone=one.candidate.phone,
        happened_at=one.candidate.happened_at,
        since=one.candidate.since,
        due_at=one.due_at,
        run_id=run_id,
    )
    return EnrolmentMove(before.enrolment if before else None, after, one.person)
