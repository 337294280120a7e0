"""The daily round finds what differs from the carrier's list, mends it, and says how much."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from sayso.domain.contact import Contact, Status
from sayso.domain.ledger import Change, Entry, faults
from sayso.domain.upkeep import Phase, Round
from sayso.services.carriers_word import CarriersWord
from sayso.services.outside_word import OutsideWord
from sayso.services.ports.carrier import Certainty, SendFailed
from sayso.services.ports.opt_out_register import Listed
from sayso.services.upkeep import Upkeep, Went
from tests.fakes.campaigns import FakeCampaigns
from tests.fakes.catalog import FakeCatalog
from tests.fakes.contacts import FakeContacts
from tests.fakes.opt_out_list import FakeOptOutList
from tests.fakes.opt_out_register import FakeOptOutRegister
from tests.fakes.slot_history import FakeSlotHistory
from tests.fakes.slots import FakeSlots
from tests.fakes.upkeep import FakeRoll, FakeRounds
from tests.support.bluebird import ANA, BEN, CHLOE, NOON, SHOP
from tests.support.campaigns import a_subscriber

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TODAY = "2026-11-24T09:00:00Z"


class World:
    """A shop whose people joined at noon yesterday, and its carrier; small pages."""

    def __init__(self) -> None:
        self.now = NOON + DAY
        self.contacts: dict[str, Contact] = {}
        self.ledgers: dict[str, list[Entry]] = defaultdict(list)
        self.opt_outs = FakeOptOutList()
        self.register = FakeOptOutRegister(self.opt_outs, page_size=2)
        self.rounds = FakeRounds()
        self.store = FakeContacts(self.contacts, self.ledgers)
        outside = OutsideWord(self.store, self.opt_outs)
        history = FakeSlotHistory(FakeSlots(FakeCampaigns()))
        self.upkeep = Upkeep(
            rounds=self.rounds,
            roll=FakeRoll(self.contacts, page_size=2),
            contacts=self.store,
            register=self.register,
            opt_out_list=self.opt_outs,
            outside=outside,
            carriers_word=CarriersWord(outside, FakeCatalog(SHOP), history),
            clock=lambda: self.now,
        )

    def has(self, *contacts: Contact) -> None:
        self.contacts.update({one.phone: one for one in contacts})

    def lists(self, phone: str, since: datetime | None, *, by_customer: bool = False) -> None:
        """The carrier's list has the number, whoever put it there."""
        self.opt_outs.phones.add(phone)
        told = Listed(phone, since, by_customer)
        self.register.told = {**self.register.told, phone: told}

    def go_on(self, pages: int = 1_000, round_id: str = TODAY) -> Went:
        """Go on with the round for so many pages."""
        left = iter([False] * pages)
        return self.upkeep.go_on(round_id, lambda: next(left, True))

    def round(self, round_id: str = TODAY) -> Round:
        went = self.go_on(round_id=round_id)
        assert not went.goes_on
        assert went.round.phase is Phase.DONE
        return went.round


@pytest.fixture
def world() -> World:
    return World()


def gone(phone: str, at: datetime = NOON) -> Contact:
    return replace(a_subscriber(phone, status=Status.OPTED_OUT), opted_out_at=at)


def test_where_both_agree_nothing_is_done_and_all_is_counted(world: World) -> None:
    world.has(a_subscriber(ANA), gone(BEN))
    world.lists(BEN, NOON)

    before = dict(world.contacts)
    assert world.round().counts == {"listed": 1, "contacts": 2, "opted_out": 1}
    assert world.contacts == before
    assert world.opt_outs.phones == {BEN}


@pytest.mark.parametrize(
    "status", [Status.SUBSCRIBED, Status.PENDING, Status.HELD, Status.PAUSED, Status.UNREACHABLE]
)
def test_who_has_left_at_the_carrier_has_left_here(world: World, status: Status) -> None:
    world.has(a_subscriber(ANA, status=status))
    world.lists(ANA, NOON + HOUR, by_customer=True)

    counts = world.round().counts

    assert counts["opted_out_here"] == 1
    assert world.contacts[ANA].status is Status.OPTED_OUT
    assert world.contacts[ANA].opted_out_at == NOON + HOUR
    (entry,) = world.ledgers[ANA]
    assert (entry.change, entry.evidence.medium) == (Change.OPTED_OUT, "carrier")
    assert "EndUserOptedOut" in entry.evidence.words
    assert entry.evidence.program == "Bluebird Coffee"
    assert faults([entry]) == []


