"""Whatever fails, whenever and however often it is delivered again, nobody is texted twice.

The real use cases on fakes. Each message that was ever queued may be delivered at any moment,
any number of times; calls fail before or after their effect; people opt out and come back;
the carrier refuses, throttles, loses its answers, and reports late, twice or never.
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
from sayso.domain.delivery import MEANINGS
from sayso.domain.run import Slice
from sayso.domain.schedule import Schedule
from sayso.domain.slot import ATTEMPT, SlotState, Tally, counted
from sayso.domain.window import decide_window
from sayso.services.campaigns import CampaignEdit
from sayso.services.launch import NotYetWritten
from sayso.services.plan import PlannedElsewhere
from sayso.services.ports.carrier import Certainty, OutboundText
from sayso.services.ports.queues import BatchTask, NotQueued
from sayso.services.refusals import TurnedDown
from sayso.services.send import Unfinished
from tests.support.campaign_world import CampaignWorld
from tests.support.campaigns import a_subscriber

PHONES = [f"+131255500{number:02d}" for number in range(14)]
MOODS = [None, None, *Certainty]
_CALLS = ("claim", "settle", "save", "record", "queue batches", "queue slices")
_TEXTED = {SlotState.SENT, SlotState.DELIVERED, SlotState.UNDELIVERED, SlotState.UNKNOWN}


class Broken(Exception):
    """A call to AWS that failed; whether before or after its effect, nobody can tell."""


class Engine(RuleBasedStateMachine):
    """Everything that can happen to a campaign, in any order."""

    def __init__(self) -> None:
        super().__init__()
        places = ("DOWNTOWN", "DENVER", "")
        self.world = CampaignWorld(
            [a_subscriber(one, places[number % 3]) for number, one in enumerate(PHONES)],
            page_size=3,
        )
        self.faults: dict[str, str] = {}
        self.mood: Certainty | None = None
        self.slices: dict[Slice, None] = {}
        self.batches: dict[BatchTask, None] = {}
        self.world.network.mood = self._take
        self._make_breakable()

    @initialize(timezone=st.sampled_from(["", "recipient"]))
    def schedule(self, timezone: str) -> None:
        when = Schedule(at="2026-11-24T10:00:00", timezone=timezone)
        self.campaign = self.world.scheduled(schedule=when)
        self.world.later(timedelta(days=1))

    @rule(number=st.integers(0, 2))
    def launch(self, number: int) -> None:
        self._deliver(lambda: self.world.launch(self.campaign.runs[number % self._runs()]))

    @precondition(lambda self: self.slices)
    @rule(data=st.data(), pages=st.integers(0, 3))
    def plan(self, data: st.DataObject, pages: int) -> None:
        piece = data.draw(st.sampled_from(list(self.slices)))
        left = iter(range(pages))
        self._deliver(
            lambda: self.world.planner.plan(
                piece, lambda: self.world.now, lambda: next(left, None) is None
            )
        )

    @precondition(lambda self: self.batches)
    @rule(data=st.data(), texts=st.integers(0, 5))
    def send(self, data: st.DataObject, texts: int) -> None:
        task = data.draw(st.sampled_from(list(self.batches)))
        left = iter(range(texts))
        self._deliver(lambda: self.world.sender.send(task, lambda: next(left, None) is None))

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
        self._deliver(lambda: self.world.receipts.receive({"e": event}, self.world.now))

    @rule(passed=st.sampled_from([timedelta(seconds=10), ATTEMPT, timedelta(hours=1)]))
    def time_passes(self, passed: timedelta) -> None:
        self.world.later(passed)

    @rule(chance=st.integers(0, 9))
    def marketer_meddles(self, chance: int) -> None:
        """Edits and reschedulings of what is under way are refused; cancelling is rare."""
        campaigns, now = self.world.campaigns, self.world.now
        self._deliver(
            lambda: campaigns.update(self.campaign.id, CampaignEdit({"name": "New"}), now)
        )
        if chance == 0:
            self._deliver(lambda: campaigns.cancel(self.campaign.id, now))

    @invariant()
    def nobody_is_texted_twice(self) -> None:
        assert max(Counter(self.world.texted()).values(), default=0) <= 1

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
        if not hasattr(self, "campaign"):
            return
        self.faults.clear()
        self.mood = None
        for _ in range(3):
            self.world.later(ATTEMPT * 2)
            self._sleep_until_it_is_day()
            for run_id in self.campaign.runs:
                self._deliver(partial(self.world.launch, run_id))
            for piece in list(self.slices):
                self._deliver(partial(self._plan_whole, piece))
            for task in list(self.batches):
                self._deliver(partial(self.world.send, task))
        self._check_end()

    def _sleep_until_it_is_day(self) -> None:
        while not 16 <= self.world.now.hour < 22:  # UTC: day in Chicago and in Denver
            self.world.later(timedelta(hours=1))

    def _check_end(self) -> None:
        report = self.world.report(self.campaign)
        assert report.status in (State.FINISHED, State.CANCELLED)
        self.nobody_is_texted_twice()
        self.counters_equal_the_slots()
        assert report.waiting == 0
        accounted = report.sent + report.refused + report.unknown + sum(report.excluded.values())
        assert accounted == report.targeted
        assert len(self.world.network.texts) <= report.sent + report.unknown
        assert SlotState.CLAIMED not in {slot.state for slot in self.world.slots.slots.values()}

    def _take(self, text: OutboundText) -> Certainty | None:
        """The carrier's end: a claim stands behind each text, and consent, and an hour by day."""
        slot = self.world.slots.slots[text.context["run"], text.to]
        assert slot.state is SlotState.CLAIMED
        assert self._contact(text.to).status is Status.SUBSCRIBED
        assert decide_window(text.to, self.world.now).allowed
        return self.mood

    def _contact(self, phone: str) -> Contact:
        return self.world.slots.contacts[phone]

    def _runs(self) -> int:
        return len(self.campaign.runs)

    def _plan_whole(self, piece: Slice) -> None:
        self.world.planner.plan(piece, lambda: self.world.now, lambda: False)

    def _deliver(self, act: Callable[[], object]) -> None:
        """Let one message be handled; what fails stays in its pool, as in a queue."""
        try:
            act()
        except (Broken, NotQueued, NotYetWritten, PlannedElsewhere, Unfinished, TurnedDown):
            pass
        finally:
            self.slices |= dict.fromkeys(self.world.slices.messages)
            self.batches |= dict.fromkeys(self.world.batches.messages)
            self.world.slices.messages.clear()
            self.world.batches.messages.clear()

    def _make_breakable(self) -> None:
        world = self.world
        for call, owner, name in (
            ("claim", world.slots, "claim"),
            ("settle", world.slots, "settle"),
            ("save", world.store, "save"),
            ("record", world.store, "record"),
            ("queue batches", world.batches, "put"),
            ("queue slices", world.slices, "put"),
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
