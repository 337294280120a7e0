"""A run is due: start it and cut its audience into slices, or go on where it was left."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sayso.domain.campaign import Campaign, State, Step, StepRefused
from sayso.domain.run import Launch, Run, RunState, Slice
from sayso.services.closing import Closing
from sayso.services.parking import Return
from sayso.services.ports.audience import AudienceIndex
from sayso.services.ports.campaigns import CampaignChanged, CampaignStore, RunMove
from sayso.services.ports.queues import LaunchQueue, OpeningDue, RunDue, SliceQueue

_TRIES = 8


class Launched(StrEnum):
    """What became of a launch message."""

    STARTED = "started"
    RESUMED = "resumed"
    TOO_EARLY = "too_early"
    PAUSED = "paused"
    CANCELLED = "cancelled"
    FINISHED = "finished"
    NO_SUCH_RUN = "no_such_run"


class NotYetWritten(Exception):
    """What is due cannot be read yet, or it keeps changing: deliver the message again."""


@dataclass(frozen=True, slots=True)
class Launcher:
    """Starts runs, each once, however often it is told to, and goes on with those resumed."""

    store: CampaignStore
    audience: AudienceIndex
    slices: SliceQueue
    launches: LaunchQueue
    returns: Return
    closing: Closing

    def launch(
        self,
        run_id: str,
        now: datetime,
        *,
        is_fresh: bool,
        is_time_short: Callable[[], bool] = lambda: False,
    ) -> Launched:
        """Start the run and queue its slices.

        `is_fresh`: the message is so young that a run missing from the table may only be late, and
        one that is paused about to go on; an older one belongs to a scheduling that was never
        completed. A second launch queues the slices that are left, since the first may have
        crashed in between, and brings back what was parked. Raises NotYetWritten, NotQueued.
        """
        for _ in range(_TRIES):
            run = self.store.run(run_id)
            if run is None:
                return _unless_fresh(Launched.NO_SUCH_RUN, run_id, is_fresh=is_fresh)
            found = self._found(run, now)
            if found is Launch.PAUSED:
                return _unless_fresh(Launched.PAUSED, run_id, is_fresh=is_fresh)
            if found is Launch.START and not self._start(run, now):
                continue
            if found in (Launch.START, Launch.RESUME):
                self.slices.put(self._slices_left(run))
            if found in (Launch.RESUME, Launch.CANCELLED):
                self._bring_back(run, now, is_time_short)
            return _LAUNCHED[found]
        raise NotYetWritten(run_id)

    def open(self, due: OpeningDue, is_time_short: Callable[[], bool]) -> None:
        """Bring back those who waited for this opening, whatever has become of their run.

        Senders find out: they text, lay by, or wind up. Raises NotQueued.
        """
        if not self.returns.of(due.run_id, due.at, is_time_short):
            self.launches.put_due(due)

    def _found(self, run: Run, now: datetime) -> Launch:
        """What the launch finds; a run that could start, of a paused campaign, is paused too."""
        found = run.launch(now)
        if found is Launch.START:
            campaign = self.store.get(run.campaign_id)
            if campaign and campaign.state is State.PAUSED:
                return Launch.PAUSED
        return found

    def _start(self, run: Run, now: datetime) -> bool:
        """Whether the run has been started here; False if it, or its campaign, has changed."""
        campaign = self.store.get(run.campaign_id)
        if campaign is None:
            return False
        try:
            sending = self._with_next(campaign.after(Step.LAUNCH, now), run)
            self.store.save(campaign, sending, [RunMove(run, run.started(now))])
        except (CampaignChanged, StepRefused):
            return False
        return True

    def _with_next(self, campaign: Campaign, started: Run) -> Campaign:
        """The campaign with the time of its next run; a recurring one knows that already."""
        if campaign.recurs:
            return campaign
        others = (self.store.run(run_id) for run_id in campaign.runs if run_id != started.id)
        waiting = [run.due_at for run in others if run and run.state is RunState.WAITING]
        return replace(campaign, next_at=min(waiting, default=None))

    def _bring_back(self, run: Run, now: datetime, is_time_short: Callable[[], bool]) -> None:
        """What was parked; of a cancelled run all of it, so that what a crash left is recorded."""
        is_cancelled = run.state is RunState.CANCELLED
        bring = self.returns.of_all if is_cancelled else self.returns.of_paused
        if not bring(run.id, is_time_short):
            self.launches.put_due(RunDue(run.id))
        # The last batch may have ended while the run was paused.
        self.closing.close_if_done(run.id, now)

    def _slices_left(self, run: Run) -> list[Slice]:
        progress = self.store.progress(run.id)
        planned = {plan.slice for plan in progress.plans if plan.is_over} if progress else set()
        every = (
            Slice(run.id, location, shard)
            for location in run.locations
            for shard in self.audience.shards()[: 1 if run.is_bucket else None]
        )
        return [piece for piece in every if piece not in planned]


def _unless_fresh(launched: Launched, run_id: str, *, is_fresh: bool) -> Launched:
    if is_fresh:
        raise NotYetWritten(run_id)
    return launched


_LAUNCHED = {
    Launch.START: Launched.STARTED,
    Launch.RESUME: Launched.RESUMED,
    Launch.TOO_EARLY: Launched.TOO_EARLY,
    Launch.CANCELLED: Launched.CANCELLED,
    Launch.FINISHED: Launched.FINISHED,
}
