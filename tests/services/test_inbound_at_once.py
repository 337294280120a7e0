"""Deliveries that race each other: one subscriber, one ledger entry, one reply."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest

from sayso.domain.contact import Status
from sayso.domain.exchange import InboundText
from sayso.domain.ledger import Change, faults
from sayso.services.inbound import Inbound, Outcome
from sayso.services.ports.conversations import Conversations
from tests.fakes.carrier import FakeCarrier
from tests.support.bluebird import ANA, NOON, SHOP, a_text
from tests.support.shelves import SHELVES, Shelf, opened

# Each delivery runs in a Lambda worker of its own, whose catalog may be new or a moment old.
WORKERS = 5


@pytest.fixture(params=SHELVES)
def shelf(request: pytest.FixtureRequest) -> Iterator[Shelf]:
    with opened(request.param, SHOP) as found:
        yield found


@pytest.fixture
def carrier() -> FakeCarrier:
    return FakeCarrier()


def at_once(shelf: Shelf, carrier: FakeCarrier, texts: list[InboundText]) -> list[Outcome]:
    """What became of the texts, each handled by a worker of its own at the same moment."""
    workers = [worker(shelf.another(), carrier) for _ in texts]
    start = Barrier(len(texts))

    def deliver(one: tuple[Inbound, InboundText]) -> Outcome:
        start.wait()
        return one[0].handle(one[1], NOON + timedelta(milliseconds=1)).outcome

    with ThreadPoolExecutor(len(texts)) as pool:
        return sorted(pool.map(deliver, zip(workers, texts, strict=True)))


def worker(conversations: Conversations, carrier: FakeCarrier, now: datetime = NOON) -> Inbound:
    conversations.open(ANA, now)
    return Inbound(conversations, carrier, carrier.opt_outs)


@pytest.mark.parametrize("attempt", range(5))
def test_five_deliveries_of_one_join_make_one_subscriber_one_entry_and_one_reply(
    shelf: Shelf, carrier: FakeCarrier, attempt: int
) -> None:
    outcomes = at_once(shelf, carrier, [a_text("JOIN DOWNTOWN", message_id="in-once")] * WORKERS)
    assert outcomes.count(Outcome.ANSWERED) == 1
    assert set(outcomes) <= {Outcome.ANSWERED, Outcome.UNDER_WAY, Outcome.DUPLICATE}
    assert shelf.contact(ANA).status is Status.SUBSCRIBED
    assert [entry.change for entry in shelf.ledger(ANA)] == [Change.OPTED_IN]
    assert len(carrier.texts) == 1


def test_five_different_texts_of_one_person_are_each_recorded_in_some_order(
    shelf: Shelf, carrier: FakeCarrier
) -> None:
    bodies = ("JOIN", "JOIN DENVER", "COFFEE", "JOIN UPTOWN", "HELP")
    texts = [a_text(body, at=NOON) for body in bodies]
    at_once(shelf, carrier, texts)
    entries = shelf.ledger(ANA)
    assert len(entries) == 4
    assert faults(entries) == []
    assert shelf.contact(ANA).revision == len(texts)
    assert all(shelf.exchange(text) for text in texts)
    assert len(carrier.texts) == len(texts)


def test_a_stop_among_five_stops_is_confirmed_once(shelf: Shelf, carrier: FakeCarrier) -> None:
    texts = [a_text("STOP", at=NOON) for _ in range(WORKERS)]
    outcomes = at_once(shelf, carrier, texts)
    assert outcomes == [Outcome.ANSWERED] + [Outcome.SILENT] * (WORKERS - 1)
    assert [entry.change for entry in shelf.ledger(ANA)] == [Change.OPTED_OUT]
    assert carrier.opt_outs.phones == {ANA}
