"""Pausing a campaign and going on with it, mid-run.

A pause moves the campaign and all of its runs that are being sent in one write. Planners stop at
their next page and senders within about a second; what they hold is laid by (services.parking).
"""

from dataclasses import dataclass, replace
from datetime import datetime

from sayso.domain.campaign import Campaign, State, Step, StepRefused
from sayso.domain.run import Run, RunState
from sayso.services.ports.campaigns import CampaignChanged, CampaignStore, RunMove
from sayso.services.ports.queues import LaunchQueue

# Why a campaign is paused, unless a ceiling is reached: those have their own (domain.spending).
BY_HAND = "by hand"

_TRIES = 8


@dataclass(frozen=True, slots=True)
class Pausing:
    """Pauses campaigns."""

    store: CampaignStore

    def pause(self, run_id: str, reason: str, now: datetime) -> bool:
        """Pause the run's campaign. Whether it is paused then: it may just have ended.

        Raises CampaignChanged where others keep changing it: nothing has been done.
        """
        run = self.store.run(run_id)
        if run is None or run.state not in (RunState.SENDING, RunState.PAUSED):
            return False
        try:
            return self.pause_campaign(run.campaign_id, reason, now) is not None
        except StepRefused:
            return False

    def pause_campaign(self, campaign_id: str, reason: str, now: datetime) -> Campaign | None:
        """The campaign, paused: by the first reason, if twice; None where there is none.

        Raises StepRefused, CampaignChanged.
        """
        for _ in range(_TRIES):
            before = self.store.get(campaign_id)
            if before is None or before.state is State.PAUSED:
                return before
            after = replace(before.after(Step.PAUSE, now), paused_reason=reason)
            runs = _in_state(self.store, before, RunState.SENDING)
            try:
                self.store.save(before, after, [RunMove(run, run.paused()) for run in runs])
            except CampaignChanged:
                continue
            return after
        raise CampaignChanged(campaign_id)


@dataclass(frozen=True, slots=True)
class Resuming:
    """Goes on with paused campaigns."""

    store: CampaignStore
    launches: LaunchQueue

    def resume(self, campaign_id: str, now: datetime) -> Campaign | None:
        """The campaign, going on; None where there is none.

        The runs' launches, which bring back what was laid by, are queued before the campaign is
        written: a crash in between leaves launches that find it paused, never one that nobody goes
        on with. Raises StepRefused, CampaignChanged, NotQueued.
        """
        for _ in range(_TRIES):
            before = self.store.get(campaign_id)
            if before is None:
                return None
            paused = _in_state(self.store, before, RunState.PAUSED)
            step = Step.RESUME if paused else Step.WAIT
            after = replace(before.after(step, now), paused_reason="")
            waiting = _in_state(self.store, before, RunState.WAITING)
            for run in (*paused, *(run for run in waiting if run.is_due(now))):
                self.launches.put(run.id)
            try:
                moves = [RunMove(run, run.resumed(now)) for run in paused]
                self.store.save(before, after, moves)
            except CampaignChanged:
                continue
            return after
        raise CampaignChanged(campaign_id)


def _in_state(store: CampaignStore, campaign: Campaign, state: RunState) -> list[Run]:
    found = (store.run(run_id) for run_id in campaign.runs)
    return [run for run in found if run and run.state is state]
