"""The end of a run: when all of its slices are planned and each of their batches has ended."""

from dataclasses import dataclass
from datetime import datetime

from sayso.domain.campaign import State
from sayso.domain.run import Run, RunState
from sayso.services.ports.audience import AudienceIndex
from sayso.services.ports.campaigns import CampaignChanged, CampaignStore, RunMove

_TRIES = 8


@dataclass(frozen=True, slots=True)
class Closing:
    """Ends runs. Whoever completes a slice or a batch asks, so the last of them closes the run."""

    store: CampaignStore
    audience: AudienceIndex

    def close_if_done(self, run_id: str, now: datetime) -> bool:
        """Whether the run has ended with this, and with its last run the campaign.

        Asked again after a crash, or by two at once, it ends but once.
        """
        for _ in range(_TRIES):
            progress = self.store.progress(run_id)
            if progress is None or progress.run.state is not RunState.SENDING:
                return False
            if not progress.has_ended(progress.run.slices(len(self.audience.shards()))):
                return False
            try:
                return self._close(progress.run, now)
            except CampaignChanged:
                continue
        return False

    def _close(self, run: Run, now: datetime) -> bool:
        before = self.store.get(run.campaign_id)
        if before is None or before.state is not State.SENDING:
            return False  # cancelled, and its runs with it
        after = before.without_firing(run.id, now) if run.series else before.without_a_run(now)
        self.store.save(before, after, [RunMove(run, run.finished(now))])
        return True
