"""Campaigns and their runs, as storage keeps them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sayso.domain.campaign import Campaign
from sayso.domain.catalog import Catalog
from sayso.domain.run import Plan, Progress, Run, Slice


class CampaignChanged(Exception):
    """The campaign, or one of its runs, is not as it was read: read it again and judge anew."""


@dataclass(frozen=True, slots=True)
class RunMove:
    """A run before and after a change; `before` is None for a new one."""

    before: Run | None
    after: Run


@dataclass(frozen=True, slots=True)
class CampaignPage:
    """Campaigns, newest first; `position` is where the next page begins, "" after the last."""

    campaigns: tuple[Campaign, ...]
    position: str


class CampaignStore(Protocol):
    """Keeps campaigns and runs; every read sees every write that has returned."""

    def get(self, campaign_id: str) -> Campaign | None:
        """The campaign, or None."""
        ...

    def page(self, limit: int, position: str = "") -> CampaignPage:
        """At most `limit` campaigns, newest first."""
        ...

    def save(self, before: Campaign | None, after: Campaign, runs: Sequence[RunMove] = ()) -> None:
        """Write the campaign and the runs' moves, or nothing.

        Raises CampaignChanged unless the campaign has `before`'s revision (None: does not exist)
        and each run its `before`'s state.
        """
        ...

    def delete(self, campaign: Campaign) -> None:
        """Remove it. Raises CampaignChanged when it is not as it was read."""
        ...

    def run(self, run_id: str) -> Run | None:
        """The run, or None."""
        ...

    def progress(self, run_id: str) -> Progress | None:
        """The run with its plans and counters, or None."""
        ...


class PlanChanged(Exception):
    """Somebody else plans the same slice at this moment."""


class PlanStore(Protocol):
    """Keeps how far the planning of each slice has come."""

    def plan(self, piece: Slice) -> Plan | None:
        """The slice's newest checkpoint, or None before its first page."""
        ...

    def record(self, plan: Plan, now: datetime) -> None:
        """Store the checkpoint. Raises PlanChanged unless it follows the stored one."""
        ...


class CatalogReader(Protocol):
    """Reads what the shop has set up."""

    def load(self) -> Catalog:
        """The current catalog."""
        ...
