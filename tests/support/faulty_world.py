"""A deployment in which campaign after campaign goes out, each with a trouble of its own."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest

from sayso.adapters import aws
from sayso.adapters.dynamodb import keys, parking
from sayso.adapters.dynamodb.audience import DynamoAudience
from sayso.adapters.dynamodb.catalog import DynamoCatalog
from sayso.adapters.dynamodb.pace import DynamoPace
from sayso.adapters.end_user_messaging import SERVICE
from sayso.adapters.ids import new_id
from sayso.adapters.queues import SqsLaunches
from sayso.handlers import launch, plan, receipts, send, triggered, triggers
from sayso.handlers.alarms import alarms
from sayso.services import firings
from sayso.services.campaigns import Campaigns
from sayso.services.crew import Crew
from tests.support.bluebird import DENVER, DOWNTOWN, NOON, NUMBER, PROGRAM
from tests.support.campaign_pipeline import Pipeline, opened_pipeline
from tests.support.fault_codes import issued
from tests.support.fault_outcome import Outcome, is_answered, left, open_runs
from tests.support.fault_stories import STORIES, UNDISTURBED
from tests.support.fault_story import CAMPAIGN, RUN, Story
from tests.support.faulty_calls import Faults, Strike, faults_in_calls
from tests.support.queue_driver import QueueDriver, frozen
from tests.support.table import TABLE, create_table

_RULES = {name: vars(firings)[name] for name in ("OPEN_AT_MOST", "GRACE")}
_FUNCTIONS = (launch, plan, send, receipts)


@dataclass
class FaultyWorld:
    """Bluebird Coffee, as it is before each campaign again."""

    pipeline: Pipeline
    faults: Faults
    shift: list[timedelta]
    hire: Callable[[], None]
    patch: pytest.MonkeyPatch
    story: Story = UNDISTURBED
    _plain: dict[str, Outcome] = field(default_factory=dict)

    def campaign(
        self, story: Story, strike: Strike | None = None, thrice: int | None = None
    ) -> Outcome:
        """One campaign from its launch to its last delivery event."""
        self.patch.setattr(keys, "SHARDS", story.shards)
        self.patch.setenv("PARTS_PER_SECOND", str(story.parts_per_second))
        self._begin_anew()
        self.story = story
        first = story.begin(self)
        driver = QueueDriver(
            self.pipeline,
            self.faults,
            self.shift,
            _now,
            self.hire,
            lambda: story.in_a_lull(self),
            story.is_hurried,
            thrice,
        )
        self.faults.begin(strike)
        driver.put("launch", *first)
        driver.run()
        campaign = self.pipeline.store.get(CAMPAIGN)
        runs = campaign.runs if campaign else ()
        driver.receipts_for(CAMPAIGN, story.ends, story.answers)
        driver.run()
        texts = self.pipeline.campaign_texts(CAMPAIGN)
        found = [run for one in runs if (run := self.pipeline.store.run(one))]
        return Outcome(
            texted=Counter((one["context"]["run"], one["to"]) for one in texts),
            runs=runs,
            reminders=frozenset(run.id for run in found if run.reminds_of),
            codes=issued(self.pipeline.dynamodb, RUN, texts) if story.codes else None,
            report=self.pipeline.report(CAMPAIGN),
            dead=driver.dead,
            calls=tuple(self.faults.calls),
            deliveries=driver.deliveries,
            open_runs=open_runs(self.pipeline, {*runs, *(one["context"]["run"] for one in texts)}),
            left=left(self.pipeline),
            answered=frozenset(one for one in story.answers if is_answered(self.pipeline, one)),
        )

    def without_a_fault(self, story: Story) -> Outcome:
        """The same every time."""
        if story.name not in self._plain:
            self._plain[story.name] = self.campaign(story)
        return self._plain[story.name]

    def points(self, story: Story) -> list[int]:
        """The calls of the story that are to go wrong, by their numbers.

        Of the first every single one; of those after it the calls that no earlier story makes from
        the same place.
        """
        known: set[Any] = set()
        for each in STORIES:
            calls = self.without_a_fault(each).calls
            if each is story:
                break
            known |= {(call.stage, call.way) for call in calls}
        if not known:
            return list(range(len(calls)))
        first: dict[Any, int] = {}
        for number, call in enumerate(calls):
            first.setdefault((call.stage, call.way), number)
        return [number for place, number in first.items() if place not in known]

    @property
    def marketer(self) -> Campaigns:
        """The console's way to pause, go on and cancel, which asks nothing of the last three."""
        dynamodb, store = self.pipeline.dynamodb, self.pipeline.store
        return Campaigns(
            store=store,
            audience=DynamoAudience(dynamodb, TABLE),
            catalog=DynamoCatalog(dynamodb, TABLE),
            scheduler=alarms(),
            launches=SqsLaunches(self.pipeline.sqs, self.pipeline.urls["runs"]),
            new_id=new_id,
            audiences=cast("Any", None),
            proofreader=cast("Any", None),
            reserving=cast("Any", None),
        )

    def carrier_refuses(self, phone: str) -> None:
        """The number is on the carrier's own list."""
        aws.client_without_retries(SERVICE).put_opted_out_number(
            OptOutListName="Default", OptedOutNumber=phone
        )

    def carrier_is_busy_once(self) -> None:
        """It throttles the next text."""
        self._carrier_stumbles({"operation": "SendTextMessage", "error": "ThrottlingException"})

    def number_is_taken(self, until: datetime) -> None:
        """Others send from the number."""
        DynamoPace(self.pipeline.dynamodb, TABLE, NUMBER).hold(until)

    def triggered_by(self, **rules: object) -> None:
        """What services.firings goes by, under its names there."""
        for name, value in rules.items():
            self.patch.setattr(firings, name, value)

    def wait(self) -> None:
        """A sender waits for its turn, while others go on with what they do."""
        with self.faults.aside():
            self.story.meanwhile(self)

    def _carrier_stumbles(self, *faults: dict[str, str]) -> None:
        assert self.pipeline.phones.send("PUT", "/carrier/faults", json=[*faults]).is_success

    def _begin_anew(self) -> None:
        """An empty table, a carrier that has sent nothing, and a worker who was just hired."""
        dynamodb = self.pipeline.dynamodb
        dynamodb.delete_table(TableName=TABLE)
        create_table(dynamodb)
        catalog = DynamoCatalog(dynamodb, TABLE)
        catalog.put_program(replace(PROGRAM, price_per_part=10_000), catalog.load())
        for location in (DOWNTOWN, DENVER):
            catalog.put_location(location, catalog.load())
        assert self.pipeline.phones.send("POST", "/reset").is_success
        self._carrier_stumbles()
        self.triggered_by(**_RULES)
        self.shift[0] = timedelta()
        self.hire()


