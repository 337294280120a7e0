"""A deployment in which campaign after campaign goes out, each with a trouble of its own."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest

from sayso.adapters import aws
from sayso.adapters.dynamodb import keys, parking
from sayso.adapters.dynamodb.audience import DynamoAudience
from sayso.adapters.dynamodb.catalog import DynamoCatalog
from sayso.adapters.end_user_messaging import SERVICE
from sayso.adapters.ids import new_id
from sayso.adapters.queues import SqsLaunches
from sayso.domain.contact import Status
from sayso.domain.run import RunState
from sayso.handlers import launch, plan, receipts, send, triggered, triggers
from sayso.handlers.alarms import alarms
from sayso.services.campaigns import Campaigns
from sayso.services.crew import Crew
from sayso.services.report import Report
from tests.support.bluebird import DOWNTOWN, NOON, PROGRAM
from tests.support.campaign_pipeline import Pipeline, opened_pipeline
from tests.support.campaigns import table_contacts
from tests.support.fault_stories import CAMPAIGN, DAN, LISTED, STORIES, Story
from tests.support.faulty_calls import Call, Faults, Strike, faults_in_calls
from tests.support.queue_driver import QueueDriver, frozen
from tests.support.table import TABLE, create_table

_ENDS = (RunState.FINISHED, RunState.CANCELLED)
_FUNCTIONS = (launch, plan, send, receipts)


@dataclass(frozen=True)
class Outcome:
    """What came of a campaign.

    `texted` is the carrier's count by run and number; `dead` the messages given up.
    """

    texted: Counter[tuple[str, str]]
    runs: tuple[str, ...]
    report: Report
    dead: Counter[str]
    calls: tuple[Call, ...]
    deliveries: int
    open_runs: int
    left: frozenset[str]

    @property
    def phones(self) -> set[str]:
        return {phone for _, phone in self.texted}

    def check(self, story: Story) -> None:
        """The promises that hold whatever fails."""
        report, texted = self.report, self.texted.total()
        assert all(count == 1 for count in self.texted.values()), "nobody is texted twice in a run"
        assert self.phones <= set(story.texted), "nobody is texted who has opted out"
        assert report.status is story.status, "the campaign has ended"
        assert self.open_runs == 0, "and each run of it"
        assert len(self.runs) == story.runs
        assert report.targeted == story.runs * len(story.listed)
        assert report.waiting == 0, "nobody is left over"
        assert report.sent == texted, "the report is the carrier's count"
        assert report.delivered + report.undelivered == texted, "and has the end of each text"
        assert not self.dead, "no message is given up"

    def check_all_texted(self, story: Story) -> None:
        """What holds where nothing gets lost."""
        self.check(story)
        times = Counter(phone for _, phone in self.texted.elements())
        assert times == dict.fromkeys(story.texted, story.runs)
        assert self.left == ({DAN} & {*story.listed}) | story.leave
        assert self.report.unknown == 0


@dataclass
class FaultyWorld:
    """Bluebird Coffee, as it is before each campaign again."""

    pipeline: Pipeline
    faults: Faults
    shift: list[timedelta]
    hire: Callable[[], None]
    patch: pytest.MonkeyPatch
    _plain: dict[str, Outcome] = field(default_factory=dict)

    def campaign(
        self, story: Story, strike: Strike | None = None, thrice: int | None = None
    ) -> Outcome:
        """One campaign from its launch to its last delivery event."""
        self._begin_anew()
        self.patch.setattr(keys, "SHARDS", story.shards)
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
        driver.receipts_for(CAMPAIGN, story.ends)
        driver.run()
        texts = self.pipeline.campaign_texts(CAMPAIGN)
        return Outcome(
            texted=Counter((one["context"]["run"], one["to"]) for one in texts),
            runs=runs,
            report=self.pipeline.report(CAMPAIGN),
            dead=driver.dead,
            calls=tuple(self.faults.calls),
            deliveries=driver.deliveries,
            open_runs=self._open_runs({*runs, *(one["context"]["run"] for one in texts)}),
            left=self._left(),
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

    def _carrier_stumbles(self, *faults: dict[str, str]) -> None:
        assert self.pipeline.phones.send("PUT", "/carrier/faults", json=[*faults]).is_success

    def _begin_anew(self) -> None:
        """An empty table, a carrier that has sent nothing, and a worker who was just hired."""
        dynamodb = self.pipeline.dynamodb
        dynamodb.delete_table(TableName=TABLE)
        create_table(dynamodb)
        catalog = DynamoCatalog(dynamodb, TABLE)
        catalog.put_program(replace(PROGRAM, price_per_part=10_000), catalog.load())
        catalog.put_location(DOWNTOWN, catalog.load())
        assert self.pipeline.phones.send("POST", "/reset").is_success
        self._carrier_stumbles()
        self.shift[0] = timedelta()
        self.hire()

    def _open_runs(self, runs: Iterable[str]) -> int:
        found = [self.pipeline.store.run(run_id) for run_id in runs]
        return sum(one is None or one.state not in _ENDS for one in found)

    def _left(self) -> frozenset[str]:
        """Who gets no marketing any more."""
        get = table_contacts(self.pipeline.dynamodb).get
        found = [get(phone) for phone in LISTED]
        return frozenset(one.phone for one in found if one and one.status is Status.OPTED_OUT)


@contextmanager
def opened_faulty_world() -> Iterator[FaultyWorld]:
    """The world, with nothing in it that depends on the hour, or on how long a call takes."""
    shift = [timedelta()]

    def sleep(seconds: float) -> None:
        shift[0] += timedelta(seconds=seconds)

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
            patch.setattr(send, "use_case", lambda: sender)

        yield FaultyWorld(pipeline, faults, shift, hire, patch)


def _now() -> datetime:
    """The functions' time."""
    clock: type[datetime] = vars(send)["datetime"]
    return clock.now(UTC)
