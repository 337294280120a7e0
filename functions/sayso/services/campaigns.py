"""What a marketer does with campaigns. Every change is checked by the domain and written once."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from sayso.domain.campaign import Campaign, Kind, State, Step, StepRefused
from sayso.domain.catalog import Catalog
from sayso.domain.offer import NO_LINKS, Links, Offer
from sayso.domain.refusal import Refused
from sayso.domain.reminding import reminders_of
from sayso.domain.run import Run, RunState
from sayso.domain.schedule import Schedule
from sayso.domain.versions import ONE_VERSION, Versions
from sayso.services.audiences import Audiences
from sayso.services.campaign_checks import (
    checked,
    firings_of,
    recurrence_of,
    runs_of,
    series_of,
)
from sayso.services.pausing import BY_HAND, Pausing, Resuming
from sayso.services.ports.audience import AudienceIndex
from sayso.services.ports.campaigns import (
    CampaignChanged,
    CampaignPage,
    CampaignStore,
    CatalogReader,
    RunMove,
)
from sayso.services.ports.queues import LaunchQueue, NotQueued, OccurrenceDue
from sayso.services.ports.scheduler import Scheduler
from sayso.services.proofreading import Proofreader
from sayso.services.recurring import waiting_for
from sayso.services.refusals import Busy, Conflict, Invalid, NotFound
from sayso.services.report import Report, report_of
from sayso.services.reserving import Reserving


@dataclass(frozen=True, slots=True)
class NewCampaign:
    """What a marketer writes, as in domain.campaign.Campaign."""

    name: str
    kind: Kind
    body: str
    locations: tuple[str, ...] = ()
    schedule: Schedule | None = None
    where: str = ""
    segment: str = ""
    versions: Versions = ONE_VERSION
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    spend_limit: int | None = None
    offer: Offer | None = None
    links: Links = NO_LINKS


@dataclass(frozen=True, slots=True)
class CampaignEdit:
    """What is to change: the names of a campaign's fields, each with its new value."""

    changes: Mapping[str, Any]


@contextmanager
def _explained() -> Iterator[None]:
    """Turn the domain's refusals into those of a use case."""
    try:
        yield
    except Refused as refused:
        raise Invalid.because(refused) from None
    except StepRefused as refused:
        raise Conflict(str(refused)) from None
    except CampaignChanged:
        raise Conflict(_CHANGED) from None
    except NotQueued:
        raise Busy("the campaign could not be queued: try again") from None