@contextmanager
def opened_faulty_world() -> Iterator[FaultyWorld]:
    """The world, with nothing in it that depends on the hour, or on how long a call takes."""
    shift = [timedelta()]

    worlds: list[FaultyWorld] = []

    def sleep(seconds: float) -> None:
        shift[0] += timedelta(seconds=seconds)

    def wait(seconds: float) -> None:
        sleep(seconds)
        worlds[0].wait()

    with (
        opened_pipeline() as pipeline,
        faults_in_calls(sleep) as faults,
        pytest.MonkeyPatch.context() as patch,
    ):
        # So that the tasks of one opening come in more than one page.
        patch.setattr(parking, "_A_PAGE", 1)
        clock = frozen(NOON, shift)
        for module in (*_FUNCTIONS, triggered, triggers):
            patch.setattr(module, "datetime", clock)
        # In threads the calls would have no order to number them by.
        crew, new_sender = Crew(1), send.use_case.__wrapped__

        def hire() -> None:
            sender = replace(new_sender(), crew=crew)
            sender = replace(sender, metronome=replace(sender.metronome, sleep=wait))
            patch.setattr(send, "use_case", lambda: sender)

        worlds.append(FaultyWorld(pipeline, faults, shift, hire, patch))
        yield worlds[0]


def _now() -> datetime:
    """The functions' time."""
    clock: type[datetime] = vars(send)["datetime"]
    return clock.now(UTC)
