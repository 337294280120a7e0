"""A customer's text from its arrival to its answer, through fakes."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest

from sayso.domain import replies
from sayso.domain.catalog import Catalog, Keyword
from sayso.domain.contact import Contact, Status
from sayso.domain.exchange import ATTEMPT, Exchange, InboundText, Mirror, ReplyState
from sayso.domain.vocabulary import Intent
from sayso.services.inbound import Handled, Inbound, Outcome, TryAgain
from sayso.services.ports.carrier import OPTED_OUT_AT_CARRIER, Certainty, Purpose
from sayso.services.ports.conversations import Opening
from tests.fakes.carrier import FakeCarrier
from tests.fakes.conversations import FakeConversations
from tests.fakes.opt_out_list import FakeOptOutList
from tests.support.bluebird import ANA, DOWNTOWN, NOON, PROGRAM, SHOP, a_text

SOON = NOON + timedelta(seconds=5)
LATER = NOON + ATTEMPT + timedelta(seconds=15)


@dataclass
class World:
    """The use case, with everything around it in memory."""

    conversations: FakeConversations = field(default_factory=lambda: FakeConversations(SHOP))
    opt_outs: FakeOptOutList = field(default_factory=FakeOptOutList)

    def __post_init__(self) -> None:
        self.carrier = FakeCarrier(self.opt_outs)
        self.inbound = Inbound(self.conversations, self.carrier, self.opt_outs)

    def handle(self, text: InboundText, now: datetime = NOON) -> Handled:
        return self.inbound.handle(text, now)

    def says(self, body: str, now: datetime = NOON) -> Handled:
        return self.handle(a_text(body, at=now), now)

    @property
    def ana(self) -> Contact:
        return self.conversations.contacts[ANA]

    @property
    def told(self) -> list[str]:
        return self.carrier.bodies_to(ANA)

    def exchange(self, text: InboundText) -> Exchange:
        return self.conversations.exchanges[text.phone, text.message_id]


@pytest.fixture
def world() -> World:
    return World()


def test_a_join_is_recorded_tagged_and_answered(world: World) -> None:
    text = a_text("Join: down-town!")
    handled = world.handle(text)
    assert handled == Handled(Outcome.ANSWERED, Intent.JOIN, "keyword JOIN")
    assert (world.ana.status, world.ana.location) == (Status.SUBSCRIBED, "DOWNTOWN")
    assert world.told == [replies.opted_in(PROGRAM, DOWNTOWN, "")]
    exchange = world.exchange(text)
    assert (exchange.reply_state, exchange.reply_message_id) == (ReplyState.SENT, "out-1")
    assert exchange.is_finished


@pytest.mark.parametrize(
    ("body", "store", "kept", "said"),
    [
        ("JOIN 60614", "UPTOWN", "60614", "you're in at Bluebird Uptown!"),
        ("JOIN 60614-1234", "UPTOWN", "60614", "you're in at Bluebird Uptown!"),
        ("JOIN 00501", "", "00501", "We have no store near 00501. For your store's offers text"),
        ("JOIN 00000", "", "", "we don't know the ZIP code 00000. For your store's offers text"),
        ("JOIN 99999", "", "", "we don't know the ZIP code 99999. For your store's offers text"),
    ],
)
def test_a_zip_code_joins_the_nearest_store_or_is_asked_about(
    body: str, store: str, kept: str, said: str
) -> None:
    zips = {"DOWNTOWN": "60602", "UPTOWN": "60657", "DENVER": "80202"}
    stores = tuple(replace(one, zip=zips[one.code]) for one in SHOP.locations)
    world = World(FakeConversations(replace(SHOP, locations=stores)))
    assert world.says(body).outcome is Outcome.ANSWERED
    assert (world.ana.status, world.ana.location, world.ana.zip) == (
        Status.SUBSCRIBED,
        store,
        kept,
    )
    (answer,) = world.told
    assert said in answer


def test_the_answer_carries_our_id_for_its_delivery_event(world: World) -> None:
    text = a_text("JOIN")
    world.handle(text)
    (sent,) = world.carrier.texts
    assert sent.context == {"exchange": text.message_id}
    assert sent.purpose is Purpose.ANSWER


def test_a_text_that_needs_no_answer_is_stored_in_silence(world: World) -> None:
    world.says("hello?")
    text = a_text("anyone?")
    assert world.handle(text).outcome is Outcome.SILENT
    assert len(world.told) == 1
    assert world.exchange(text).text.body == "anyone?"


def test_a_text_delivered_again_changes_and_answers_nothing(world: World) -> None:
    text = a_text("JOIN DOWNTOWN")
    world.handle(text)
    before = world.ana
    for now in (NOON, SOON, LATER):
        assert world.handle(text, now).outcome is Outcome.DUPLICATE
    assert world.ana == before
    assert len(world.told) == 1
    assert len(world.conversations.ledgers[ANA]) == 1


def test_a_join_delivered_again_after_a_stop_does_not_undo_it(world: World) -> None:
    join = a_text("JOIN")
    world.handle(join)
    world.says("STOP", SOON)
    world.handle(join, LATER)
    assert world.ana.status is Status.OPTED_OUT
    assert world.opt_outs.phones == {ANA}


def test_a_stop_delivered_again_after_a_new_join_bars_nobody(world: World) -> None:
    stop = a_text("STOP")
    world.handle(stop)
    world.says("JOIN", SOON)
    world.handle(stop, LATER)
    assert world.ana.status is Status.SUBSCRIBED
    assert world.opt_outs.phones == set()


def test_a_stop_is_confirmed_before_the_carrier_is_told(world: World) -> None:
    world.says("JOIN")
    assert world.says("STOP", SOON).outcome is Outcome.ANSWERED
    assert world.told[-1] == replies.opted_out(PROGRAM)
    assert world.opt_outs.phones == {ANA}


def test_a_new_join_is_taken_off_the_carriers_list_before_it_is_answered(world: World) -> None:
    world.says("STOP")
    assert world.says("JOIN DOWNTOWN", SOON).outcome is Outcome.ANSWERED
    assert world.told[-1] == replies.opted_in(PROGRAM, DOWNTOWN, "")
    assert world.opt_outs.phones == set()


def test_help_for_a_number_on_the_carriers_list_is_refused_by_the_carrier(world: World) -> None:
    world.says("STOP")
    text = a_text("HELP", at=SOON)
    assert world.handle(text, SOON).outcome is Outcome.UNANSWERED
    assert world.exchange(text).reply_reason == OPTED_OUT_AT_CARRIER


def test_a_word_that_the_cached_catalog_lacks_is_looked_up_in_the_newest() -> None:
    newer = Catalog(PROGRAM, SHOP.locations, (Keyword("LATTE", location="DOWNTOWN"),), revision=8)
    world = World(FakeConversations(newer, cached=SHOP))
    handled = world.says("latte")
    assert (handled.intent, world.ana.location) == (Intent.JOIN, "DOWNTOWN")


def test_a_word_that_even_the_newest_catalog_lacks_gets_the_fallback(world: World) -> None:
    assert world.says("latte").intent is Intent.NONE
    assert world.told == [replies.not_understood(SHOP, PROGRAM)]


def test_a_reply_that_the_carrier_cannot_take_now_is_sent_by_one_redelivery(world: World) -> None:
    text = a_text("JOIN")
    world.carrier.failing = [Certainty.POSTPONED, Certainty.POSTPONED]
    for now in (NOON, SOON):
        with pytest.raises(TryAgain):
            world.handle(text, now)
    assert world.handle(text, LATER).outcome is Outcome.ANSWERED
    assert world.handle(text, LATER).outcome is Outcome.DUPLICATE
    assert len(world.told) == 1


def test_a_reply_that_the_carrier_refuses_is_not_tried_again(world: World) -> None:
    text = a_text("JOIN")
    world.carrier.failing = [Certainty.REFUSED]
    assert world.handle(text).outcome is Outcome.UNANSWERED
    assert world.handle(text, LATER).outcome is Outcome.DUPLICATE
    assert world.told == []
    assert world.exchange(text).reply_state is ReplyState.REFUSED


def test_a_reply_that_may_have_been_sent_is_never_sent_again(world: World) -> None:
    text = a_text("JOIN")
    world.carrier.failing = [Certainty.UNKNOWN]
    assert world.handle(text).outcome is Outcome.UNANSWERED
    for now in (SOON, LATER):
        assert world.handle(text, now).outcome is Outcome.DUPLICATE
    assert len(world.told) == 1
    assert world.exchange(text).reply_state is ReplyState.UNKNOWN


@pytest.mark.parametrize("failure", [Certainty.POSTPONED, Certainty.UNKNOWN])
def test_a_stop_that_the_list_did_not_take_is_listed_later_and_answered_once(
    world: World, failure: Certainty
) -> None:
    text = a_text("STOP")
    world.opt_outs.failing = [failure]
    with pytest.raises(TryAgain):
        world.handle(text)
    assert world.ana.status is Status.OPTED_OUT
    assert world.handle(text, LATER).outcome is Outcome.ANSWERED
    assert world.opt_outs.phones == {ANA}
    assert len(world.told) == 1
    assert world.exchange(text).mirror is Mirror.NONE


@pytest.mark.parametrize("failure", [Certainty.POSTPONED, Certainty.UNKNOWN])
def test_a_join_whose_number_stays_listed_for_now_is_answered_later(
    world: World, failure: Certainty
) -> None:
    world.says("STOP")
    text = a_text("JOIN", at=SOON)
    world.opt_outs.failing = [failure]
    with pytest.raises(TryAgain):
        world.handle(text, SOON)
    assert len(world.told) == 1
    assert world.handle(text, LATER).outcome is Outcome.ANSWERED
    assert len(world.told) == 2


def test_a_number_that_the_carrier_will_not_unlist_is_not_tried_forever(world: World) -> None:
    world.says("STOP")
    world.opt_outs.failing = [Certainty.REFUSED, Certainty.REFUSED]
    text = a_text("JOIN", at=SOON)
    assert world.handle(text, SOON).outcome is Outcome.UNANSWERED
    assert world.exchange(text).reply_reason == OPTED_OUT_AT_CARRIER


def test_a_postponed_stop_is_listed_only_once_it_could_be_answered(world: World) -> None:
    text = a_text("STOP")
    world.carrier.failing = [Certainty.POSTPONED]
    with pytest.raises(TryAgain):
        world.handle(text)
    assert world.opt_outs.phones == set()
    world.handle(text, SOON)
    assert (len(world.told), world.opt_outs.phones) == (1, {ANA})


def test_an_unknown_reply_is_not_sent_again_because_the_list_fails_later(world: World) -> None:
    """The sender died after sending; the list is then busy; the reply must stay sent once."""
    world.says("STOP")
    text = a_text("JOIN", at=SOON)
    world.handle(text, SOON)
    lost = world.exchange(text)
    world.conversations.exchanges[ANA, text.message_id] = Exchange(
        text, lost.intent, lost.rule, lost.reply, ReplyState.INTENDED, mirror=Mirror.REMOVE
    )
    world.opt_outs.failing = [Certainty.POSTPONED]
    with pytest.raises(TryAgain):
        world.handle(text, LATER)
    world.handle(text, LATER)
    assert len(world.told) == 2
    assert world.exchange(text).reply_state is ReplyState.UNKNOWN


def test_a_text_whose_contact_keeps_changing_is_delivered_again() -> None:
    class Restless(FakeConversations):
        def open(self, phone: str, now: datetime) -> Opening:
            return Opening(self.catalog, Contact(phone, revision=99))

        def _contact(self, phone: str) -> Contact:
            return Contact(phone, revision=next(revisions))

    revisions = iter(range(100, 200))
    world = World(Restless(SHOP))
    with pytest.raises(TryAgain):
        world.says("JOIN")
    assert (world.told, world.conversations.exchanges) == ([], {})