def test_who_opted_in_after_it_went_on_the_list_comes_off_it(world: World) -> None:
    world.has(a_subscriber(ANA))
    world.lists(ANA, NOON - HOUR, by_customer=True)

    assert world.round().counts["taken_off"] == 1
    assert world.contacts[ANA].status is Status.SUBSCRIBED
    assert world.opt_outs.phones == set()


def test_whom_the_carrier_does_not_let_off_is_counted(world: World) -> None:
    world.has(a_subscriber(ANA))
    world.lists(ANA, NOON - HOUR)
    world.opt_outs.failing = [Certainty.REFUSED]

    assert world.round().counts["not_taken_off"] == 1
    assert world.contacts[ANA].status is Status.SUBSCRIBED


@pytest.mark.parametrize("status", [Status.OPTED_OUT, Status.FORGOTTEN])
def test_who_has_left_here_and_is_not_on_the_list_goes_on_it(world: World, status: Status) -> None:
    world.has(replace(gone(ANA), status=status), gone(BEN))
    world.lists(BEN, NOON)

    assert world.round().counts["put_on"] == 1
    assert world.opt_outs.phones == {ANA, BEN}


def test_what_could_not_be_put_on_is_counted_and_found_the_next_day(world: World) -> None:
    world.has(gone(ANA))
    world.opt_outs.failing = [Certainty.POSTPONED]

    assert world.round().counts["not_put_on"] == 1
    assert world.round("2026-11-25T09:00:00Z").counts["put_on"] == 1
    assert world.opt_outs.phones == {ANA}


def test_who_has_left_a_moment_ago_is_no_drift(world: World) -> None:
    world.has(gone(ANA, at=world.now))

    assert "put_on" not in world.round().counts


def test_a_number_on_the_list_that_never_was_here_is_counted_and_let_be(world: World) -> None:
    world.has(a_subscriber(BEN, status=Status.UNKNOWN))
    for phone in (ANA, BEN):
        world.lists(phone, NOON + HOUR)

    assert world.round().counts["strangers"] == 2
    assert ANA not in world.contacts
    assert world.contacts[BEN].status is Status.UNKNOWN


def test_after_one_round_the_next_finds_nothing(world: World) -> None:
    world.has(a_subscriber(ANA), gone(BEN), a_subscriber(CHLOE))
    world.lists(ANA, NOON + HOUR)
    world.lists(CHLOE, NOON - HOUR)

    first = world.round().counts
    second = world.round("2026-11-25T09:00:00Z").counts

    assert (first["opted_out_here"], first["put_on"], first["taken_off"]) == (1, 1, 1)
    assert second == {"listed": 2, "contacts": 3, "opted_out": 2}


def a_crowd(world: World, size: int = 9) -> None:
    """So many people, of whom every third is on the carrier's list alone, the next here alone."""
    for number in range(size):
        phone = f"+1312555{number:04d}"
        world.has(gone(phone) if number % 3 == 1 else a_subscriber(phone))
        if number % 3 == 0:
            world.lists(phone, NOON + HOUR)


def test_a_round_goes_on_page_by_page_where_it_stopped(world: World) -> None:
    a_crowd(world)
    calls = 0
    while world.go_on(pages=1).goes_on:
        calls += 1

    (done,) = world.rounds.newest(5)
    at_once = World()
    a_crowd(at_once)
    assert done.counts == at_once.round().counts
    assert done.counts["opted_out_here"] == done.counts["put_on"] == 3
    assert calls > 4


def test_a_page_that_broke_off_is_done_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    a_crowd(world)
    with monkeypatch.context() as broken:
        broken.setattr(world.rounds, "advance", _breaks_off)
        with pytest.raises(ConnectionError):
            world.go_on()
    world.round()

    assert [phone for phone, one in world.contacts.items() if one.status is Status.SUBSCRIBED] == [
        "+13125550002",
        "+13125550005",
        "+13125550008",
    ]
    assert [len(entries) for entries in world.ledgers.values()] == [1, 1, 1]


def _breaks_off(*_: object) -> None:
    raise ConnectionError


