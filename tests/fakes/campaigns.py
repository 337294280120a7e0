"""Campaigns, runs and the plans of their slices, in memory."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from threading import RLock

from sayso.domain.campaign import Campaign
from sayso.domain.run import Plan, Progress, Run, Slice
from sayso.services.ports.campaigns import CampaignChanged, CampaignPage, PlanChanged, RunMove


class FakeCampaigns:
    """A CampaignStore and PlanStore. `tallies` are the counters of each run; slots add to them."""

    def __init__(self) -> None:
        self.lock = RLock()
        self.campaigns: dict[str, Campaign] = {}
        self.runs: dict[str, Run] = {}
        self.plans: dict[Slice, Plan] = {}
        self.tallies: defaultdict[str, Counter[str]] = defaultdict(Counter)

    def get(self, campaign_id: str) -> Campaign | None:
        return self.campaigns.get(campaign_id)

    def page(self, limit: int, position: str = "") -> CampaignPage:
        newest_first = sorted(self.campaigns, reverse=True)
        rest = [one for one in newest_first if not position or one < position]
        found = tuple(self.campaigns[one] for one in rest[:limit])
        return CampaignPage(found, found[-1].id if len(rest) > limit else "")

    def save(self, before: Campaign | None, after: Campaign, runs: Sequence[RunMove] = ()) -> None:
        with self.lock:
            self._check(before, after.id)
            for move in runs:
                standing = self.runs.get(move.after.id)
                if (standing and standing.state) != (move.before and move.before.state):
                    raise CampaignChanged
            self.campaigns[after.id] = after
            self.runs |= {move.after.id: move.after for move in runs}

    def delete(self, campaign: Campaign) -> None:
        with self.lock:
            self._check(campaign, campaign.id)
            del self.campaigns[campaign.id]

    def run(self, run_id: str) -> Run | None:
        return self.runs.get(run_id)

    def progress(self, run_id: str) -> Progress | None:
        with self.lock:
            run = self.runs.get(run_id)
            plans = tuple(plan for piece, plan in self.plans.items() if piece.run_id == run_id)
            return Progress(run, plans, Counter(self.tallies[run_id])) if run else None

    def count(self, run_id: str, tally: Counter[str]) -> None:
        """Add to the counters of the run, and to those of the series that it belongs to."""
        self.tallies[run_id].update(tally)
        if (run := self.runs.get(run_id)) and run.series:
            self.tallies[run.series].update(tally)

    def plan(self, piece: Slice) -> Plan | None:
        return self.plans.get(piece)

    def record(self, plan: Plan, now: datetime) -> None:
        with self.lock:
            standing = self.plans.get(plan.slice)
            if (standing.revision if standing else 0) != plan.revision - 1:
                raise PlanChanged
            self.plans[plan.slice] = replace(plan)

    def _check(self, before: Campaign | None, campaign_id: str) -> None:
        standing = self.campaigns.get(campaign_id)
        if (standing and standing.revision) != (before and before.revision):
            raise CampaignChanged
