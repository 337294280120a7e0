"""Whatever people text and campaigns do, in whatever order: their word on consent is the last.

The real use cases on fakes, watched by a bookkeeper who knows nothing of the classifier or the
state machine: texts come from lists of which everyone would say that they are opt-outs, explicit
opt-ins, or neither. What he doesn't know for sure he doesn't permit.
"""

import re
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from sayso.domain.catalog import OptIn
from sayso.domain.contact import Status
from sayso.domain.exchange import InboundText
from sayso.domain.text import fold
from sayso.domain.vocabulary import WORDS, Intent
from sayso.services.inbound import TryAgain
from sayso.services.ports.carrier import Certainty, OutboundText, Purpose
from sayso.services.ports.queues import BatchTask
from sayso.services.refusals import TurnedDown
from sayso.services.send import Unfinished
from tests.support.bluebird import ANA, BEN, CHLOE, PROGRAM, SHOP, a_text
from tests.support.cases import table
from tests.support.consent_world import ConsentWorld

HOME = {ANA: ZoneInfo("America/Chicago"), BEN: ZoneInfo("America/Chicago"),
        CHLOE: ZoneInfo("America/Denver")}  # fmt: skip
PEOPLE = list(HOME)
OPT_OUTS = [
    "STOP",
    "stop please",
    "Unsubscribe",
    "take me off your list",
    *(row["text"] for row in table("stop-surface-forms") if row.get("label", "stop") == "stop"),
]
OPT_INS = ["JOIN", "JOIN DENVER", "coffee", "START", "UNSTOP"]
# The table's label says no more than that they opt nobody out.
AGREES = re.compile(r"\W*(join|yes|y|sí|si|oui)\b", re.IGNORECASE).match
NEITHER = [
    *("HELP", "hours", "?", "no", "can I stop by at 5", 'Liked "Reply STOP to end"'),
    *(
        row["text"]
        for row in table("replies")
        if row["label"] == "none" and not AGREES(row["text"])
    ),
]
# Words out of our own tables are among the texts that Hypothesis makes up.
AGREEING = {word.words for word in WORDS if word.intent in (Intent.JOIN, Intent.START, Intent.YES)}
AGREEING |= {keyword.word.casefold() for keyword in SHOP.keywords}
made_up = st.text(max_size=20).filter(lambda text: not AGREEING & {fold(text), *fold(text).split()})
neither = st.one_of(st.sampled_from(NEITHER), made_up)
GONE = (Status.OPTED_OUT, Status.FORGOTTEN)
CLOCK = [
    *(timedelta(seconds=1), timedelta(minutes=-20), timedelta(hours=5), timedelta(hours=11)),
    *(timedelta(days=1), timedelta(days=8), timedelta(days=40)),
]


@dataclass
class Person:
    """What the bookkeeper knows of a number; `may_be_texted` only after an explicit opt-in."""

    may_be_texted: bool = False
    asked: bool = False
    out: bool = False
    newest_stop: datetime | None = None
    seen: set[str] = field(default_factory=set)
    offers: list[datetime] = field(default_factory=list)


