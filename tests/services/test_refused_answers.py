"""Answers that the carrier refuses because its own list has the number as opted out."""

from datetime import timedelta

import pytest

from sayso.domain.contact import Status
from sayso.domain.ledger import Change, faults
from sayso.services.inbound import Inbound, Outcome, TryAgain
from sayso.services.ports.carrier import OPTED_OUT_AT_CARRIER, Certainty
from tests.fakes.carrier import FakeCarrier
from tests.fakes.conversations import FakeConversations
from tests.support.bluebird import ANA, DOUBLE_OPT_IN_SHOP, NOON, SHOP, a_text

MINUTE = timedelta(minutes=1)


class World:
    """Ana and the carrier, whose list somebody else may change."""

    def __init__(self, *, double: bool = False) -> None:
        self.conversations = FakeConversations(DOUBLE_OPT_IN_SHOP if double else SHOP)
        self.carrier = FakeCarrier()
        self.listed = self.carrier.opt_outs
        self.inbound = Inbound(self.conversations, self.carrier, self.listed)
        self.now = NOON

    def texts(self, body: str, message_id: str = "") -> Outcome:
        self.now += MINUTE
        text = a_text(body, at=self.now, message_id=message_id)
        return self.inbound.handle(text, self.now).outcome

    @property
    def status(self) -> Status:
        return self.conversations.contacts[ANA].status

    @property
    def proof(self) -> list[tuple[Change, str]]:
        entries = self.conversations.ledgers[ANA]
        assert faults(entries) == []
        return [(entry.change, entry.evidence.medium) for entry in entries]


@pytest.fixture
def world() -> World:
    return World()


def test_a_stranger_whom_the_list_has_comes_off_it_by_joining_and_is_answered(
    world: World,
) -> None:
    world.listed.phones.add(ANA)

    assert world.texts("JOIN") is Outcome.ANSWERED
    assert world.status is Status.SUBSCRIBED
    assert len(world.carrier.texts) == 1
    assert world.listed.phones == set()


def test_whoever_is_asked_comes_off_it_too_and_so_does_their_yes() -> None:
    world = World(double=True)
    world.listed.phones.add(ANA)
    assert world.texts("JOIN") is Outcome.ANSWERED
    world.listed.phones.add(ANA)
    assert world.texts("YES") is Outcome.ANSWERED

    assert world.status is Status.SUBSCRIBED
    assert world.listed.phones == set()


def test_whom_the_carrier_does_not_let_off_is_not_subscribed(world: World) -> None:
    world.listed.phones.add(ANA)
    world.listed.failing = [Certainty.REFUSED]

    assert world.texts("JOIN") is Outcome.UNANSWERED
    assert world.status is Status.OPTED_OUT
    assert world.proof == [(Change.OPTED_IN, "sms"), (Change.OPTED_OUT, "carrier")]
    assert world.conversations.ledgers[ANA][-1].evidence.words == OPTED_OUT_AT_CARRIER


def test_a_list_that_is_away_has_the_opt_in_answered_by_a_redelivery(world: World) -> None:
    world.listed.phones.add(ANA)
    world.listed.failing = [Certainty.POSTPONED]

    with pytest.raises(TryAgain):
        world.texts("JOIN", "in-1")
    assert world.status is Status.SUBSCRIBED

    world.now -= MINUTE
    assert world.texts("JOIN", "in-1") is Outcome.ANSWERED
    assert len(world.carrier.texts) == 1


@pytest.mark.parametrize("words", ["HELP", "what are your hours"])
def test_a_subscriber_whose_answer_is_refused_has_left(world: World, words: str) -> None:
    world.texts("JOIN")
    world.listed.phones.add(ANA)

    assert world.texts(words) is Outcome.UNANSWERED
    assert world.status is Status.OPTED_OUT
    assert world.proof[-1] == (Change.OPTED_OUT, "carrier")


def test_a_subscriber_who_joins_again_stays(world: World) -> None:
    world.texts("JOIN")
    world.listed.phones.add(ANA)

    assert world.texts("JOIN UPTOWN") is Outcome.ANSWERED
    assert world.status is Status.SUBSCRIBED


def test_help_after_an_opt_out_changes_nothing(world: World) -> None:
    for words in ("JOIN", "STOP"):
        world.texts(words)
    before = world.proof

    assert world.texts("HELP") is Outcome.UNANSWERED
    assert world.status is Status.OPTED_OUT
    assert world.proof == before
    assert world.listed.phones == {ANA}


def test_another_refusal_says_nothing_of_the_number(world: World) -> None:
    world.texts("JOIN")
    world.carrier.failing = [Certainty.REFUSED]

    assert world.texts("HELP") is Outcome.UNANSWERED
    assert world.status is Status.SUBSCRIBED


def test_a_stop_whose_mirroring_is_late_does_not_list_who_has_joined_since(world: World) -> None:
    world.texts("JOIN")
    world.listed.failing = [Certainty.POSTPONED]
    with pytest.raises(TryAgain):
        world.texts("STOP", "in-stop")
    stopped_at = world.now
    world.texts("JOIN")

    world.inbound.handle(a_text("STOP", at=stopped_at, message_id="in-stop"), world.now)

    assert world.status is Status.SUBSCRIBED
    assert world.listed.phones == set()


def test_an_opt_in_whose_mirroring_is_late_does_not_unlist_who_has_left_since(
    world: World,
) -> None:
    for words in ("JOIN", "STOP"):
        world.texts(words)
    world.listed.failing = [Certainty.POSTPONED]
    with pytest.raises(TryAgain):
        world.texts("JOIN", "in-join")
    joined_at = world.now
    world.texts("STOP")

    world.inbound.handle(a_text("JOIN", at=joined_at, message_id="in-join"), world.now)

    assert world.status is Status.OPTED_OUT
    assert world.listed.phones == {ANA}


def test_an_opt_in_that_is_delivered_again_is_not_newer_than_what_came_since(world: World) -> None:
    world.carrier.failing = [Certainty.POSTPONED]
    with pytest.raises(TryAgain):
        world.texts("JOIN", "in-join")
    joined_at = world.now
    world.texts("HELP")
    world.listed.phones.add(ANA)

    world.inbound.handle(a_text("JOIN", at=joined_at, message_id="in-join"), world.now)

    assert world.status is Status.OPTED_OUT
    assert world.listed.phones == {ANA}
