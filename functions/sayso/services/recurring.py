"""Recurring campaigns: one alarm at a time, each of which sets the next before it does anything."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from sayso.domain.campaign import Campaign, State, Step
from sayso.domain.recurring import Occurrence, Recurrence
from sayso.domain.reminding import remind_at, reminders_of
from sayso.domain.run import CLOCK_SKEW, Run, RunState
from sayso.services.campaign_checks import recurrence_of, runs_of
from sayso.services.launch import NotYetWritten
from sayso.services.ports.campaigns import CampaignChanged, CampaignStore, CatalogReader, RunMove
from sayso.services.ports.parking import Parking
from sayso.services.ports.queues import LaunchQueue, OccurrenceDue, OpeningDue
from sayso.services.ports.scheduler import Scheduler
from sayso.services.report import figures_of

# So many runs of a campaign are listed and reported one by one; of those before, the sums are kept.
RUNS_LISTED = 60
# An alarm that has not come by then does not come any more.
OVERDUE = timedelta(minutes=15)
_TRIES = 8
_A_PAGE = 100


class Fired(StrEnum):
    """What became of an occurrence."""

    LAUNCHED = "launched"
    MISSED = "missed"  # too late, or the campaign was paused: let go, and counted
    TOO_EARLY = "too_early"
    OVER = "over"  # moved on from before, or nothing recurs any more


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Moves recurring campaigns on, occurrence by occurrence. `new_id` gives occasions their ids.

    Runs of an occurrence do not wait for those of the one before: each person is texted once at
    most in each, and their limits hold over all. Whatever is left out is counted in `missed`.
    """

    store: CampaignStore
    catalog: CatalogReader
    scheduler: Scheduler
    launches: LaunchQueue
    parking: Parking
    new_id: Callable[[], str]

    def fire(self, due: OccurrenceDue, now: datetime, *, is_fresh: bool) -> Fired:
        """Launch the occurrence, once, however often it is told to.

        `is_fresh`: the message is so young that the campaign may not be written yet. Raises
        services.launch.NotYetWritten, NotQueued.
        """
        for _ in range(_TRIES):
            campaign = self.store.get(due.campaign_id)
            if is_fresh and (campaign is None or campaign.state is State.DRAFT):
                raise NotYetWritten(due.campaign_id)
            if campaign is None or not campaign.recurs or campaign.next_at != due.at:
                return Fired.OVER
            if now < due.at - CLOCK_SKEW:
                return Fired.TOO_EARLY
            try:
                return self._move_on(campaign, now)
            except CampaignChanged:
                continue
        raise NotYetWritten(due.campaign_id)

    def look_after(self, now: datetime) -> int:
        """Set every alarm that should be; how many had not come, and are made up for now.

        A part of the daily round: an alarm may have been lost on its way, or removed by somebody.
        """
        lost, position = 0, ""
        while True:
            page = self.store.page(_A_PAGE, position)
            lost += sum(self._look_at(campaign, now) for campaign in page.campaigns)
            if not page.position:
                return lost
            position = page.position

    def _look_at(self, campaign: Campaign, now: datetime) -> int:
        lost: list[OccurrenceDue | OpeningDue] = []
        if campaign.recurs and campaign.next_at:
            due = OccurrenceDue(campaign.id, campaign.next_at)
            if now - due.at > OVERDUE:
                lost.append(due)
            else:
                self._arm(due, now)
        if campaign.state is State.SENDING:
            openings = (
                OpeningDue(run_id, at)
                for run_id in campaign.runs
                for at in self.parking.openings(run_id)
            )
            lost += [one for one in openings if now - one.at > OVERDUE]
        for one in lost:
            self.launches.put_due(one)
        return len(lost)

    def _move_on(self, campaign: Campaign, now: datetime) -> Fired:
        """Everything is armed and queued before the campaign is written: see Campaigns.schedule."""
        recurrence = recurrence_of(campaign, self.catalog.load())
        wall = datetime.fromisoformat(campaign.next_local)
        following = next_occurrence(recurrence, wall, campaign.valid_until)
        if following:
            self._arm(OccurrenceDue(campaign.id, following.at), now)
        occurrence = recurrence.at(wall)
        runs = self._runs(campaign, occurrence, now)
        is_missed = occurrence is not None and len(runs) < len(occurrence.firings)
        runs += self._reminders(campaign, runs, following)
        self._begin(runs, now)
        listed, earlier = self._listed(campaign, runs)
        after = replace(
            waiting_for(campaign, following),
            runs=listed,
            open_runs=campaign.open_runs + len(runs),
            earlier=earlier,
            missed=campaign.missed + is_missed,
        )
        is_over = following is None and after.open_runs == 0
        moved = after.after(Step.FINISH, now) if is_over else after.touched(now)
        self.store.save(campaign, moved, [RunMove(None, run) for run in runs])
        return Fired.LAUNCHED if runs else Fired.MISSED

    def _runs(self, campaign: Campaign, occurrence: Occurrence | None, now: datetime) -> list[Run]:
        if occurrence is None or campaign.state is State.PAUSED:
            return []
        return runs_of(campaign, occurrence.in_time(now), self.new_id())

    def _reminders(
        self, campaign: Campaign, runs: Sequence[Run], following: Occurrence | None
    ) -> list[Run]:
        """Of the last occurrence before they are due: one reminder is enough for everybody."""
        due_at = remind_at(campaign)
        if due_at is None or (following and following.at < due_at):
            return []
        return reminders_of(campaign, runs, self.new_id())

    def _begin(self, runs: Sequence[Run], now: datetime) -> None:
        for run in runs:
            if run.is_due(now):
                self.launches.put(run.id)
            else:
                self.scheduler.arm(run.id, run.due_at)

    def _arm(self, due: OccurrenceDue, now: datetime) -> None:
        """Set the alarm, or do without one where it is due: Scheduler may refuse the past."""
        if due.at - CLOCK_SKEW <= now:
            self.launches.put_due(due)
        else:
            self.scheduler.arm_due(due)

    def _listed(
        self, campaign: Campaign, added: Sequence[Run]
    ) -> tuple[tuple[str, ...], Mapping[str, int]]:
        """The runs to list, and the sums of those before; a run that is open stays listed."""
        sums, kept = Counter(campaign.earlier), list(campaign.runs)
        too_many = len(kept) + len(added) - RUNS_LISTED
        for run_id in campaign.runs[: max(0, too_many)]:
            progress = self.store.progress(run_id)
            if progress and progress.run.state in (RunState.FINISHED, RunState.CANCELLED):
                kept.remove(run_id)
                sums.update({} if progress.run.reminds_of else figures_of(progress))
        return (*kept, *(run.id for run in added)), dict(sums)


def next_occurrence(
    recurrence: Recurrence, wall: datetime, valid_until: datetime | None
) -> Occurrence | None:
    """The occurrence after the one at `wall`, unless the offer is over by then."""
    found = recurrence.following(wall)
    return None if found and valid_until and found.at >= valid_until else found


def waiting_for(campaign: Campaign, occurrence: Occurrence | None) -> Campaign:
    """The campaign with this as its next occurrence; None for no further one."""
    if occurrence is None:
        return replace(campaign, next_at=None, next_local="")
    return replace(campaign, next_at=occurrence.at, next_local=occurrence.wall.isoformat())
