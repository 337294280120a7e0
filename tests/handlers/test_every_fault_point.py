"""Every call to AWS and the carrier goes wrong once, in every way, at every step of a campaign.

The calls are numbered in a run without a fault; none is left out. However one of them fails, each
recipient is texted at most once, nobody is lost without being reported, and the run is closed.
"""

import itertools
import os
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta

import pytest

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.catalog import DynamoCatalog
from sayso.adapters.dynamodb.items import to_item
from sayso.adapters.queues import launch_message
from sayso.domain.campaign import State
from sayso.domain.contact import Status
from sayso.domain.preference import Preference
from sayso.domain.run import RunState
from sayso.handlers import launch, plan, receipts, send
from sayso.services.crew import Crew
from sayso.services.ports.campaigns import RunMove
from sayso.services.report import Report
from tests.support.bluebird import ANA, BEN, CHLOE, NUMBER, PROGRAM
from tests.support.campaign_pipeline import Pipeline, opened_pipeline
from tests.support.campaigns import a_campaign, a_run, a_subscriber
from tests.support.faulty_calls import Fault, Faults, Strike, faults_in_calls
from tests.support.queue_driver import QueueDriver, frozen
from tests.support.table import TABLE

# Listed as subscribed by an index that lags: he has opted out.
DAN = "+13125550104"
WANTING = (ANA, BEN, CHLOE)
# Chloe's hours, when it is noon now: she is laid by until three.
LATER = Preference(opens=time(15), closes=time(18))
# Hundreds of campaigns; on a machine that does other things too, minutes each way of failing.
pytestmark = pytest.mark.timeout(1800)
FUNCTIONS = ("launch", "plan", "send", "receipts")


@dataclass
class Bluebird:
    """A deployment in which campaign after campaign goes out, each with a trouble of its own."""

    pipeline: Pipeline
    faults: Faults
    shift: list[timedelta]
    renew: Callable[[], None]
    ids: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def campaign(
        self, strike: Strike | None = None, again: Counter[int] | None = None
    ) -> "Outcome":
        """One campaign from its launch to its last delivery event."""
        self.shift[0] = timedelta()
        self.renew()
        for phone in (ANA, BEN):
            self.pipeline.put(a_subscriber(phone))
        self.pipeline.put(replace(a_subscriber(CHLOE), preference=LATER))
        self.pipeline.put_listed(replace(a_subscriber(DAN), status=Status.OPTED_OUT))
        number = next(self.ids)
        campaign_id, run_id = f"C{number}", f"R{number}"
        campaign = a_campaign(campaign_id, State.SCHEDULED, runs=(run_id,))
        run = a_run(run_id, RunState.WAITING, campaign_id=campaign_id, due_at=self.now())
        run = replace(run, spend_limit=1_000_000)
        self.pipeline.store.save(None, campaign, [RunMove(None, run)])
        driver = QueueDriver(self.pipeline, self.faults, self.shift, self.now, again or Counter())
        self.faults.begin(strike)
        driver.put("launch", launch_message(run_id))
        driver.run()
        driver.receipts_for([run_id])
        driver.run()
        return Outcome(
            texted=Counter(one["to"] for one in self.pipeline.campaign_texts([run_id])),
            report=self.pipeline.report(campaign_id),
            dead=driver.dead,
            calls=tuple(self.faults.calls),
            deliveries=driver.deliveries,
        )

    def now(self) -> datetime:
        """The senders' time."""
        clock: type[datetime] = vars(send)["datetime"]
        return clock.now(UTC)


@dataclass(frozen=True)
class Outcome:
    """What came of a campaign: `texted` is the carrier's count, `dead` the messages given up."""

    texted: Counter[str]
    report: Report
    dead: Counter[str]
    calls: tuple[str, ...]
    deliveries: int

    def check(self) -> None:
        """The promises that hold whatever fails."""
        report = self.report
        assert all(count == 1 for count in self.texted.values()), "nobody is texted twice"
        assert DAN not in self.texted, "nobody is texted who has opted out"
        assert report.status is State.FINISHED, "the run is closed"
        assert report.targeted == len(WANTING) + 1
        assert report.waiting == 0, "nobody is left over"
        assert report.excluded == {"opted_out": 1}
        taken, failed = report.sent, report.refused + report.unknown
        assert taken + failed == len(WANTING), "whoever was not texted is reported"
        assert taken == report.delivered == self.texted.total(), "the report is the carrier's count"
        assert not self.dead, "no message is given up"


@pytest.fixture(scope="module")
def bluebird() -> Iterator[Bluebird]:
    shift = [timedelta()]

    def sleep(seconds: float) -> None:
        shift[0] += timedelta(seconds=seconds)

    with (
        opened_pipeline() as pipeline,
        faults_in_calls(sleep) as faults,
        pytest.MonkeyPatch.context() as patch,
    ):
        # Slices are all alike: two have the same calls as eight.
        patch.setattr(keys, "SHARDS", 2)
        catalog = DynamoCatalog(pipeline.dynamodb, TABLE)
        catalog.put_program(replace(PROGRAM, price_per_part=10_000), catalog.load())
        clock = frozen(vars(send)["datetime"].now(UTC), shift)
        for module in (launch, plan, send, receipts):
            patch.setattr(module, "datetime", clock)
        # In threads the calls would have no order to number them by.
        crew, new_sender = Crew(1), send.use_case.__wrapped__

        def renew() -> None:
            """A worker that has sent nothing yet, from a number that has all of its time."""
            pipeline.dynamodb.delete_item(TableName=TABLE, Key=to_item(keys.pace(NUMBER)))
            sender = replace(new_sender(), crew=crew)
            patch.setattr(send, "use_case", lambda: sender)

        yield Bluebird(pipeline, faults, shift, renew)


def test_a_campaign_without_a_fault(bluebird: Bluebird) -> None:
    outcome = bluebird.campaign()

    outcome.check()
    assert set(outcome.texted) == set(WANTING)
    by_function = Counter(name.partition(":")[0] for name in outcome.calls)
    assert set(by_function) == set(FUNCTIONS)
    kinds = len(Fault) + 1
    print(f"\n{len(outcome.calls)} fault points {dict(by_function)}, {kinds} faults at each")  # noqa: T201


# The SDK tries most calls again: what has had its effect once has to bear that, too.
EVERY_WAY = [*((fault, True) for fault in Fault), (Fault.LOST, False)]


# Each takes a minute or more: SAYSO_EVERY_FAULT=1 has all of them.
@pytest.mark.parametrize(
    ("fault", "lasting"), EVERY_WAY if "SAYSO_EVERY_FAULT" in os.environ else EVERY_WAY[:1]
)
def test_any_call_may_fail(bluebird: Bluebird, fault: Fault, lasting: bool) -> None:
    planned = bluebird.campaign().calls

    for call, name in enumerate(planned):
        outcome = bluebird.campaign(Strike(call, fault, lasting))
        try:
            outcome.check()
        except AssertionError as broken:
            pytest.fail(f"{name} (call {call}) {fault}: {broken}\n{outcome}")
        assert outcome.calls[call] == name, "the fault struck the call that it was meant for"


def test_any_message_may_be_delivered_three_times(bluebird: Bluebird) -> None:
    messages = bluebird.campaign().deliveries

    for number in range(messages):
        outcome = bluebird.campaign(again=Counter({number: 2}))
        outcome.check()
        assert set(outcome.texted) == set(WANTING)
    print(f"\n{messages} messages, each delivered three times")  # noqa: T201
