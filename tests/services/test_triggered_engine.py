"""Whatever fails and however often it comes again: each occasion is answered once, or said not to.

The real use cases on fakes. People join, visit, reply, leave and come back; records of the stream
and messages are delivered at any moment, again and again; calls fail before or after their effect;
the campaign is paused and gone on with.
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

from sayso.domain.campaign import State
from sayso.domain.contact import Contact, Status
from sayso.domain.firing_names import firing_name
from sayso.domain.run import Slice
from sayso.domain.schedule import Schedule
from sayso.domain.slot import ATTEMPT, SlotState
from sayso.services.enrolling import StillChanging
from sayso.services.firings import Fired
from sayso.services.launch import NotYetWritten
from sayso.services.plan import PlannedElsewhere
from sayso.services.ports.carrier import Certainty, OutboundText
from sayso.services.ports.queues import BatchTask, NotQueued
from sayso.services.refusals import TurnedDown
from sayso.services.send import Unfinished
from tests.support.campaigns import a_subscriber
from tests.support.triggered_world import TriggeredWorld

PHONES = [f"+131255500{number:02d}" for number in range(5)]
_CALLS = ("enrol", "close", "alarm", "claim", "settle", "save", "record", "batches", "slices")
_DELIVERED_AGAIN = (
    *(NotQueued, NotYetWritten, PlannedElsewhere, Unfinished, StillChanging, TurnedDown),
)


class Broken(Exception):
    """A call to AWS that failed; whether before or after its effect, nobody can tell."""


class Engine(RuleBasedStateMachine):
    """Everything that can happen to a triggered campaign, in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.world = TriggeredWorld(map(a_subscriber, PHONES), page_size=2)
        self.world.network.mood = self._take
        self.faults: dict[str, str] = {}
        self.records: list[tuple[Contact | None, Contact]] = []
        self.told = 0
        self.names: dict[str, None] = {}
        self.slices: dict[Slice, None] = {}
        self.batches: dict[BatchTask, None] = {}
        self._make_breakable()

    @initialize(
        on=st.sampled_from(["joined", "visited"]),
        minutes=st.sampled_from([0, 3, 90]),
        exits=st.booleans(),
    )
    def schedule(self, on: str, minutes: int, exits: bool) -> None:
        self.campaign = self.world.triggered(
            Schedule(on=on, delay_minutes=minutes, exit_on_reply=exits)
        )
        self.exits = exits

    @rule(phone=st.sampled_from(PHONES))
    def person_joins(self, phone: str) -> None:
        self.world.joins(phone)

    @rule(phone=st.sampled_from(PHONES))
    def person_visits(self, phone: str) -> None:
        self.world.visits(phone)

    @rule(phone=st.sampled_from(PHONES))
    def person_replies(self, phone: str) -> None:
        self.world.answers(phone)

    @rule(phone=st.sampled_from(PHONES))
    def person_stops(self, phone: str) -> None:
        self.world.stops(phone)

    @precondition(lambda self: self.world.stream)
    @rule()
    def the_stream_is_told(self) -> None:
        """In its order: what is not taken in comes again, with what came after it."""
        records = list(self.world.stream)
        self._deliver(lambda: self._tell(records))

    @precondition(lambda self: self.records)
    @rule(data=st.data())
    def old_records_come_again(self, data: st.DataObject) -> None:
        first = data.draw(st.integers(0, len(self.records) - 1))
        self._deliver(lambda: self.world.triggers.tell(self.records[first : first + 3]))

    @precondition(lambda self: self.names)
    @rule(data=st.data())
    def an_alarm_goes_off(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(list(self.names)))
        self._deliver(partial(self._ring, name))

    @precondition(lambda self: self.slices)
    @rule(data=st.data())
    def plan(self, data: st.DataObject) -> None:
        piece = data.draw(st.sampled_from(list(self.slices)))
        self._deliver(partial(self._plan, piece))

    @precondition(lambda self: self.batches)
    @rule(data=st.data(), texts=st.integers(0, 4))
    def send(self, data: st.DataObject, texts: int) -> None:
        task = data.draw(st.sampled_from(list(self.batches)))
        left = iter(range(texts))
        self._deliver(lambda: self.world.sender.send(task, lambda: next(left, None) is None))

    @rule(call=st.sampled_from(_CALLS), when=st.sampled_from(["before", "after"]))
    def break_next(self, call: str, when: str) -> None:
        self.faults[call] = when

    @rule(seconds=st.sampled_from([1, 20, 200, 3000]))
    def time_passes(self, seconds: int) -> None:
        self.world.later(timedelta(seconds=seconds))

    @rule(goes_on=st.booleans())
    def marketer_pauses_or_goes_on(self, goes_on: bool) -> None:
        campaigns = self.world.campaigns
        act = campaigns.resume if goes_on else campaigns.pause
        self._deliver(lambda: act(self.campaign.id, self.world.now))
        self._hear_of_campaign()

    @invariant()
    def nobody_has_more_texts_than_occasions(self) -> None:
        occasions = Counter(after.phone for before, after in self.records + self.world.stream)
        for phone, texts in Counter(self.world.texted()).items():
            assert texts <= occasions[phone]

    @invariant()
    def each_run_has_texted_each_person_once(self) -> None:
        sent = Counter((text.context["run"], text.to) for text in self.world.network.texts)
        assert max(sent.values(), default=0) <= 1

    @invariant()
    def the_series_counts_what_its_runs_do(self) -> None:
        if not hasattr(self, "campaign"):
            return
        tallies = self.world.store.tallies
        whole = dict(tallies[self.campaign.id])
        whole.pop("enrolled", 0)
        parts: Counter[str] = Counter()
        for run_id, tally in tallies.items():
            if run_id != self.campaign.id:
                parts.update({one: n for one, n in tally.items() if one != "batches_done"})
        assert {one: n for one, n in whole.items() if n} == {
            one: n for one, n in parts.items() if n
        }

    def teardown(self) -> None:
        """Once nothing fails any more, everybody who was enrolled has been told apart."""
        if not hasattr(self, "campaign"):
            return
        self.faults.clear()
        self._deliver(lambda: self.world.campaigns.resume(self.campaign.id, self.world.now))
        self._hear_of_campaign()
        self._deliver(lambda: self._tell(list(self.world.stream)))
        for _ in range(3):
            self.world.later(timedelta(hours=2))
            for name in list(self.names):
                self._deliver(partial(self._ring, name))
            for piece in list(self.slices):
                self._deliver(partial(self._plan, piece))
            self.world.later(ATTEMPT * 2)
            for task in list(self.batches):
                self._deliver(partial(self.world.send, task))
        self._check_end()

    def _check_end(self) -> None:
        report = self.world.report(self.campaign)
        assert report.status is State.SENDING
        assert report.waiting == 0, report
        accounted = report.sent + report.refused + report.unknown + sum(report.excluded.values())
        assert accounted == report.targeted
        assert self.world.store.campaigns[self.campaign.id].runs == (self.campaign.id,)
        assert SlotState.CLAIMED not in {slot.state for slot in self.world.slots.slots.values()}
        self._check_enrolments()

    def _check_enrolments(self) -> None:
        """The newest occasion of everybody whom it could concern has its enrolment."""
        name = "joined_at" if self.campaign.schedule.on == "joined" else "visited_at"  # type: ignore[union-attr]
        for (_, phone), one in self.world.enrolments.enrolments.items():
            times = {getattr(after, name) for _, after in self.records if after.phone == phone}
            assert one.happened_at in times
        slots = Counter(phone for _, phone in self.world.slots.slots)
        targeted = self.world.report(self.campaign).targeted
        assert sum(slots.values()) == targeted

    def _tell(self, records: list[tuple[Contact | None, Contact]]) -> None:
        self.world.triggers.tell(records)
        del self.world.stream[: len(records)]
        self.records += records

    def _ring(self, name: str) -> None:
        if firing_name(name) is None or self.world.fire(name) is Fired.BEGUN:
            self.world.launch(name)

    def _plan(self, piece: Slice) -> None:
        self.world.planner.plan(piece, lambda: self.world.now, lambda: False)

    def _hear_of_campaign(self) -> None:
        """The stream tells of each change of the campaign, until it is taken in."""
        after = self.world.store.campaigns[self.campaign.id]
        for _ in range(3):
            try:
                self.world.firings.changed(replace(after, state=State.PAUSED), after)
            except (Broken, NotQueued):
                continue
            break
        self._collect()

    def _take(self, text: OutboundText) -> Certainty | None:
        """The carrier's end: consent stands, and nobody who has said something meanwhile."""
        contact = self.world.slots.contacts[text.to]
        assert contact.status is Status.SUBSCRIBED
        enrolment = self.world.enrolments.enrolments[self.campaign.id, text.to]
        assert enrolment.run_id == text.context["run"]
        assert contact.joined_at is None or contact.joined_at <= enrolment.since
        if self.exits and contact.last_heard_at:
            assert contact.last_heard_at <= enrolment.since
        return None

    def _deliver(self, act: Callable[[], object]) -> None:
        """Let one message be handled; what fails stays in its pool, as in a queue."""
        try:
            act()
        except (Broken, *_DELIVERED_AGAIN):
            pass
        finally:
            self._collect()

    def _collect(self) -> None:
        world = self.world
        self.names |= dict.fromkeys([*world.launches.messages, *world.scheduler.alarms])
        self.slices |= dict.fromkeys(world.slices.messages)
        self.batches |= dict.fromkeys(world.batches.messages)
        for messages in (world.launches.messages, world.slices.messages, world.batches.messages):
            messages.clear()
        world.scheduler.alarms.clear()

    def _make_breakable(self) -> None:
        world = self.world
        for call, owner, name in (
            ("enrol", world.enrolments, "enrol"),
            ("close", world.enrolments, "close"),
            ("alarm", world.launches, "put"),
            ("claim", world.slots, "claim_all"),
            ("settle", world.slots, "settle"),
            ("save", world.store, "save"),
            ("record", world.store, "record"),
            ("batches", world.batches, "put"),
            ("slices", world.slices, "put"),
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
TestEngine.settings = settings(max_examples=150, stateful_step_count=40)
