"""Whatever breaks, wherever it breaks: at most one reply, and consent as the person said."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from sayso.domain.contact import Status
from sayso.domain.exchange import InboundText
from sayso.domain.ledger import Change, faults
from sayso.services.inbound import Inbound, TryAgain
from sayso.services.ports.carrier import Certainty
from tests.fakes.carrier import FakeCarrier
from tests.fakes.conversations import FakeConversations
from tests.support.bluebird import ANA, NOON, SHOP, a_text
from tests.support.shelves import SHELVES, Shelf, opened

# How Lambda delivers again: two duplicates of SNS at once, then its own tries a minute apart.
REDELIVERIES = (timedelta(0), timedelta(seconds=2), timedelta(seconds=60), timedelta(seconds=180))
LIVES = (("JOIN DOWNTOWN",), ("JOIN", "STOP"), ("STOP", "JOIN"), ("HELP",), ("JOIN", "hello"))
FORGETS = ("JOIN DOWNTOWN", "good morning", "FORGET ME")


class Crash(Exception):
    """The function dies here: out of time, out of memory, or the machine is gone."""


@dataclass
class Fuse:
    """Blows at the call with this number, before or after it has had its effect."""

    at: int
    after_effect: bool
    count: int = 0

    @property
    def has_blown(self) -> bool:
        return self.count >= self.at

    def around(self, call: Callable[..., Any], *arguments: Any) -> Any:
        self.count += 1
        if self.count != self.at:
            return call(*arguments)
        if self.after_effect:
            call(*arguments)
        raise Crash


class Fused:
    """A port behind a fuse."""

    def __init__(self, port: Any, fuse: Fuse) -> None:
        self._port = port
        self._fuse = fuse

    def __getattr__(self, name: str) -> Any:
        return partial(self._fuse.around, getattr(self._port, name))


def delivered(shelf: Shelf, carrier: FakeCarrier, text: InboundText, fuse: Fuse) -> None:
    """Deliver, and again as often as Lambda would; only the first delivery may blow the fuse."""
    inbound = Inbound(
        Fused(shelf.another(), fuse), Fused(carrier, fuse), Fused(carrier.opt_outs, fuse)
    )
    for delay in REDELIVERIES:
        with suppress(Crash, TryAgain):
            inbound.handle(text, text.received_at + delay)


@pytest.fixture(params=SHELVES)
def shelf(request: pytest.FixtureRequest) -> Iterator[Shelf]:
    with opened(request.param, SHOP) as found:
        yield found


@pytest.mark.parametrize("after_effect", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("at", range(1, 9))
@pytest.mark.parametrize("bodies", LIVES, ids=" then ".join)
def test_a_crash_at_any_call_costs_at_most_the_reply(
    shelf: Shelf, bodies: Sequence[str], at: int, after_effect: bool
) -> None:
    carrier = FakeCarrier()
    texts = [a_text(body, at=NOON + n * timedelta(hours=1)) for n, body in enumerate(bodies)]
    for text in texts[:-1]:
        delivered(shelf, carrier, text, Fuse(0, after_effect))
    answered_before = len(carrier.texts)
    delivered(shelf, carrier, texts[-1], Fuse(at, after_effect))
    assert len(carrier.texts) - answered_before <= 1
    exchange = shelf.exchange(texts[-1])
    assert exchange is not None
    assert exchange.is_finished
    expected = {"JOIN": Status.SUBSCRIBED, "STOP": Status.OPTED_OUT, "HELP": Status.UNKNOWN}
    word = next(body.split()[0] for body in reversed(bodies) if body != "hello")
    assert shelf.contact(ANA).status is expected[word]
    assert faults(shelf.ledger(ANA)) == []
    assert carrier.opt_outs.phones == ({ANA} if word == "STOP" else set())


@pytest.mark.parametrize("after_effect", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("at", range(8))
def test_a_crash_at_any_call_leaves_nobody_half_forgotten(
    shelf: Shelf, at: int, after_effect: bool
) -> None:
    carrier = FakeCarrier()
    texts = [a_text(body, at=NOON + n * timedelta(hours=1)) for n, body in enumerate(FORGETS)]
    for text in texts[:-1]:
        delivered(shelf, carrier, text, Fuse(0, after_effect))
    delivered(shelf, carrier, texts[-1], Fuse(at, after_effect))
    exchanges = [shelf.exchange(text) for text in texts]
    assert [exchange.text.body for exchange in exchanges if exchange] == ["", "", "FORGET ME"]
    assert all(exchange.is_finished for exchange in exchanges if exchange)
    assert shelf.contact(ANA).status is Status.FORGOTTEN
    assert carrier.opt_outs.phones == {ANA}
    assert [entry.change for entry in shelf.ledger(ANA)] == [Change.ERASED]
    assert faults([*shelf.erased(ANA), *shelf.ledger(ANA)]) == []


@pytest.mark.parametrize("bodies", LIVES, ids=" then ".join)
def test_without_a_crash_the_reply_is_given(shelf: Shelf, bodies: Sequence[str]) -> None:
    carrier = FakeCarrier()
    for n, body in enumerate(bodies):
        fuse = Fuse(0, after_effect=False)
        delivered(shelf, carrier, a_text(body, at=NOON + n * timedelta(hours=1)), fuse)
        assert len(carrier.texts) == n + 1


@pytest.mark.parametrize("bodies", [*LIVES, ("STOP", "JOIN nowhere"), FORGETS], ids=" then ".join)
def test_the_crashes_above_reach_every_call_of_a_delivery(bodies: Sequence[str]) -> None:
    fuse = Fuse(0, after_effect=False)
    carrier = FakeCarrier()
    with opened("fake", SHOP) as shelf:
        for n, body in enumerate(bodies):
            fuse.count = 0
            inbound = Inbound(
                Fused(shelf.another(), fuse), Fused(carrier, fuse), Fused(carrier.opt_outs, fuse)
            )
            inbound.handle(a_text(body, at=NOON + n * timedelta(hours=1)), NOON)
            assert 3 <= fuse.count <= 8


def test_a_worker_that_dies_between_storing_and_sending_is_not_replaced_at_once(
    shelf: Shelf,
) -> None:
    carrier = FakeCarrier()
    text = a_text("JOIN")
    fuse = Fuse(0, after_effect=False)
    dying = Inbound(shelf.another(), Fused(carrier, Fuse(1, after_effect=False)), carrier.opt_outs)
    with pytest.raises(Crash):
        dying.handle(text, NOON)
    delivered(shelf, carrier, text, fuse)
    exchange = shelf.exchange(text)
    assert carrier.texts == []
    assert exchange is not None
    assert exchange.reply_state == "unknown"


class Troubled(RuleBasedStateMachine):
    """Texts of one person, replays of old ones, failures of the carrier, and the clock."""

    def __init__(self) -> None:
        super().__init__()
        self.conversations = FakeConversations(SHOP)
        self.carrier = FakeCarrier()
        self.now = NOON
        self.texts: list[InboundText] = []
        self.wanted = Status.UNKNOWN
        self.entries = 0

    @rule(seconds=st.sampled_from([1, 30, 60, 3600, 90000]))
    def time_passes(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @rule(body=st.sampled_from(["JOIN", "JOIN DENVER", "STOP", "START", "YES", "HELP", "hm"]))
    def a_new_text_arrives(self, body: str) -> None:
        self.now += timedelta(seconds=1)
        text = a_text(body, at=self.now)
        self.texts.append(text)
        words = self._words_of_the_carrier()
        self._deliver(text)
        if text_is_stored(self.conversations, text):
            self._expect(body)
        if self._words_of_the_carrier() != words:
            self.wanted = Status.OPTED_OUT

    @precondition(lambda self: self.texts)
    @rule(data=st.data())
    def an_old_text_is_delivered_again(self, data: st.DataObject) -> None:
        before, words = self.conversations.contacts[ANA], self._words_of_the_carrier()
        self._deliver(data.draw(st.sampled_from(self.texts)))
        if self._words_of_the_carrier() == words:
            assert self.conversations.contacts[ANA] == before
        else:
            self.wanted = Status.OPTED_OUT

    @rule(failures=st.lists(st.sampled_from(Certainty), max_size=3))
    def the_carrier_has_a_bad_moment(self, failures: list[Certainty]) -> None:
        self.carrier.failing = failures

    @rule(failures=st.lists(st.sampled_from(Certainty), max_size=3))
    def the_opt_out_list_has_a_bad_moment(self, failures: list[Certainty]) -> None:
        self.carrier.opt_outs.failing = failures

    def _deliver(self, text: InboundText) -> None:
        inbound = Inbound(self.conversations, self.carrier, self.carrier.opt_outs)
        with suppress(TryAgain):
            inbound.handle(text, self.now)

    def _words_of_the_carrier(self) -> int:
        """How often the carrier has kept a number on its list and refused the answer to it."""
        ledger = self.conversations.ledgers[ANA]
        return sum(entry.evidence.medium == "carrier" for entry in ledger)

    def _expect(self, body: str) -> None:
        if body == "STOP":
            self.wanted = Status.OPTED_OUT
        elif body in ("JOIN", "JOIN DENVER", "START") and self._was_heard():
            self.wanted = Status.SUBSCRIBED

    def _was_heard(self) -> bool:
        """The loop guard may have hushed us; then nobody has entered either."""
        newest = self.conversations.exchanges[ANA, self.texts[-1].message_id]
        return bool(newest.reply) or self.wanted is Status.SUBSCRIBED

    @invariant()
    def the_status_is_what_was_said_last(self) -> None:
        contact = self.conversations.contacts.get(ANA)
        assert (contact.status if contact else Status.UNKNOWN) is self.wanted

    @invariant()
    def no_text_is_answered_twice(self) -> None:
        answered = [text.context["exchange"] for text in self.carrier.texts]
        assert len(answered) == len(set(answered))

    @invariant()
    def each_opt_out_is_confirmed_once_at_most(self) -> None:
        outs = [one for one in self.conversations.ledgers[ANA] if one.change is Change.OPTED_OUT]
        confirmed = [text for text in self.carrier.texts if "opted out" in text.body]
        assert len(confirmed) <= len(outs)

    @invariant()
    def the_ledger_verifies_and_only_grows(self) -> None:
        ledger = self.conversations.ledgers[ANA]
        assert faults(ledger) == []
        assert len(ledger) >= self.entries
        self.entries = len(ledger)


def text_is_stored(conversations: FakeConversations, text: InboundText) -> bool:
    return (text.phone, text.message_id) in conversations.exchanges


TestTroubled = Troubled.TestCase
TestTroubled.settings = settings(max_examples=60, stateful_step_count=40)