def test_who_is_overtaken_leaves_the_round_to_the_other(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_crowd(world)
    inner = world.rounds.advance

    def overtaken(before: Round, after: Round, *rest: Any) -> None:
        world.rounds.rounds[before.id] = replace(before, step=before.step + 5)
        inner(before, after, *rest)

    monkeypatch.setattr(world.rounds, "advance", overtaken)
    went = world.go_on()

    assert not went.goes_on
    assert went.round.step == 5


def test_a_round_that_is_over_stays_so(world: World) -> None:
    world.round()
    world.has(gone(ANA))

    assert world.round().counts == {}
    assert world.opt_outs.phones == set()


@pytest.mark.parametrize("certainty", [Certainty.POSTPONED, Certainty.UNKNOWN])
def test_a_list_that_cannot_be_read_just_now_is_read_later(
    world: World, monkeypatch: pytest.MonkeyPatch, certainty: Certainty
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(world.register, "page", _fails(certainty))
        with pytest.raises(SendFailed):
            world.go_on()
    assert world.round().phase is Phase.DONE


def test_a_list_that_may_not_be_read_is_reported_and_nobody_is_taken_for_missing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.has(gone(ANA), replace(a_subscriber(BEN), status=Status.PAUSED, paused_until=NOON))
    monkeypatch.setattr(world.register, "page", _fails(Certainty.REFUSED))

    counts = world.round().counts

    assert counts == {"list_unreadable": 1, "contacts": 2, "opted_out": 1, "pauses_ended": 1}
    assert world.opt_outs.phones == set()


def _fails(certainty: Certainty) -> Callable[[str], None]:
    def page(position: str = "") -> None:
        raise SendFailed(certainty, "fake")

    return page


def test_a_list_that_takes_no_numbers_is_told_none(world: World) -> None:
    world.has(gone(ANA))
    world.register.takes_numbers = False

    assert world.round().counts == {"contacts": 1, "opted_out": 1}


def test_without_a_list_the_rest_is_done_all_the_same(world: World) -> None:
    world.has(gone(ANA), a_subscriber(BEN))
    world.upkeep = replace(world.upkeep, register=None)

    assert world.round().counts == {"contacts": 2, "opted_out": 1}


def test_what_time_has_ended_is_put_back_with_proof(world: World) -> None:
    asked = replace(
        a_subscriber(ANA, status=Status.PENDING), joined_at=None, asked_at=world.now - 8 * DAY
    )
    away = replace(a_subscriber(BEN, status=Status.PAUSED), paused_until=world.now - HOUR)
    waiting = replace(asked, phone=CHLOE, asked_at=world.now - DAY)
    world.has(asked, away, waiting)

    counts = world.round().counts

    assert (counts["unanswered"], counts["pauses_ended"]) == (1, 1)
    assert world.contacts[ANA].status is Status.UNKNOWN
    assert world.contacts[BEN].status is Status.SUBSCRIBED
    assert world.contacts[CHLOE] == waiting
    assert [world.ledgers[phone][0].change for phone in (ANA, BEN)] == [
        Change.EXPIRED,
        Change.RESUMED,
    ]


def test_a_stop_that_comes_in_between_wins_over_the_end_of_a_pause(world: World) -> None:
    away = replace(a_subscriber(ANA, status=Status.PAUSED), paused_until=world.now - HOUR)
    world.has(away)
    stopped = replace(gone(ANA, at=world.now), revision=2)
    world.store.in_between = lambda: world.has(stopped)

    assert "pauses_ended" not in world.round().counts
    assert world.contacts[ANA] == stopped


def test_a_join_that_comes_in_between_is_not_put_on_the_list(world: World) -> None:
    world.has(gone(ANA))
    add = world.opt_outs.add

    def joins_meanwhile(phone: str) -> None:
        add(phone)
        world.has(replace(a_subscriber(ANA), revision=2, joined_at=world.now))

    world.opt_outs.add = joins_meanwhile  # type: ignore[method-assign]
    world.round()

    assert world.opt_outs.phones == set()


def test_a_stop_that_comes_in_between_stays_on_the_list(world: World) -> None:
    world.has(a_subscriber(ANA))
    world.lists(ANA, NOON - HOUR)
    remove = world.opt_outs.remove

    def leaves_meanwhile(phone: str) -> None:
        remove(phone)
        world.has(gone(ANA, at=world.now))

    world.opt_outs.remove = leaves_meanwhile  # type: ignore[method-assign]
    world.round()

    assert world.opt_outs.phones == {ANA}


def test_a_join_that_comes_in_between_is_not_overridden_by_the_list(world: World) -> None:
    world.has(a_subscriber(ANA))
    world.lists(ANA, NOON + HOUR)
    anew = replace(a_subscriber(ANA), revision=2, joined_at=NOON + 2 * HOUR)
    world.store.in_between = lambda: world.has(anew)

    assert (
        "opted_out_here" not in world.round().counts or not world.round().counts["opted_out_here"]
    )
    assert world.contacts[ANA] == anew
