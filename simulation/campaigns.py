"""Campaigns, runs, plans and counters: few enough for objects, but for the numbers in the plans."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from threading import RLock

from sayso.domain.campaign import Campaign
from sayso.domain.run import Plan, Progress, Run, RunState, Slice
from sayso.services.ports.campaigns import CampaignChanged, CampaignPage, PlanChanged, RunMove

_OVER = (RunState.FINISHED, RunState.CANCELLED)


class SimulatedCampaigns:
    """CampaignStore and PlanStore. `tallies` are the counters of each run; slots add to them.

    A run that is over lets go of the numbers that its plans last queued: nobody asks for those.
    """

    def __init__(self) -> None:
        self.lock = RLock()
        self.tallies: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._campaigns: dict[str, Campaign] = {}
        self._runs: dict[str, Run] = {}
        self._plans: defaultdict[str, dict[Slice, Plan]] = defaultdict(dict)

    def get(self, campaign_id: str) -> Campaign | None:
        return self._campaigns.get(campaign_id)

    def all(self) -> list[Campaign]:
        """Every campaign."""
        return list(self._campaigns.values())

    def runs_of(self, campaign_id: str) -> list[Run]:
        """All runs that a campaign has ever had."""
        return [run for run in self._runs.values() if run.campaign_id == campaign_id]

    def page(self, limit: int, position: str = "") -> CampaignPage:
        rest = [one for one in sorted(self._campaigns, reverse=True) if one < (position or "~")]
        return CampaignPage(
            tuple(self._campaigns[one] for one in rest[:limit]),
            rest[limit - 1] if len(rest) > limit else "",
        )

    def save(self, before: Campaign | None, after: Campaign, runs: Sequence[RunMove] = ()) -> None:
        with self.lock:
            self._require(before, after.id)
            for move in runs:
                if _state(self._runs.get(move.after.id)) != _state(move.before):
                    raise CampaignChanged
            self._campaigns[after.id] = after
            for move in runs:
                self._runs[move.after.id] = move.after
                if move.after.state in _OVER:
                    self._forget_numbers(move.after.id)

    def delete(self, campaign: Campaign) -> None:
        with self.lock:
            self._require(campaign, campaign.id)
            del self._campaigns[campaign.id]

    def run(self, run_id: str) -> Run | None:
        return self._runs.get(run_id)

    def progress(self, run_id: str) -> Progress | None:
        with self.lock:
            run = self._runs.get(run_id)
            if run is None:
                return None
            plans = tuple(self._plans[run_id].values())
            return Progress(run, plans, Counter(self.tallies[run_id]))

    def count(self, run_id: str, tally: Counter[str]) -> None:
        """Add to the counters of the run, and to those of the series that it belongs to."""
        self.tallies[run_id].update(tally)
        if (run := self._runs.get(run_id)) and run.series:
            self.tallies[run.series].update(tally)

    def plan(self, piece: Slice) -> Plan | None:
        return self._plans[piece.run_id].get(piece)

    def record(self, plan: Plan, now: datetime) -> None:  # noqa: ARG002
        with self.lock:
            plans = self._plans[plan.slice.run_id]
            standing = plans.get(plan.slice)
            if (standing.revision if standing else 0) + 1 != plan.revision:
                raise PlanChanged
            plans[plan.slice] = plan

    def _require(self, before: Campaign | None, campaign_id: str) -> None:
        standing = self._campaigns.get(campaign_id)
        if (standing and standing.revision) != (before and before.revision):
            raise CampaignChanged

    def _forget_numbers(self, run_id: str) -> None:
        plans = self._plans[run_id]
        for piece, plan in plans.items():
            plans[piece] = replace(plan, queued=())


def _state(run: Run | None) -> RunState | None:
    return run.state if run else None
