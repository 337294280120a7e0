"""What a marketer does with campaigns. Every change is checked by the domain and written once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sayso.domain.campaign import (
    Campaign,
    Kind,
    State,
    Step,
    StepRefused,
    checked_body,
    checked_name,
)
from sayso.domain.catalog import Catalog
from sayso.domain.parts import Parts, suggest_plain
from sayso.domain.refusal import Refused
from sayso.domain.run import Run, RunState, run_ids
from sayso.domain.schedule import Firing, Schedule, resolve
from sayso.services.ports.audience import AudienceIndex
from sayso.services.ports.campaigns import (
    CampaignChanged,
    CampaignPage,
    CampaignStore,
    CatalogReader,
    RunMove,
)
from sayso.services.ports.queues import LaunchQueue
from sayso.services.ports.scheduler import Scheduler
from sayso.services.report import Report, report_of


class NotFound(Exception):
    """There is no campaign with this id."""


class Conflict(Exception):
    """The campaign, or the shop, is not in a state that allows this; the message says which."""


class UnknownLocation(Refused):
    """The audience names a location that the shop does not have."""


@dataclass(frozen=True, slots=True)
class NewCampaign:
    """What a marketer writes; no `locations` means every subscriber."""

    name: str
    kind: Kind
    body: str
    locations: tuple[str, ...] = ()
    schedule: Schedule | None = None


@dataclass(frozen=True, slots=True)
class CampaignEdit:
    """What is to change; None leaves a field as it is, `unschedule` takes the schedule out."""

    name: str | None = None
    kind: Kind | None = None
    body: str | None = None
    locations: tuple[str, ...] | None = None
    schedule: Schedule | None = None
    unschedule: bool = False


@dataclass(frozen=True, slots=True)
class Preview:
    """What sending a text would mean. `plain` is the body in cheaper characters, "" if none is."""

    audience: int
    parts: Parts
    plain: str


@dataclass(frozen=True, slots=True)
class Campaigns:
    """The campaign use cases.

    Each may raise Refused (invalid input: `field`, `detail`), NotFound or Conflict, and changes
    nothing then.
    """

    store: CampaignStore
    audience: AudienceIndex
    catalog: CatalogReader
    scheduler: Scheduler
    launches: LaunchQueue
    new_id: Callable[[], str]

    def create(self, new: NewCampaign, now: datetime) -> Campaign:
        """Keep a draft. Its schedule, if any, is checked now and takes effect with `schedule`."""
        campaign = Campaign(
            id=self.new_id(),
            name=new.name,
            kind=new.kind,
            body=new.body,
            locations=new.locations,
            schedule=new.schedule,
            created_at=now,
            updated_at=now,
            revision=1,
        )
        campaign = _checked(campaign, self.catalog.load(), now)
        self.store.save(None, campaign)
        return campaign

    def update(self, campaign_id: str, edit: CampaignEdit, now: datetime) -> Campaign:
        """Change a draft."""
        before = self.get(campaign_id)
        changed = replace(
            _stepped(before, Step.EDIT, now),
            name=before.name if edit.name is None else edit.name,
            kind=edit.kind or before.kind,
            body=before.body if edit.body is None else edit.body,
            locations=before.locations if edit.locations is None else edit.locations,
            schedule=None if edit.unschedule else edit.schedule or before.schedule,
        )
        changed = _checked(changed, self.catalog.load(), now)
        self._save(before, changed)
        return changed

    def delete(self, campaign_id: str) -> None:
        """Remove a draft or a cancelled campaign."""
        campaign = self.get(campaign_id)
        _check_step(campaign, Step.DELETE)
        try:
            self.store.delete(campaign)
        except CampaignChanged:
            raise Conflict(_CHANGED) from None

    def get(self, campaign_id: str) -> Campaign:
        campaign = self.store.get(campaign_id)
        if campaign is None:
            raise NotFound(f"There is no campaign {campaign_id}.")
        return campaign

    def page(self, limit: int, position: str = "") -> CampaignPage:
        """A page of campaigns, newest first; `position` is that of the page before."""
        return self.store.page(limit, position)

    def schedule(
        self, campaign_id: str, now: datetime, schedule: Schedule | None = None
    ) -> Campaign:
        """Set the campaign to go out by `schedule`, or by its own. A waiting one is rescheduled.

        The alarms are set before the campaign is written: a crash in between leaves an alarm that
        finds nothing to launch, never a campaign that nobody will launch.
        """
        before = self.get(campaign_id)
        planned = replace(before, schedule=schedule or before.schedule)
        if planned.schedule is None:
            raise Refused("schedule", 'Say when: give a time as "at", or "now": true.')
        scheduled = _stepped(planned, Step.SCHEDULE, now)
        firings = _firings(scheduled, self.catalog.load(), now)
        runs = _runs(scheduled, firings, self.new_id())
        replaced = self._waiting_runs(before)
        self._arm(runs, planned.schedule)
        after = replace(scheduled, runs=tuple(run.id for run in runs), open_runs=len(runs))
        moves = [RunMove(run, run.cancelled(now)) for run in replaced]
        self._save(before, after, [*moves, *(RunMove(None, run) for run in runs)])
        for run in replaced:
            self.scheduler.disarm(run.id)
        return after

    def cancel(self, campaign_id: str, now: datetime) -> Campaign:
        """Stop the campaign; senders stop with their next batch. Cancelling twice is fine."""
        cancelled = self._cancelled(campaign_id, now)
        for run_id in cancelled.runs:
            self.scheduler.disarm(run_id)
        return cancelled

    def preview(self, body: str, locations: Sequence[str]) -> Preview:
        """How many the text would go to now, and how it travels."""
        parts = checked_body(body)
        catalog = self.catalog.load()
        places = _places(_checked_locations(locations, catalog), catalog)
        plain = suggest_plain(body)
        return Preview(
            audience=sum(self.audience.count(place) for place in places),
            parts=parts,
            plain=plain if plain != body else "",
        )

    def report(self, campaign_id: str) -> Report:
        """What came of the campaign so far."""
        campaign = self.get(campaign_id)
        found = [self.store.progress(run_id) for run_id in campaign.runs]
        return report_of(campaign, [progress for progress in found if progress])

    def _arm(self, runs: Sequence[Run], schedule: Schedule) -> None:
        if schedule.now:
            self.launches.put(runs[0].id)
            return
        for run in runs:
            self.scheduler.arm(run.id, run.due_at)

    def _cancelled(self, campaign_id: str, now: datetime) -> Campaign:
        for _ in range(_TRIES):
            before = self.get(campaign_id)
            if before.state is State.CANCELLED:
                return before
            after = replace(_stepped(before, Step.CANCEL, now), open_runs=0)
            moves = [RunMove(run, run.cancelled(now)) for run in self._open_runs(before)]
            try:
                self.store.save(before, after, moves)
            except CampaignChanged:
                continue  # one of its runs began or ended just now; that is no reason to go on
            return after
        raise Conflict(_CHANGED)

    def _open_runs(self, campaign: Campaign) -> list[Run]:
        found = [self.store.run(run_id) for run_id in campaign.runs]
        return [run for run in found if run and run.state in _OPEN]

    def _waiting_runs(self, campaign: Campaign) -> list[Run]:
        return [run for run in self._open_runs(campaign) if run.state is RunState.WAITING]

    def _save(self, before: Campaign, after: Campaign, runs: Sequence[RunMove] = ()) -> None:
        try:
            self.store.save(before, after, runs)
        except CampaignChanged:
            raise Conflict(_CHANGED) from None


_TRIES = 8
_OPEN = (RunState.WAITING, RunState.SENDING)
_CHANGED = "The campaign was changed by someone else at this moment. Look at it and try again."
_NO_PROGRAM = "Set the program up first: a text goes out in its name."


def _stepped(campaign: Campaign, step: Step, now: datetime) -> Campaign:
    try:
        return campaign.after(step, now)
    except StepRefused as refused:
        raise Conflict(str(refused)) from None


def _check_step(campaign: Campaign, step: Step) -> None:
    try:
        campaign.check(step)
    except StepRefused as refused:
        raise Conflict(str(refused)) from None


def _checked(campaign: Campaign, catalog: Catalog, now: datetime) -> Campaign:
    checked_body(campaign.body)
    sound = replace(
        campaign,
        name=checked_name(campaign.name),
        locations=_checked_locations(campaign.locations, catalog),
    )
    if sound.schedule:
        _firings(sound, catalog, now)
    return sound


def _checked_locations(codes: Sequence[str], catalog: Catalog) -> tuple[str, ...]:
    """The codes without repetition."""
    for code in codes:
        if not catalog.location(code):
            known = ", ".join(location.code for location in catalog.locations)
            raise UnknownLocation(
                "audience.locations",
                f"There is no location {code!r}. "
                + (f"There are: {known}." if known else "Add one first."),
            )
    return tuple(dict.fromkeys(codes))


def _places(codes: tuple[str, ...], catalog: Catalog) -> tuple[str, ...]:
    """The audience's locations; everyone's include "", for those who named none."""
    return codes or (*(location.code for location in catalog.locations), "")


def _firings(campaign: Campaign, catalog: Catalog, now: datetime) -> tuple[Firing, ...]:
    if catalog.program is None:
        raise Conflict(_NO_PROGRAM)
    if campaign.schedule is None:
        return ()
    home = catalog.program.timezone
    zones = {location.code: location.timezone for location in catalog.locations} | {"": home}
    # Checked again: a draft's location may have been deleted since.
    codes = _places(_checked_locations(campaign.locations, catalog), catalog)
    return resolve(campaign.schedule, {code: zones[code] for code in codes}, home, now)


def _runs(campaign: Campaign, firings: Sequence[Firing], occasion: str) -> list[Run]:
    return [
        Run(
            id=run_id,
            campaign_id=campaign.id,
            body=campaign.body,
            due_at=firing.at,
            timezone=firing.timezone,
            locations=firing.locations,
        )
        for run_id, firing in zip(run_ids(occasion, len(firings)), firings, strict=True)
    ]
