"""Whatever fails, whenever and however often it is delivered again, nobody is texted twice.

The real use cases on fakes. Each message that was ever queued may be delivered at any moment,
any number of times, but one that was handled need not come again: whatever nobody holds any more
is lost. Calls fail before or after their effect; people opt out and come back; the carrier refuses,
throttles, loses its answers, and reports late, twice or never; the campaign goes out once or every
day, and is paused, gone on with or cancelled at any moment.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from sayso.domain.campaign import Campaign, State
from sayso.domain.contact import Contact, Status
from sayso.domain.delivery import MEANINGS
from sayso.domain.experiment import HELD_OUT, assigned
from sayso.domain.run import RunState, Slice
from sayso.domain.schedule import Schedule
from sayso.domain.slot import ATTEMPT, SlotState, Tally, counted
from sayso.domain.versions import ONE_VERSION, Variant, Versions
from sayso.domain.window import decide_window
from sayso.services.campaigns import CampaignEdit
from sayso.services.launch import NotYetWritten
from sayso.services.plan import PlannedElsewhere
from sayso.services.ports.carrier import Certainty, OutboundText
from sayso.services.ports.queues import BatchTask, NotQueued, OccurrenceDue, OpeningDue, RunDue
from sayso.services.refusals import TurnedDown
from sayso.services.report import Report
from sayso.services.send import Unfinished
from tests.support.campaign_world import CampaignWorld
from tests.support.campaigns import a_subscriber

PHONES = [f"+131255500{number:02d}" for number in range(14)]
A_OR_B = Versions(
    variants=(Variant("B", "Bluebird Coffee: rolls. Reply STOP to end."),), holdout_percent=30
)
MOODS = [None, None, *Certainty]
CHANNELS = ["window sign", "web page", "last year's sign", ""]
_CALLS = (
    *("claim", "settle", "save", "record", "queue batches", "queue slices"),
    *("queue launches", "park", "take out", "arm"),
)
WHEN = [Schedule(at="2026-11-24T10:00:00"), Schedule(cron="0 10 * * *")]
Message = Slice | BatchTask | RunDue | OpeningDue | OccurrenceDue
_TEXTED = {SlotState.SENT, SlotState.DELIVERED, SlotState.UNDELIVERED, SlotState.UNKNOWN}


class Broken(Exception):
    """A call to AWS that failed; whether before or after its effect, nobody can tell."""


class Engine(RuleBasedStateMachine):
    """Everything that can happen to a campaign, in any order."""

    def __init__(self) -> None:
        super().__init__()
        places = ("DOWNTOWN", "DENVER", "")
        self.world = CampaignWorld(
            [
                replace(a_subscriber(one, places[number % 3]), channel=CHANNELS[number % 4])
                for number, one in enumerate(PHONES)
            ],
            page_size=3,
        )
        self.faults: dict[str, str] = {}
        self.mood: Certainty | None = None
        self.live: dict[Message, None] = {}  # in a queue, until they are handled
        self.handled: dict[Message, None] = {}  # and these, which may come again all the same
        self.world.network.mood = self._take
        self._make_breakable()

    @initialize(
        when=st.sampled_from(WHEN),
        timezone=st.sampled_from(["", "recipient"]),
        versions=st.sampled_from([ONE_VERSION, A_OR_B]),
    )
    def schedule(self, when: Schedule, timezone: str, versions: Versions) -> None:
        when = replace(when, timezone=timezone)
        self.id = self.world.scheduled(schedule=when, versions=versions).id
        self.world.later(timedelta(hours=22))

    @rule(data=st.data())
    def alarm_goes_off(self, data: st.DataObject) -> None:
        """It puts its message into the queue, and is gone."""
        if due := self._alarms_due():
            self._go_off(data.draw(st.sampled_from(due)))

    @rule(count=st.integers(1, 12), newest_first=st.booleans())
    def everything_works_for_a_while(self, count: int, newest_first: bool) -> None:
        """Without this, chance alone would seldom get a campaign far."""
        for due in self._alarms_due():
            self._go_off(due)
        for _ in range(count):
            if self.live:
                message = list(self.live)[-1 if newest_first else 0]
                self._deliver(message, partial(self._handle, message))

    @precondition(lambda self: self._messages(RunDue, OpeningDue, OccurrenceDue))
    @rule(data=st.data(), pages=st.integers(0, 3))
    def something_is_due(self, data: st.DataObject, pages: int) -> None:
        due = data.draw(st.sampled_from(self._messages(RunDue, OpeningDue, OccurrenceDue)))
        left = iter(range(pages))
        self._deliver(due, lambda: self._happen(due, lambda: next(left, None) is None))

    @precondition(lambda self: self._messages(Slice))
    @rule(data=st.data(), pages=st.integers(0, 3))
    def plan(self, data: st.DataObject, pages: int) -> None:
        piece = data.draw(st.sampled_from(self._messages(Slice)))
        left = iter(range(pages))
        self._deliver(piece, lambda: self._plan(piece, lambda: next(left, None) is None))

    @precondition(lambda self: self._messages(BatchTask))
    @rule(data=st.data(), texts=st.integers(0, 5))
    def send(self, data: st.DataObject, texts: int) -> None:
        task = data.draw(st.sampled_from(self._messages(BatchTask)))
        left = iter(range(texts))
        self._deliver(task, lambda: self.world.sender.send(task, lambda: next(left, None) is None))

    @rule(call=st.sampled_from(_CALLS), when=st.sampled_from(["before", "after"]))
    def break_next(self, call: str, when: str) -> None:
        self.faults[call] = when

    @rule(mood=st.sampled_from(MOODS))
    def carrier_changes(self, mood: Certainty | None) -> None:
        self.mood = mood

    @rule(phone=st.sampled_from(PHONES), status=st.sampled_from([*Status]))
    def person_decides(self, phone: str, status: Status) -> None:
        self.world.put(replace(self._contact(phone), status=status))

    @rule(phone=st.sampled_from(PHONES), place=st.sampled_from(["DOWNTOWN", "DENVER"]))
    def person_moves(self, phone: str, place: str) -> None:
        self.world.put(replace(self._contact(phone), location=place))

    @precondition(lambda self: self.world.network.texts)
    @rule(data=st.data(), kind=st.sampled_from(sorted(MEANINGS)), final=st.booleans())
    def event_arrives(self, data: st.DataObject, kind: str, final: bool) -> None:
        text = data.draw(st.sampled_from(self.world.network.texts))
        event = self.world.event(text.to, kind, text.context["run"], final=final)
        self._act(lambda: self.world.receipts.receive({"e": event}, self.world.now))

    @rule(passed=st.sampled_from([timedelta(seconds=10), timedelta(hours=1)]))
    def time_passes(self, passed: timedelta) -> None:
        self.world.later(passed)

    @rule(passed=st.sampled_from([ATTEMPT, timedelta(hours=10)]))
    def more_time_passes(self, passed: timedelta) -> None:
        self.world.later(passed)

    @rule(chance=st.integers(0, 9))
    def marketer_meddles(self, chance: int) -> None:
        """Edits of what is under way are refused; cancelling is rare."""
        campaigns, now = self.world.campaigns, self.world.now
        self._act(lambda: campaigns.update(self.id, CampaignEdit({"name": "New"}), now))
        if chance == 0:
            self._act(lambda: campaigns.cancel(self.id, now))

    @rule()
    def marketer_pauses_or_goes_on(self) -> None:
        campaigns, now = self.world.campaigns, self.world.now
        is_paused = self._campaign.state is State.PAUSED
        self._act(lambda: (campaigns.resume if is_paused else campaigns.pause)(self.id, now))

    @rule()
    def daily_round_looks_after_alarms(self) -> None:
        self._act(lambda: self.world.occurrences.look_after(self.world.now))

    @invariant()
    def nobody_is_texted_twice_on_one_occasion(self) -> None:
        runs = self.world.store.runs
        texts = Counter(
            (runs[text.context["run"]].occasion, text.to) for text in self.world.network.texts
        )
        assert max(texts.values(), default=0) <= 1

    @invariant()
    def counters_equal_the_slots(self) -> None:
        for run_id, tally in self.world.store.tallies.items():
            truth = Tally()
            for (of_run, _), slot in self.world.slots.slots.items():
                if of_run == run_id:
                    truth.update(counted(None, slot))
            counters = {
                name: count
                for name, count in tally.items()
                if count and name != "batches_done" and "already_texted" not in name
            }
            assert counters == truth

    @invariant()
    def every_text_has_its_slot(self) -> None:
        for text in self.world.network.texts:
            slot = self.world.slots.slots[text.context["run"], text.to]
            assert slot.state in {*_TEXTED, SlotState.CLAIMED}

    def teardown(self) -> None:
        """Once nothing fails any more, everything comes to its end and nobody is missing."""
        if not hasattr(self, "id"):
            return
        self.faults.clear()
        self.mood = None
        if self._campaign.state is State.PAUSED:
            self.world.campaigns.resume(self.id, self.world.now)
        self._collect()
        for _ in range(60):
            self.world.later(ATTEMPT * 2)
            self._sleep_until_it_is_day()
            for due in self._alarms_due():
                if not isinstance(due, OccurrenceDue):
                    self._go_off(due)
            for message in list(self.live):
                self._deliver(message, partial(self._handle, message))
            if not self.live and not self._runs_open():
                break
        self._check_end()

    def _runs_open(self) -> bool:
        campaign = self._campaign
        return campaign.open_runs > 0

    def _sleep_until_it_is_day(self) -> None:
        while not 16 <= self.world.now.hour < 22:  # UTC: day in Chicago and in Denver
            self.world.later(timedelta(hours=1))

    def _check_end(self) -> None:
        campaign, report = self._campaign, self.world.report(self._campaign)
        assert self.live == {}
        # What may still lie there is a second copy of batches that have ended with their run.
        states = {self.world.store.runs[run_id].state for run_id, _, _ in self.world.parking.tasks}
        assert states <= {RunState.FINISHED, RunState.CANCELLED}
        if campaign.recurs and report.status is not State.CANCELLED:
            assert campaign.next_at is not None
            assert OccurrenceDue(self.id, campaign.next_at) in self.world.scheduler.due
            assert (report.status, campaign.open_runs) == (State.SCHEDULED, 0)
        else:
            assert report.status in (State.FINISHED, State.CANCELLED)
        self.nobody_is_texted_twice_on_one_occasion()
        self.counters_equal_the_slots()
        assert report.waiting == 0
        accounted = report.sent + report.refused + report.unknown + sum(report.excluded.values())
        assert accounted == report.targeted
        self._check_groups(report)
        assert len(self.world.network.texts) <= report.sent + report.unknown
        assert SlotState.CLAIMED not in {slot.state for slot in self.world.slots.slots.values()}

    def _check_groups(self, report: Report) -> None:
        """Each way of dividing them divides them all; who was met at two stores is one person."""
        met_twice = report.excluded.get("already_texted", 0)
        for groups, count in (
            (report.by_location, report.targeted),
            (report.by_channel, report.targeted - met_twice),
            (report.by_variant, report.targeted - met_twice),
        ):
            never_met = 0 if groups is report.by_location else report.excluded.get("cancelled", 0)
            assert sum(row.targeted for row in groups) == count - never_met
            assert sum(row.waiting for row in groups) == 0
            for name in ("sent", "delivered", "refused", "unknown"):
                assert sum(getattr(row, name) for row in groups) == getattr(report, name)

    def _take(self, text: OutboundText) -> Certainty | None:
        """The carrier's end: a claim stands behind each text, and consent, and an hour by day."""
        slot = self.world.slots.slots[text.context["run"], text.to]
        assert slot.state is SlotState.CLAIMED
        assert self._contact(text.to).status is Status.SUBSCRIBED
        assert (
            slot.variant
            == assigned(slot.run_id.partition("-")[0], text.to, self._campaign.versions)
            != HELD_OUT
        )
        assert decide_window(text.to, self.world.now).allowed
        return self.mood

    def _contact(self, phone: str) -> Contact:
        return self.world.slots.contacts[phone]

    @property
    def _campaign(self) -> Campaign:
        return self.world.campaigns.get(self.id)

    def _messages(self, *kinds: type) -> list[Any]:
        return [one for one in (*self.live, *self.handled) if isinstance(one, kinds)]

    def _act(self, act: Callable[[], object]) -> None:
        """Somebody does something; what it queues lives from now on."""
        self._try(act)
        self._collect()

    def _alarms_due(self) -> list[RunDue | OpeningDue | OccurrenceDue]:
        scheduler, now = self.world.scheduler, self.world.now
        runs = [RunDue(run_id) for run_id, at in scheduler.alarms.items() if at <= now]
        return [*runs, *(due for due in scheduler.due if due.at <= now)]

    def _go_off(self, due: RunDue | OpeningDue | OccurrenceDue) -> None:
        if isinstance(due, RunDue):
            del self.world.scheduler.alarms[due.run_id]
        else:
            del self.world.scheduler.due[due]
        self.live[due] = None

    def _handle(self, message: Message) -> None:
        if isinstance(message, Slice):
            self._plan(message, lambda: False)
        elif isinstance(message, BatchTask):
            self.world.send(message)
        else:
            self._happen(message, lambda: False)

    def _plan(self, piece: Slice, is_time_short: Callable[[], bool]) -> None:
        self.world.planner.plan(piece, lambda: self.world.now, is_time_short)

    def _happen(
        self, due: RunDue | OpeningDue | OccurrenceDue, is_time_short: Callable[[], bool]
    ) -> None:
        now = self.world.now
        match due:
            case RunDue(run_id):
                self.world.launcher.launch(run_id, now, is_fresh=False, is_time_short=is_time_short)
            case OpeningDue():
                self.world.launcher.open(due, is_time_short)
            case OccurrenceDue():
                self.world.occurrences.fire(due, now, is_fresh=False)

    def _deliver(self, message: Message, act: Callable[[], object]) -> None:
        """Let one message be handled; what fails stays in its queue."""
        if self._try(act):
            self.live.pop(message, None)
            self.handled[message] = None
        self._collect()

    def _try(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except (Broken, NotQueued, NotYetWritten, PlannedElsewhere, Unfinished, TurnedDown):
            return False
        return True

    def _collect(self) -> None:
        """What has been queued lives from now on."""
        world = self.world
        queues: list[list[Any]] = [world.slices.messages, world.batches.messages]
        queues.append(world.launches.due)
        for queue in queues:
            self.live |= dict.fromkeys(queue)
            queue.clear()
        self.live |= {RunDue(run_id): None for run_id in world.launches.messages}
        world.launches.messages.clear()

    def _make_breakable(self) -> None:
        world = self.world
        for call, owner, name in (
            ("claim", world.slots, "claim"),
            ("settle", world.slots, "settle"),
            ("save", world.store, "save"),
            ("record", world.store, "record"),
            ("queue batches", world.batches, "put"),
            ("queue slices", world.slices, "put"),
            ("queue launches", world.launches, "put"),
            ("park", world.parking, "park"),
            ("take out", world.parking, "remove"),
            ("arm", world.scheduler, "arm_due"),
        ):
            setattr(owner, name, self._breakable(call, getattr(owner, name)))

    def _breakable(self, call: str, method: Callable[..., Any]) -> Callable[..., Any]:
        def broken_or_not(*args: Any, **kwargs: Any) -> Any:
            when = self.faults.pop(call, None)
            if when == "before":
                raise Broken(call)
            result = method(*args, **kwargs)
            if when == "after":
                raise Broken(call)
            return result

        return broken_or_not


TestEngine = Engine.TestCase
TestEngine.settings = settings(max_examples=300, stateful_step_count=40)