class ConsentMachine(RuleBasedStateMachine):
    """People, campaigns, clocks and a carrier, none of whom wait for the others."""

    def __init__(self) -> None:
        super().__init__()
        self.world = ConsentWorld()
        self.people = {phone: Person() for phone in PEOPLE}
        self.double = False
        self.on_the_way: list[tuple[InboundText, str]] = []
        self.delivered: list[tuple[InboundText, str]] = []
        self.batches: dict[BatchTask, None] = {}
        self.moods: list[Certainty | None] = []
        self.confirmed: Counter[str] = Counter()
        self.world.network.mood = self._watch

    @initialize(double=st.booleans())
    def everybody_joins(self, double: bool) -> None:
        self.the_shop_changes_how_people_opt_in(double)
        for phone in PEOPLE:
            self._deliver(self._text(phone, "JOIN DOWNTOWN"), "in")
            self._deliver(self._text(phone, "YES"), "yes")

    # What people do.

    @rule(phone=st.sampled_from(PEOPLE), body=st.sampled_from(OPT_OUTS))
    def someone_opts_out(self, phone: str, body: str) -> None:
        self._deliver(self._text(phone, body), "out")

    @rule(phone=st.sampled_from(PEOPLE), body=st.sampled_from(OPT_INS))
    def someone_opts_in(self, phone: str, body: str) -> None:
        self._deliver(self._text(phone, body), "in")

    @rule(phone=st.sampled_from(PEOPLE))
    def someone_says_yes(self, phone: str) -> None:
        self._deliver(self._text(phone, "YES"), "yes")

    @rule(phone=st.sampled_from(PEOPLE), body=neither)
    def someone_says_something_else(self, phone: str, body: str) -> None:
        self._deliver(self._text(phone, body), "neither")

    @rule(
        phone=st.sampled_from(PEOPLE),
        said=st.sampled_from([("STOP", "out"), ("JOIN", "in"), ("YES", "yes")]),
    )
    def a_text_is_held_up(self, phone: str, said: tuple[str, str]) -> None:
        self.on_the_way.append((self._text(phone, said[0]), said[1]))

    @precondition(lambda self: self.on_the_way)
    @rule(data=st.data())
    def one_that_was_held_up_arrives(self, data: st.DataObject) -> None:
        at = data.draw(st.integers(0, len(self.on_the_way) - 1))
        self._deliver(*self.on_the_way.pop(at))

    @precondition(lambda self: self.delivered)
    @rule(data=st.data())
    def one_is_delivered_again(self, data: st.DataObject) -> None:
        self._deliver(*data.draw(st.sampled_from(self.delivered)))

    # What the shop does.

    @rule(double=st.booleans())
    def the_shop_changes_how_people_opt_in(self, double: bool) -> None:
        self.double = double
        self.world.shop_opts_in_by(OptIn.DOUBLE if double else OptIn.SINGLE)

    @rule()
    def a_campaign_is_started(self) -> None:
        try:
            campaign = self.world.scheduled()
        except TurnedDown:
            return  # there is nobody whom it could go to
        self.world.launch(campaign.runs[0])
        self.world.plan_all()
        self._take_over()

    @precondition(lambda self: self.batches)
    @rule(data=st.data(), texts=st.integers(0, 3), again=st.booleans())
    def a_campaign_goes_on(self, data: st.DataObject, texts: int, again: bool) -> None:
        """Whichever it is, and whether or not its message is delivered once more later."""
        task = data.draw(st.sampled_from(list(self.batches)))
        if not again:
            del self.batches[task]
        left = iter(range(texts))
        self._send(task, lambda: next(left, None) is None)

    # What nobody asked for.

    @rule(jump=st.sampled_from(CLOCK))
    def the_clock_jumps(self, jump: timedelta) -> None:
        self.world.later(jump)

    @rule(mood=st.sampled_from([*Certainty]))
    def the_carrier_fails_next(self, mood: Certainty) -> None:
        self.moods.append(mood)

    # What must hold.

    @invariant()
    def nobody_is_subscribed_who_did_not_say_so(self) -> None:
        for phone, person in self.people.items():
            is_in = self.world.contact(phone).status is Status.SUBSCRIBED
            assert person.may_be_texted or not is_in

    @invariant()
    def every_ledger_verifies(self) -> None:
        for phone in PEOPLE:
            assert self.world.faults(phone) == []

    def teardown(self) -> None:
        """All that is still under way comes through, and finds what people said last."""
        for text, meaning in self.on_the_way:
            self._deliver(text, meaning)
        for _ in range(3):
            self.world.later(timedelta(hours=6))
            for task in list(self.batches):
                self._send(task)
        self.every_ledger_verifies()

    def _text(self, phone: str, body: str) -> InboundText:
        self.world.later(timedelta(seconds=1))
        return a_text(body, phone=phone, at=self.world.now)

    def _deliver(self, text: InboundText, meaning: str) -> None:
        self.confirmed.clear()
        before = self.world.contact(text.phone).status
        with suppress(TryAgain):
            self.world.receive(text)
        self._note(text, meaning, before)
        self.delivered.append((text, meaning))

    def _note(self, text: InboundText, meaning: str, before: Status) -> None:
        """What the bookkeeper makes of a text that has arrived."""
        person = self.people[text.phone]
        is_new = text.message_id not in person.seen
        person.seen.add(text.message_id)
        if not is_new:
            return
        said_since = person.newest_stop is None or text.received_at >= person.newest_stop
        if meaning == "out":
            newest = person.newest_stop or text.received_at
            person.newest_stop = max(newest, text.received_at)
            was_out, person.out = person.out, True
            person.may_be_texted = person.asked = False
            assert self.world.contact(text.phone).status in GONE
            assert not (was_out and self.confirmed[text.phone]), "one confirmation an opt-out"
        elif meaning == "in" and said_since:
            person.out = False
            person.asked = person.asked or self.double
            person.may_be_texted = person.may_be_texted or not self.double
        elif meaning == "yes" and said_since and person.asked:
            person.may_be_texted = True
        elif (now := self.world.contact(text.phone).status) not in (before, Status.SUBSCRIBED):
            # Words that may be an opt-out, or sound like an opt-in and are asked about.
            person.may_be_texted = False
            person.asked = person.asked or now is Status.PENDING
        if self.world.contact(text.phone).status is Status.SUBSCRIBED:
            # An opt-out that comes so late that a newer opt-in went before it ends that one too,
            # but does not bring back what that had ended.
            person.newest_stop = None

    def _watch(self, text: OutboundText) -> Certainty | None:
        """The carrier's end, at the very moment that a text is handed over."""
        mood = self.moods.pop(0) if self.moods else None
        if text.purpose is Purpose.MARKETING:
            is_refused = text.to in self.world.network.opt_outs.phones
            may_have_gone = mood in (None, Certainty.UNKNOWN) and not is_refused
            self._check_offer(text.to, may_have_gone=may_have_gone)
        else:
            self.confirmed[text.to] += 1
            assert self.confirmed[text.to] == 1, "one answer a delivery"
        return mood

    def _check_offer(self, phone: str, *, may_have_gone: bool) -> None:
        person, now = self.people[phone], self.world.now
        assert person.may_be_texted, "marketing without consent"
        assert self.world.contact(phone).status is Status.SUBSCRIBED
        assert 8 <= now.astimezone(HOME[phone]).hour < 21, "47 CFR 64.1200(c)(1)"
        # An offer that the clock now calls a future one was still sent.
        today = [at for at in person.offers if at > now - timedelta(days=1)]
        assert len(today) < PROGRAM.caps.per_day
        if may_have_gone:
            person.offers.append(now)

    def _send(self, task: BatchTask, is_time_short: Callable[[], bool] = lambda: False) -> None:
        try:
            self.world.sender.send(task, is_time_short)
        except Unfinished:
            self.batches[task] = None
        finally:
            self._take_over()

    def _take_over(self) -> None:
        self.batches |= dict.fromkeys(self.world.batches.messages)
        self.world.batches.messages.clear()


TestConsentMachine = ConsentMachine.TestCase
TestConsentMachine.settings = settings(max_examples=200, stateful_step_count=40)
