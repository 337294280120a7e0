"""What is due of triggered campaigns: buckets of texts, daily looks at everyone, the end."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sayso.domain.campaign import Campaign, State, StepRefused
from sayso.domain.daily import next_look
from sayso.domain.firing_names import Does, FiringName
from sayso.domain.run import Run, RunState
from sayso.domain.series import DAILY, LATEST
from sayso.domain.triggers import time_of_day
from sayso.services.alarms import Alarms
from sayso.services.campaign_checks import zones_of
from sayso.services.launch import NotYetWritten
from sayso.services.ports.campaigns import (
    CampaignChanged,
    CampaignStore,
    CatalogReader,
    RunMove,
)
from sayso.services.ports.series import BucketStore, SeriesReader

# More at once would only wait for the carrier, and all have to fit one transaction to be paused.
OPEN_AT_MOST = 40
_LATER = timedelta(minutes=1)
# The last buckets are begun before their campaign ends.
GRACE = timedelta(minutes=15)
# An alarm that has not come by then does not come any more.
OVERDUE = timedelta(minutes=15)
_CLOCK_SKEW = timedelta(seconds=1)
_TRIES = 8


class Fired(StrEnum):
    """What became of an alarm."""

    BEGUN = "begun"  # there is a run now, or was: launch it
    EMPTY = "empty"
    TOO_EARLY = "too_early"
    TOO_MANY = "too_many"  # of its campaign's runs are open: it is tried again
    PAUSED = "paused"  # it is tried again when the campaign goes on
    ENDED = "ended"
    OVER = "over"  # the campaign is


@dataclass(frozen=True, slots=True)
class Firings:
    """Begins the runs of triggered campaigns, each once, however often it is told to."""

    store: CampaignStore
    buckets: BucketStore
    series: SeriesReader
    catalog: CatalogReader
    alarms: Alarms
    clock: Callable[[], datetime]

    def changed(self, before: Campaign | None, after: Campaign) -> None:
        """Set the alarms of a triggered campaign that has become active, or is so again.

        What came due during a pause is begun; its senders leave out whose moment is too long ago.
        Raises NotQueued.
        """
        was_active = before is not None and before.state is State.SENDING
        if not after.is_triggered or after.state is not State.SENDING or was_active:
            return
        now = self.clock()
        # The looks of a pause are made up for, if they are not too old.
        self._wake(after, now - LATEST if before else now, now, now)

    def look_after(self) -> int:
        """Set every alarm that should be; how many had not come, and are made up for now.

        A part of the daily round: each look sets the alarm of the next, so that one that is lost
        on its way would be the last. Raises NotQueued.
        """
        now, lost = self.clock(), 0
        for campaign in self.series.triggered():
            begun = self.store.run(campaign.id) if campaign.state is State.SENDING else None
            if begun and begun.launched_at:
                since = max(now - LATEST, begun.launched_at)
                lost += self._wake(campaign, since, now - OVERDUE, now)
        return lost

    def _wake(self, campaign: Campaign, since: datetime, until: datetime, now: datetime) -> int:
        """Set the campaign's next alarms, and begin what came due by `until`; how many those are.

        Of its looks those after `since`.
        """
        late = [*self._looks_missed(campaign, since, until)]
        late += self.buckets.overdue(campaign.id, until)
        for name in late:
            self.alarms.arm(name, now, now)
        if _is_daily(campaign):
            self._arm_look(campaign, now, now)
        if campaign.valid_until:
            end = FiringName(campaign.id, Does.END, campaign.valid_until + GRACE)
            self.alarms.arm(str(end), end.at, now)
        return len(late)

    def _looks_missed(self, campaign: Campaign, since: datetime, until: datetime) -> Iterator[str]:
        """The looks between these moments that have made no run."""
        if campaign.schedule is None or not _is_daily(campaign):
            return
        zones = zones_of(campaign, self.catalog.load()).values() or ["UTC"]
        wall = time_of_day(campaign.schedule)
        while (since := next_look(wall, zones, since).at) <= until:
            name = str(FiringName(campaign.id, Does.DAILY, since))
            if self.store.run(name) is None:
                yield name

    def fire(self, name: FiringName) -> Fired:
        """Do what the alarm of this name was set for. Raises NotYetWritten, NotQueued."""
        now = self.clock()
        if now < name.at - _CLOCK_SKEW:
            self.alarms.arm(str(name), name.at, now)
            return Fired.TOO_EARLY
        for _ in range(_TRIES):
            campaign = self.store.get(name.campaign_id)
            if self.store.run(str(name)):
                return self._begun(name, now)
            if campaign is None or campaign.state in (State.CANCELLED, State.FINISHED):
                return Fired.OVER
            try:
                return self._fire(campaign, name, now)
            except (CampaignChanged, StepRefused):
                continue
        raise NotYetWritten(str(name))

    def _fire(self, campaign: Campaign, name: FiringName, now: datetime) -> Fired:
        if name.does is Does.DAILY:
            self._arm_look(campaign, name.at, now)
        if campaign.state is not State.SENDING:
            return Fired.PAUSED
        if name.does is Does.END:
            return self._end(campaign, name, now)
        if len(campaign.runs) > OPEN_AT_MOST:
            self.alarms.arm(str(name), now + _LATER, now)
            return Fired.TOO_MANY
        zones = zones_of(campaign, self.catalog.load())
        if name.does is Does.BUCKET:
            locations = self.buckets.close(str(name), now)
        else:
            is_on = campaign.is_active(name.at)
            locations = _whose_time_it_is(campaign, zones, name.at) if is_on else ()
        if not locations:
            self._begun(name, now)
            return Fired.EMPTY
        run = _run(campaign, name, locations, zones.get(locations[0], "UTC"), now)
        self.store.save(campaign, campaign.with_firing(run.id, now), [RunMove(None, run)])
        return self._begun(name, now)

    def _begun(self, name: FiringName, now: datetime) -> Fired:
        """After its run is written only: until then a bucket is overdue, whoever has closed it."""
        if name.does is Does.BUCKET:
            self.buckets.begun(str(name), now)
        return Fired.BEGUN

    def _end(self, campaign: Campaign, name: FiringName, now: datetime) -> Fired:
        """The end of the offer, once everybody is in a run that has begun."""
        series = self.store.run(campaign.id)
        if self.buckets.overdue(campaign.id, now):
            self.alarms.arm(str(name), now + _LATER, now)
            return Fired.TOO_MANY
        if series is None or series.state is not RunState.SENDING:
            return Fired.OVER
        after = campaign.without_firing(series.id, now)
        self.store.save(campaign, after, [RunMove(series, series.finished(now))])
        return Fired.ENDED

    def _arm_look(self, campaign: Campaign, after: datetime, now: datetime) -> None:
        """Set the alarm of the first daily look after that moment, before any other is made."""
        if campaign.schedule is None:
            return
        zones = zones_of(campaign, self.catalog.load())
        at = next_look(time_of_day(campaign.schedule), zones.values() or ["UTC"], after).at
        self.alarms.arm(str(FiringName(campaign.id, Does.DAILY, at)), at, now)


def _is_daily(campaign: Campaign) -> bool:
    return campaign.schedule is not None and campaign.schedule.on in DAILY


def _whose_time_it_is(campaign: Campaign, zones: dict[str, str], at: datetime) -> tuple[str, ...]:
    """The locations on whose clocks it is the campaign's time of day at that moment."""
    if campaign.schedule is None or not zones:
        return ()
    wall, a_moment_before = time_of_day(campaign.schedule), at - timedelta(seconds=1)
    look = next_look(wall, zones.values(), a_moment_before)
    return tuple(code for code, zone in zones.items() if look.at == at and zone in look.zones)


def _run(
    campaign: Campaign, name: FiringName, locations: tuple[str, ...], zone: str, now: datetime
) -> Run:
    latest = name.at + LATEST
    return Run(
        id=str(name),
        campaign_id=campaign.id,
        body=campaign.body,
        due_at=name.at,
        timezone=zone,
        locations=locations,
        state=RunState.SENDING,
        launched_at=now,
        # Whoever is in a bucket was chosen when they were enrolled.
        where="" if name.does is Does.BUCKET else campaign.where,
        versions=campaign.versions,
        valid_until=min(latest, campaign.valid_until or latest),
        spend_limit=campaign.spend_limit,
        valid_from=campaign.valid_from,
        offer=campaign.offer,
        links=campaign.links,
        offer_ends=campaign.valid_until,
        exit_on_reply=campaign.schedule is not None and campaign.schedule.exit_on_reply,
    )
