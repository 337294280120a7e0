"""A campaign engine in memory whose subscribers' changes are told to triggered campaigns."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from sayso.domain.campaign import Campaign, Kind
from sayso.domain.contact import Contact, Status
from sayso.domain.firing_names import firing_name
from sayso.domain.schedule import Schedule
from sayso.services.alarms import Alarms
from sayso.services.campaigns import NewCampaign
from sayso.services.enrolling import Enroller
from sayso.services.firings import Fired, Firings
from sayso.services.triggers import Triggers
from tests.support.bluebird import ANA
from tests.support.campaign_world import CampaignWorld
from tests.support.campaigns import BODY, a_subscriber

WELCOME = Schedule(on="joined")
VISITED = Schedule(on="visited", delay_minutes=60)


class TriggeredWorld(CampaignWorld):
    """Its people join, visit, reply and stop; `stream` holds the changes nobody has heard of."""

    def __init__(self, contacts: Iterable[Contact] = (), *, page_size: int = 1000) -> None:
        super().__init__(contacts, page_size=page_size)
        alarms = Alarms(self.launches, self.scheduler)
        enroller = Enroller(self.enrolments, alarms, lambda: self.now)
        self.triggers = Triggers(
            self.enrolments, self.catalog, enroller, self.planner.chooser.named, lambda: self.now
        )
        self.firings = Firings(
            self.store, self.enrolments, self.enrolments, self.catalog, alarms, lambda: self.now
        )
        self.stream: list[tuple[Contact | None, Contact]] = []

    def triggered(self, schedule: Schedule = WELCOME, *locations: str) -> Campaign:
        """A campaign that waits for people."""
        new = NewCampaign("Welcome", Kind.OFFER, BODY, locations, schedule)
        draft = self.campaigns.create(new, self.now)
        return self.activated(draft)

    def activated(self, draft: Campaign) -> Campaign:
        active = self.campaigns.schedule(draft.id, self.now)
        self.firings.changed(None, active)
        return active

    def begun(self) -> Campaign:
        """A triggered campaign whose run for Ana, who has just joined, is about to text her."""
        campaign = self.triggered()
        self.joins(ANA)
        self.tell()
        (name,) = self.launches.messages
        self.later(timedelta(seconds=20))
        self.fire(name)
        self.launch(name)
        self.plan_all()
        return campaign

    def changes(self, phone: str, **changes: object) -> None:
        """Something about the person changes; the stream has it until it is told."""
        before = self.slots.contacts.get(phone)
        after = replace(before or a_subscriber(phone), **changes)  # type: ignore[arg-type]
        self.put(after)
        self.stream.append((before, after))

    def joins(self, phone: str, location: str = "DOWNTOWN") -> None:
        self.changes(
            phone,
            status=Status.SUBSCRIBED,
            location=location,
            joined_at=self.now,
            last_heard_at=self.now,
        )

    def visits(self, phone: str) -> None:
        self.changes(phone, visited_at=self.now)

    def answers(self, phone: str) -> None:
        self.changes(phone, last_heard_at=self.now)

    def stops(self, phone: str) -> None:
        self.changes(phone, status=Status.OPTED_OUT, last_heard_at=self.now)

    def tell(self) -> int:
        """Tell the triggered campaigns all that the stream has."""
        told, self.stream = self.stream, []
        return self.triggers.tell(told)

    def fire(self, name: str) -> Fired:
        firing = firing_name(name)
        assert firing is not None
        return self.firings.fire(firing)

    def happens(self, until: timedelta = timedelta(hours=1)) -> None:
        """Let time pass, with every alarm going off when it is due, and all that follows."""
        end = self.now + until
        self.tell()
        while due := self._next_alarm(end):
            at, name = due
            self.now = max(self.now, at)
            if firing_name(name) is None or self.fire(name) is Fired.BEGUN:
                self.launch(name)
            self.plan_all()
            self.send_all()
        self.now = end

    def _next_alarm(self, end: datetime) -> tuple[datetime, str] | None:
        """Take out the next alarm before `end`; those of the queue were put there a while ago."""
        names = [*self.launches.messages, *self.scheduler.alarms]
        due = sorted((_due(name, self.now), name) for name in names)
        if not due or due[0][0] > end:
            return None
        at, name = due[0]
        if name in self.launches.messages:
            self.launches.messages.remove(name)
        else:
            self.scheduler.disarm(name)
        return at, name


def _due(name: str, now: datetime) -> datetime:
    firing = firing_name(name)
    return firing.at if firing else now
