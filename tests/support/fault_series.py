"""Recurring and triggered campaigns whose calls fail."""

from dataclasses import replace
from datetime import datetime, timedelta

from sayso.adapters.queues import due_message
from sayso.domain.campaign import State
from sayso.domain.schedule import RECIPIENT, Schedule
from sayso.handlers import triggered, triggers
from sayso.services.campaign_checks import series_of
from sayso.services.ports.campaigns import RunMove
from sayso.services.ports.queues import OccurrenceDue
from tests.support.bluebird import ANA, BEN, NOON
from tests.support.campaigns import a_campaign
from tests.support.fault_story import CAMPAIGN, EVE, PLENTY, Story, World

_EVENING = NOON + timedelta(hours=6)


class Daily(Story):
    """The offer goes out at noon on two days, each of which sets the alarm of the next."""

    def begin(self, world: World) -> list[str]:
        return self.recurring(world, "America/Chicago", "DOWNTOWN")

    def recurring(self, world: World, timezone: str, *locations: str) -> list[str]:
        self.people(world)
        campaign = replace(
            a_campaign(CAMPAIGN, State.SCHEDULED, locations=locations),
            schedule=Schedule(cron="0 12 * * *", timezone=timezone),
            next_at=NOON,
            next_local="2026-11-23T12:00:00",
            valid_until=NOON + timedelta(days=self.times - 0.5),
            spend_limit=PLENTY,
        )
        world.pipeline.store.save(None, campaign)
        return [due_message(OccurrenceDue(CAMPAIGN, NOON))]


class Noons(Daily):
    """It goes out at everybody's own noon, which is an hour later in Denver."""

    def begin(self, world: World) -> list[str]:
        return self.recurring(world, RECIPIENT, "DOWNTOWN", "DENVER")


class Triggered(Story):
    """What triggered campaigns share: the offer ends in the evening."""

    def active(self, world: World, schedule: Schedule, ends: datetime = _EVENING) -> None:
        draft = replace(
            a_campaign(CAMPAIGN),
            schedule=schedule,
            valid_until=ends,
            spend_limit=PLENTY,
        )
        active = draft.activated(NOON)
        world.pipeline.store.save(None, active, [RunMove(None, series_of(active, NOON))])
        triggered.firings().changed(None, active)


class Welcome(Triggered):
    """Everybody has just joined."""

    def begin(self, world: World) -> list[str]:
        self.active(world, Schedule(on="joined"))
        assert triggers.use_case().tell([(None, who) for who in self.people(world)])
        return []


class Crowded(Triggered):
    """Two have joined, a minute apart; the run of the first is open when the second's is due.

    Before all that, the first one's alarm comes too early.
    """

    def begin(self, world: World) -> list[str]:
        world.triggered_by(OPEN_AT_MOST=1)
        self.active(world, Schedule(on="joined", delay_minutes=1))
        first, second = self.people(world)
        later = replace(second, joined_at=NOON + timedelta(seconds=30))
        world.pipeline.put(later)
        assert triggers.use_case().tell([(None, first), (None, later)])
        alarms = world.pipeline.taken_from("runs")
        for body, delay_s in alarms:
            put_off(world, body, delay_s)
        return [alarms[0][0]]


class Overdue(Triggered):
    """The alarm of those who have joined comes after the end of the offer."""

    def begin(self, world: World) -> list[str]:
        world.triggered_by(GRACE=timedelta())
        self.active(world, Schedule(on="joined"), ends=NOON + timedelta(minutes=5))
        assert triggers.use_case().tell([(None, who) for who in self.people(world)])
        end, alarm = world.pipeline.taken_from("runs")
        put_off(world, *end)
        put_off(world, alarm[0], end[1] + 30)
        return []


class Missed(Triggered):
    """Everybody has been silent for two days, which is looked for at one o'clock."""

    def begin(self, world: World) -> list[str]:
        self.people(world, joined_at=NOON - timedelta(days=2))
        self.active(world, Schedule(on="silent", days=2, at="13:00", timezone="America/Chicago"))
        return []


def put_off(world: World, body: str, delay_s: int) -> None:
    """Queue a launch that is to come so much later."""
    runs = world.pipeline.urls["runs"]
    world.pipeline.sqs.send_message(QueueUrl=runs, MessageBody=body, DelaySeconds=delay_s)


DAILY = Daily("daily", listed=(BEN,), texted=(BEN,), runs=2, times=2)
NOONS = Noons("noons", listed=(BEN, EVE), texted=(BEN, EVE), runs=2)
WELCOME = Welcome("welcome")
CROWDED = Crowded("crowded", listed=(ANA, BEN), texted=(ANA, BEN))
OVERDUE = Overdue("overdue", listed=(BEN,), texted=())
MISSED = Missed("missed")
STORIES_OF_SERIES = (DAILY, NOONS, WELCOME, CROWDED, OVERDUE, MISSED)
