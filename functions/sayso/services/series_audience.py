"""Whom a triggered campaign's run is for: a bucket, or whom a daily look finds and enrols."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sayso.domain.campaign import Campaign
from sayso.domain.daily import found_by
from sayso.domain.listed import Listed
from sayso.domain.run import Run, Slice
from sayso.domain.series import Trigger
from sayso.services.enrolling import (
    TRIES,
    Entrant,
    StillChanging,
    may_enter,
    move_of,
    written,
)
from sayso.services.ports.campaigns import CampaignStore
from sayso.services.ports.series import BucketPage, BucketStore, EnrolmentStore


@dataclass(frozen=True, slots=True)
class SeriesAudience:
    """What a planner asks about a run of a series."""

    store: CampaignStore
    buckets: BucketStore
    enrolments: EnrolmentStore
    clock: Callable[[], datetime]

    def page(self, run: Run, piece: Slice, position: str) -> BucketPage:
        """The next people of the run's bucket at the slice's location."""
        return self.buckets.page(run.id, piece.location, position)

    def admitted(self, run: Run, people: Sequence[Listed]) -> Mapping[str, datetime]:
        """Those whom a daily look enrols, with the moment since which they wait.

        Asked again after a crash, it is the same people. Raises enrolling.StillChanging.
        """
        campaign = self.store.get(run.campaign_id)
        if campaign is None or campaign.schedule is None:
            return {}
        trigger, days = Trigger(campaign.schedule.on), campaign.schedule.days
        found = {
            person.phone: Entrant(candidate, person, run.due_at)
            for person in people
            if (candidate := found_by(trigger, days, person, run.due_at, run.timezone))
        }
        admitted = self._admit(campaign, run.id, found)
        return {phone: found[phone].candidate.since for phone in found if phone in admitted}

    def _admit(
        self, campaign: Campaign, run_id: str, found: Mapping[str, Entrant]
    ) -> frozenset[str]:
        """The numbers enrolled for this very run, by now or before a crash."""
        for _ in range(TRIES):
            standing = self.enrolments.standing(campaign.id, found)
            ours = {phone for phone, one in standing.items() if one.enrolment.run_id == run_id}
            fresh = may_enter(campaign, found, standing, self.clock())
            moves = [move_of(one, standing, campaign, run_id) for one in fresh]
            if written(self.enrolments, run_id, moves, self.clock()):
                return frozenset(ours | {move.after.phone for move in moves})
        raise StillChanging(run_id)
