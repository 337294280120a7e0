"""A run is due: start it and cut its audience into slices."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sayso.domain.campaign import Step, StepRefused
from sayso.domain.run import Launch, Run, Slice
from sayso.services.ports.audience import AudienceIndex
from sayso.services.ports.campaigns import CampaignChanged, CampaignStore, RunMove
from sayso.services.ports.queues import SliceQueue

_TRIES = 8


class Launched(StrEnum):
    """What became of a launch message."""

    STARTED = "started"
    RESUMED = "resumed"
    TOO_EARLY = "too_early"
    CANCELLED = "cancelled"
    FINISHED = "finished"
    NO_SUCH_RUN = "no_such_run"


class NotYetWritten(Exception):
    """The run cannot be read yet, or it keeps changing: deliver the message again."""


@dataclass(frozen=True, slots=True)
class Launcher:
    """Starts runs, each once, however often it is told to."""

    store: CampaignStore
    audience: AudienceIndex
    slices: SliceQueue

    def launch(self, run_id: str, now: datetime, *, is_fresh: bool) -> Launched:
        """Start the run and queue its slices.

        `is_fresh`: the message is so young that a run missing from the table may only be late;
        an older one belongs to a scheduling that was never completed. A second launch queues the
        slices again, since the first may have crashed in between; planning a planned slice does
        nothing. Raises NotYetWritten, NotQueued.
        """
        for _ in range(_TRIES):
            run = self.store.run(run_id)
            if run is None:
                if is_fresh:
                    raise NotYetWritten(run_id)
                return Launched.NO_SUCH_RUN
            found = run.launch(now)
            if found not in (Launch.START, Launch.RESUME):
                return Launched(found)
            if found is Launch.START and not self._start(run, now):
                continue
            self.slices.put(self._slices_of(run))
            return Launched.STARTED if found is Launch.START else Launched.RESUMED
        raise NotYetWritten(run_id)

    def _start(self, run: Run, now: datetime) -> bool:
        """Whether the run has been started here; False if it, or its campaign, has changed."""
        campaign = self.store.get(run.campaign_id)
        if campaign is None:
            return False
        try:
            sending = campaign.after(Step.LAUNCH, now)
            self.store.save(campaign, sending, [RunMove(run, run.started(now))])
        except (CampaignChanged, StepRefused):
            return False
        return True

    def _slices_of(self, run: Run) -> list[Slice]:
        return [
            Slice(run.id, location, shard)
            for location in run.locations
            for shard in self.audience.shards()
        ]
