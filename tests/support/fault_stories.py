"""What campaigns go through while calls fail: each story leads to calls that no other makes."""

from dataclasses import replace
from datetime import timedelta

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.items import to_item
from sayso.adapters.queues import launch_message
from sayso.domain.campaign import State
from sayso.domain.run import RunState
from sayso.handlers.alarms import alarms
from sayso.services.ports.campaigns import RunMove
from tests.support.bluebird import ANA, BEN, CHLOE, NOON
from tests.support.campaigns import a_campaign, a_run
from tests.support.fault_offers import STORIES_WITH_CODES
from tests.support.fault_series import STORIES_OF_SERIES
from tests.support.fault_story import A_PRICE, CAMPAIGN, DAN, EVE, PLENTY, RUN, Story, World
from tests.support.table import TABLE

_NOT_BEFORE = "not received 01KAMZ3S8E5XQW0V7Y9T2B4C6D"


class TooDear(Story):
    """The money runs out after one text, until somebody has lifted the limit."""

    def begin(self, world: World) -> list[str]:
        return self.scheduled(world, spend_limit=A_PRICE)

    def in_a_lull(self, world: World) -> bool:
        """The limit is lifted after Chloe's hour has come."""
        store = world.pipeline.store
        campaign, run = store.get(CAMPAIGN), store.run(RUN)
        is_paused = campaign and campaign.state is State.PAUSED and not world.pipeline.alarms()
        if not campaign or not run or not is_paused:
            return False
        lifted = replace(campaign, revision=campaign.revision + 1)
        store.save(campaign, lifted, [RunMove(run, replace(run, spend_limit=PLENTY))])
        world.marketer.resume(CAMPAIGN, NOON)
        return True


class Unwanted(Story):
    """The carrier is busy, then refuses Ana; it calls the text to Ben spam, and loses Chloe's.

    What it did bring Dan is the answer to a text of his.
    """

    def begin(self, world: World) -> list[str]:
        for phone, text in self.answers.items():
            item = to_item(keys.inbound_text(phone, text))
            world.pipeline.dynamodb.put_item(TableName=TABLE, Item=item)
        world.carrier_is_busy_once()
        for phone in self.refused:
            world.carrier_refuses(phone)
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


class Interrupted(Story):
    """Somebody pauses the campaign while a sender waits between two texts, and goes on later."""

    def meanwhile(self, world: World) -> None:
        campaign, run = world.pipeline.store.get(CAMPAIGN), world.pipeline.store.run(RUN)
        is_sending = campaign is not None and campaign.state is State.SENDING
        if is_sending and run and run.resumed_at is None:
            world.marketer.pause(CAMPAIGN, NOON)

    def in_a_lull(self, world: World) -> bool:
        campaign = world.pipeline.store.get(CAMPAIGN)
        if not campaign or campaign.state is not State.PAUSED:
            return False
        world.marketer.resume(CAMPAIGN, NOON)
        return True


class Elsewhere(Story):
    """An hour later it is for another store, too. The number is slow, and taken at first.

    Chloe's hour comes when the offer has ended.
    """

    def begin(self, world: World) -> list[str]:
        self.people(world)
        runs = (f"{RUN}-1", f"{RUN}-2")
        campaign = a_campaign(CAMPAIGN, State.SCHEDULED, runs=runs)
        first = replace(a_run(runs[0], RunState.WAITING), valid_until=NOON + timedelta(hours=2))
        later = NOON + timedelta(hours=1)
        second = replace(first, id=runs[1], due_at=later, locations=("DENVER",))
        moves = [RunMove(None, first), RunMove(None, second)]
        world.pipeline.store.save(None, campaign, moves)
        alarms().arm(second.id, later)
        world.number_is_taken(until=NOON + timedelta(minutes=20))
        return [launch_message(first.id)]


UNDISTURBED = Story(shards=2)
TOO_DEAR = TooDear("too dear", shards=2)
UNWANTED = Unwanted(
    "unwanted",
    texted=(BEN, CHLOE),
    ends={BEN: "TEXT_SPAM", CHLOE: "TEXT_UNREACHABLE"},
    answers={DAN: "M1"},
    leave=frozenset({ANA, BEN}),
    refused=frozenset({ANA}),
)
CALLED_OFF = CalledOff("called off", texted=(ANA, BEN), status=State.CANCELLED, is_hurried=True)
HURRIED = Hurried("hurried", is_hurried=True)
INTERRUPTED = Interrupted("interrupted", parts_per_second=1)
ELSEWHERE = Elsewhere(
    "elsewhere",
    listed=(ANA, BEN, CHLOE, DAN, EVE),
    texted=(ANA, BEN, EVE),
    runs=2,
    parts_per_second=1,
)
STORIES = (
    UNDISTURBED,
    TOO_DEAR,
    UNWANTED,
    CALLED_OFF,
    HURRIED,
    *STORIES_OF_SERIES,
    ELSEWHERE,
    INTERRUPTED,
    *STORIES_WITH_CODES,
)