@dataclass(frozen=True, slots=True)
class Campaigns:
    """The campaign use cases.

    Each may raise one of services.refusals, and changes nothing then.
    """

    store: CampaignStore
    audience: AudienceIndex
    catalog: CatalogReader
    scheduler: Scheduler
    launches: LaunchQueue
    new_id: Callable[[], str]
    audiences: Audiences
    proofreader: Proofreader
    reserving: Reserving

    @_explained()
    def create(self, new: NewCampaign, now: datetime) -> Campaign:
        """Keep a draft. Its schedule, if any, is checked now and takes effect with `schedule`."""
        campaign = Campaign(
            id=self.new_id(),
            created_at=now,
            updated_at=now,
            revision=1,
            **{one.name: getattr(new, one.name) for one in fields(new)},
        )
        catalog = self.catalog.load()
        campaign = checked(self.audiences.checked(campaign, catalog), catalog, now)
        self.proofreader.check(campaign)
        self.store.save(None, campaign)
        return campaign

    @_explained()
    def update(self, campaign_id: str, edit: CampaignEdit, now: datetime) -> Campaign:
        """Change a draft."""
        before = self.get(campaign_id)
        changed = replace(before.after(Step.EDIT, now), **edit.changes)
        catalog = self.catalog.load()
        changed = checked(self.audiences.checked(changed, catalog), catalog, now)
        self.proofreader.check(changed)
        self.store.save(before, changed)
        return changed

    @_explained()
    def delete(self, campaign_id: str) -> None:
        """Remove a draft or a cancelled campaign."""
        campaign = self.get(campaign_id)
        campaign.check(Step.DELETE)
        self.store.delete(campaign)

    def get(self, campaign_id: str) -> Campaign:
        campaign = self.store.get(campaign_id)
        if campaign is None:
            raise NotFound(f"there is no campaign {campaign_id}")
        return campaign

    def page(self, limit: int, position: str = "") -> CampaignPage:
        """A page of campaigns, newest first; `position` is that of the page before."""
        return self.store.page(limit, position)

    @_explained()
    def schedule(
        self, campaign_id: str, now: datetime, schedule: Schedule | None = None
    ) -> Campaign:
        """Set the campaign to go out by `schedule`, or by its own. A waiting one is rescheduled.

        The alarms are set before the campaign is written: a crash in between leaves an alarm that
        finds nothing to launch, never a campaign that nobody will launch.
        """
        before = self.get(campaign_id)
        before.check(Step.SCHEDULE)
        catalog = self.catalog.load()
        planned = replace(before, schedule=schedule or before.schedule)
        planned = self.audiences.copied(planned, catalog)
        if planned.is_triggered:
            return self._activate(before, planned, catalog, now)
        scheduled = planned.after(Step.SCHEDULE, now)
        firings = firings_of(scheduled, catalog, now)
        self.proofreader.pass_for_sending(scheduled, catalog, firings, now)
        if scheduled.recurs:
            runs, reminders = list[Run](), list[Run]()
            first = recurrence_of(scheduled, catalog).first(now)
            after = waiting_for(scheduled, first)
        else:
            runs = runs_of(scheduled, firings, self.new_id())
            reminders = reminders_of(scheduled, runs, self.new_id())
            is_at_once = scheduled.schedule is not None and scheduled.schedule.now
            after = replace(scheduled, next_at=None if is_at_once else firings[0].at, next_local="")
        replaced = self._waiting_runs(before)
        kept = [run_id for run_id in before.runs if run_id not in {run.id for run in replaced}]
        made = [*runs, *reminders]
        after = replace(after, runs=(*kept, *(run.id for run in made)), open_runs=len(made))
        self.reserving.reserve(after, now)
        self._arm(runs, after)
        for run in reminders:
            self.scheduler.arm(run.id, run.due_at)
        moves = [RunMove(run, run.cancelled(now)) for run in replaced]
        self.store.save(before, after, [*moves, *(RunMove(None, run) for run in made)])
        self._disarm(before, after, replaced)
        return after

    @_explained()
    def pause(self, campaign_id: str, now: datetime) -> Campaign:
        """Stop the campaign for now, within seconds. Pausing twice is fine."""
        return self._found(Pausing(self.store).pause_campaign(campaign_id, BY_HAND, now))

    @_explained()
    def resume(self, campaign_id: str, now: datetime) -> Campaign:
        """Go on with the campaign where it was paused."""
        return self._found(Resuming(self.store, self.launches).resume(campaign_id, now))

    @_explained()
    def cancel(self, campaign_id: str, now: datetime) -> Campaign:
        """Stop the campaign for good, within seconds. Cancelling twice is fine."""
        for _ in range(_TRIES):
            before = self.get(campaign_id)
            if before.state is State.CANCELLED:
                return before
            after = replace(
                before.after(Step.CANCEL, now), open_runs=0, next_at=None, next_local=""
            )
            open_runs = self._open_runs(before)
            # So that whoever was parked comes back, and what a crash left of them is recorded.
            for run in open_runs:
                if run.launched_at:
                    self.launches.put(run.id)
            try:
                moves = [RunMove(run, run.cancelled(now)) for run in open_runs]
                self.store.save(before, after, moves)
            except CampaignChanged:
                continue  # one of its runs began or ended just now; that is no reason to go on
            self._disarm(before, after, open_runs)
            return after
        raise Conflict(_CHANGED)

    def report(self, campaign_id: str, now: datetime) -> Report:
        """What came of the campaign so far."""
        campaign = self.get(campaign_id)
        found = [self.store.progress(run_id) for run_id in campaign.counted_runs]
        program = self.catalog.load().program
        price_per_part = program.price_per_part if program else 0
        return report_of(campaign, [one for one in found if one], now, price_per_part)

    def _activate(
        self, before: Campaign, planned: Campaign, catalog: Catalog, now: datetime
    ) -> Campaign:
        """Have a triggered campaign wait for people; `services.firings` hears of it and goes on."""
        firings = firings_of(planned, catalog, now)
        self.proofreader.pass_for_sending(planned, catalog, firings, now)
        replaced = self._waiting_runs(before)
        active = planned.activated(now)
        self.reserving.reserve(active, now)
        moves = [RunMove(run, run.cancelled(now)) for run in replaced]
        self.store.save(before, active, [*moves, RunMove(None, series_of(active, now))])
        for run in replaced:
            self.scheduler.disarm(run.id)
        return active

    def _arm(self, runs: Sequence[Run], campaign: Campaign) -> None:
        if campaign.recurs and campaign.next_at:
            self.scheduler.arm_due(OccurrenceDue(campaign.id, campaign.next_at))
        elif campaign.schedule and campaign.schedule.now:
            self.launches.put(runs[0].id)
        else:
            for run in runs:
                self.scheduler.arm(run.id, run.due_at)

    def _disarm(self, before: Campaign, after: Campaign, runs: Sequence[Run]) -> None:
        """Remove the alarms of these runs, and of an occurrence that is not to come any more."""
        if before.recurs and before.next_at and before.next_at != after.next_at:
            self.scheduler.disarm_due(OccurrenceDue(before.id, before.next_at))
        for run in runs:
            self.scheduler.disarm(run.id)

    def _found(self, campaign: Campaign | None) -> Campaign:
        if campaign is None:
            raise NotFound("there is no such campaign")
        return campaign

    def _open_runs(self, campaign: Campaign) -> list[Run]:
        found = [self.store.run(run_id) for run_id in campaign.runs]
        return [run for run in found if run and run.state in _OPEN]

    def _waiting_runs(self, campaign: Campaign) -> list[Run]:
        return [run for run in self._open_runs(campaign) if run.state is RunState.WAITING]


_TRIES = 8
_OPEN = (RunState.WAITING, RunState.SENDING, RunState.PAUSED)
_CHANGED = "the campaign was changed by someone else at this moment: look at it and try again"
