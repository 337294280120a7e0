"""What campaigns go through while calls fail: each story leads to calls that no other makes."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import time, timedelta
from typing import Protocol

from sayso.adapters.queues import due_message, launch_message
from sayso.domain.campaign import State
from sayso.domain.contact import Contact, Status
from sayso.domain.preference import Preference
from sayso.domain.run import RunState
from sayso.domain.schedule import Schedule
from sayso.handlers import triggered, triggers
from sayso.services.campaign_checks import series_of
from sayso.services.campaigns import Campaigns
from sayso.services.ports.campaigns import RunMove
from sayso.services.ports.queues import OccurrenceDue
from tests.support.bluebird import ANA, BEN, CHLOE, NOON
from tests.support.campaign_pipeline import Pipeline
from tests.support.campaigns import a_campaign, a_run, a_subscriber

# Listed as subscribed by an index that lags: he has opted out.
DAN = "+13125550104"
WANTING = (ANA, BEN, CHLOE)
LISTED = (*WANTING, DAN)
CAMPAIGN, RUN = "C1", "R1"
# Chloe's hours, when it is noon now: she is laid by until three.
_LATER = Preference(opens=time(15), closes=time(18))
_SUBSCRIBERS = {phone: a_subscriber(phone) for phone in LISTED} | {
    CHLOE: replace(a_subscriber(CHLOE), preference=_LATER)
}
_NOT_BEFORE = "not received 01KAMZ3S8E5XQW0V7Y9T2B4C6D"
_A_PRICE = 10_000
_PLENTY = 100 * _A_PRICE


class World(Protocol):
    """What a story can touch."""

    pipeline: Pipeline

    @property
    def marketer(self) -> Campaigns:
        """What the console does."""

    def carrier_refuses(self, phone: str) -> None:
        """The number is on the carrier's own list."""

    def carrier_is_busy_once(self) -> None:
        """It throttles the next text."""


@dataclass(frozen=True)
class Story:
    """An offer to two at once, to one later, and not to one who left; nothing else happens.

    `texted` of the `listed` are those who get theirs where no call fails, in each of so many
    `runs`. `ends` are the delivery events of the texts that do not arrive, by number; `leave` those
    who get nothing any more after what the carrier said of them. Where it `is_hurried`, workers
    find hardly any time left when they are first given a message. `shards` are the slices.
    """

    name: str = "undisturbed"
    listed: tuple[str, ...] = LISTED
    texted: tuple[str, ...] = WANTING
    runs: int = 1
    status: State = State.FINISHED
    ends: Mapping[str, str] = field(default_factory=dict[str, str])
    leave: frozenset[str] = frozenset()
    is_hurried: bool = False
    shards: int = 1

    def begin(self, world: World) -> list[str]:
        """Schedule the campaign; the messages that set it off."""
        return self.scheduled(world)

    def scheduled(self, world: World, spend_limit: int = _PLENTY, where: str = "") -> list[str]:
        self.people(world)
        campaign = a_campaign(CAMPAIGN, State.SCHEDULED, runs=(RUN,))
        run = replace(a_run(RUN, RunState.WAITING), spend_limit=spend_limit, where=where)
        world.pipeline.store.save(None, campaign, [RunMove(None, run)])
        return [launch_message(RUN)]

    def people(self, world: World) -> list[Contact]:
        """Put in those whom the index lists, as it lists them."""
        found = [_SUBSCRIBERS[phone] for phone in self.listed]
        for contact in found:
            if contact.phone == DAN:
                world.pipeline.put_listed(replace(contact, status=Status.OPTED_OUT))
            else:
                world.pipeline.put(contact)
        return found

    def in_a_lull(self, world: World) -> bool:
        """Whether something happens now that all queues are empty."""
        return False


class TooDear(Story):
    """The money runs out after one text, until somebody has lifted the limit."""

    def begin(self, world: World) -> list[str]:
        return self.scheduled(world, spend_limit=_A_PRICE)

    def in_a_lull(self, world: World) -> bool:
        """The limit is lifted after Chloe's hour has come."""
        store = world.pipeline.store
        campaign, run = store.get(CAMPAIGN), store.run(RUN)
        is_paused = campaign and campaign.state is State.PAUSED and not world.pipeline.alarms()
        if not campaign or not run or not is_paused:
            return False
        lifted = replace(campaign, revision=campaign.revision + 1)
        store.save(campaign, lifted, [RunMove(run, replace(run, spend_limit=_PLENTY))])
        world.marketer.resume(CAMPAIGN, NOON)
        return True


class Unwanted(Story):
    """The carrier is busy, then refuses Ana; it calls the text to Ben spam, and loses Chloe's."""

    def begin(self, world: World) -> list[str]:
        world.carrier_is_busy_once()
        world.carrier_refuses(ANA)
        return self.scheduled(world)


class CalledOff(Story):
    """Somebody cancels the campaign when all have been texted but Chloe, who is laid by."""

    def in_a_lull(self, world: World) -> bool:
        campaign = world.pipeline.store.get(CAMPAIGN)
        if not campaign or campaign.state is not State.SENDING or not world.pipeline.alarms():
            return False
        world.marketer.cancel(CAMPAIGN, NOON)
        return True


class Hurried(Story):
    """Time is short everywhere, and it is for those who have been sent nothing lately."""

    def begin(self, world: World) -> list[str]:
        return self.scheduled(world, where=f"not received any within 2 weeks and {_NOT_BEFORE}")


class Daily(Story):
    """The offer goes out at noon on two days, each of which sets the alarm of the next."""

    def begin(self, world: World) -> list[str]:
        self.people(world)
        campaign = replace(
            a_campaign(CAMPAIGN, State.SCHEDULED),
            schedule=Schedule(cron="0 12 * * *", timezone="America/Chicago"),
            next_at=NOON,
            next_local="2026-11-23T12:00:00",
            valid_until=NOON + timedelta(hours=36),
            spend_limit=_PLENTY,
        )
        world.pipeline.store.save(None, campaign)
        return [due_message(OccurrenceDue(CAMPAIGN, NOON))]


class Welcome(Story):
    """A triggered campaign: everybody has just joined, and the offer ends in the evening."""

    def begin(self, world: World) -> list[str]:
        draft = replace(
            a_campaign(CAMPAIGN),
            schedule=Schedule(on="joined"),
            valid_until=NOON + timedelta(hours=6),
            spend_limit=_PLENTY,
        )
        active = draft.activated(NOON)
        world.pipeline.store.save(None, active, [RunMove(None, series_of(active, NOON))])
        triggered.firings().changed(None, active)
        assert triggers.use_case().tell([(None, who) for who in self.people(world)])
        return []


UNDISTURBED = Story(shards=2)
TOO_DEAR = TooDear("too dear", shards=2)
UNWANTED = Unwanted(
    "unwanted",
    texted=(BEN, CHLOE),
    ends={BEN: "TEXT_SPAM", CHLOE: "TEXT_UNREACHABLE"},
    leave=frozenset({ANA, BEN}),
)
CALLED_OFF = CalledOff("called off", texted=(ANA, BEN), status=State.CANCELLED)
HURRIED = Hurried("hurried", is_hurried=True)
DAILY = Daily("daily", listed=(BEN,), texted=(BEN,), runs=2)
WELCOME = Welcome("welcome")
STORIES = (UNDISTURBED, TOO_DEAR, UNWANTED, CALLED_OFF, HURRIED, DAILY, WELCOME)
