"""At the counter: a coupon is redeemed once, whoever asks, however often and by whichever way."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from sayso.domain.campaign import State
from sayso.domain.changes import Change
from sayso.domain.codes import spoken
from sayso.domain.contact import Contact, Status
from sayso.domain.coupon import Verdict, Way
from sayso.domain.redeeming import Undoing
from sayso.services.redeeming import KeepsChanging, Outcome
from tests.support.bluebird import ANA, BEN, NOON
from tests.support.campaigns import a_subscriber
from tests.support.counters import LATER, MIA, OMAR, CounterWorld
from tests.support.coupons import FREE_COFFEE, a_coupon, code_of

A_MINUTE = timedelta(minutes=1)


@pytest.fixture
def world() -> CounterWorld:
    return CounterWorld()


def test_a_coupon_is_redeemed_and_the_run_counts_it(world: CounterWorld) -> None:
    coupon = world.issued(a_coupon(), a_subscriber(ANA))

    outcome = world.redeems(spoken(coupon.code), amount=23_500_000)

    assert (outcome.verdict, outcome.offer) == (Verdict.REDEEMED, FREE_COFFEE)
    assert outcome.use is not None
    assert (outcome.use.by, outcome.use.place, outcome.use.amount) == (
        *("Mia", "DOWNTOWN"),
        23_500_000,
    )
    tally = world.tally()
    assert (tally["redeemed"], tally["uses"], tally["revenue"]) == (1, 1, 23_500_000)


def test_a_second_attempt_is_told_when_and_where(world: CounterWorld) -> None:
    coupon = world.issued(a_coupon(), a_subscriber(ANA))
    world.redeems(coupon.code)

    outcome = world.redeems(coupon.code, "U2", LATER + A_MINUTE, by=OMAR)

    assert outcome.verdict is Verdict.USED
    assert outcome.coupon is not None
    assert (outcome.coupon.last_used_at, outcome.coupon.last_used_place) == (LATER, "DOWNTOWN")
    assert len(world.live_uses(coupon.code)) == 1


def test_a_request_that_is_made_again_gets_its_answer_and_no_second_use(
    world: CounterWorld,
) -> None:
    coupon = world.issued(a_coupon(most_uses=5), a_subscriber(ANA))
    first = world.redeems(coupon.code)
    world.redeems(coupon.code, "U2")

    again = world.redeems(coupon.code, at=LATER + timedelta(days=9))

    assert (again.verdict, again.use) == (Verdict.REDEEMED, first.use)
    assert len(world.live_uses(coupon.code)) == 2


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({"valid_until": LATER - A_MINUTE}, Verdict.EXPIRED),
        ({"valid_from": LATER + A_MINUTE}, Verdict.NOT_YET),
        ({"places": ("UPTOWN",)}, Verdict.WRONG_LOCATION),
        ({"uses": 1}, Verdict.USED),
    ],
)
def test_what_may_not_be_redeemed_is_not(
    world: CounterWorld, changes: dict[str, Any], verdict: Verdict
) -> None:
    coupon = world.issued(a_coupon(**changes), a_subscriber(ANA))

    assert world.redeems(coupon.code).verdict is verdict
    assert (world.live_uses(coupon.code), world.tally()) == ([], {})
    assert world.ana.visits == {}


def test_a_coupon_of_a_cancelled_campaign_is_withdrawn(world: CounterWorld) -> None:
    coupon = world.issued(a_coupon(), a_subscriber(ANA))
    world.campaigns.campaigns["C1"] = replace(
        world.campaigns.campaigns["C1"], state=State.CANCELLED
    )

    assert world.redeems(coupon.code).verdict is Verdict.WITHDRAWN


def test_a_coupon_of_somebody_who_is_forgotten_is_withdrawn(world: CounterWorld) -> None:
    coupon = world.issued(a_coupon(), Contact(ANA, Status.FORGOTTEN, revision=1))

    assert world.redeems(coupon.code).verdict is Verdict.WITHDRAWN


def test_a_coupon_of_somebody_whose_traces_are_erased_is_withdrawn(world: CounterWorld) -> None:
    coupon = world.issued(a_coupon("", withdrawn_at=NOON))

    assert world.redeems(coupon.code).verdict is Verdict.WITHDRAWN


def test_a_code_that_only_opens_links_is_nothing_to_redeem(world: CounterWorld) -> None:
    coupon = world.issued(a_coupon(shown=""), a_subscriber(ANA))

    assert world.redeems(coupon.code).verdict is Verdict.UNKNOWN


def test_a_code_that_nobody_has_is_unknown(world: CounterWorld) -> None:
    world.issued(a_coupon())

    assert world.redeems(code_of(BEN)) == Outcome(Verdict.UNKNOWN)


def test_whoever_opted_out_meanwhile_may_still_come(world: CounterWorld) -> None:
    coupon = world.issued(a_coupon(), a_subscriber(ANA, status=Status.OPTED_OUT))

    assert world.redeems(coupon.code).verdict is Verdict.REDEEMED


def test_where_it_can_only_be_one_store_nobody_has_to_say_so(world: CounterWorld) -> None:
    coupon = world.issued(a_coupon(places=("UPTOWN",)), a_subscriber(ANA))

    outcome = world.redeems(coupon.code, by=None)

    assert outcome.use is not None
    assert (outcome.use.way, outcome.use.place) == (Way.PAGE, "UPTOWN")


def test_a_shared_code_is_for_staff_to_enter_and_no_page(world: CounterWorld) -> None:
    world.issued(a_coupon("", code="SPRING", most_uses=0))

    assert world.redeems("SPRING", by=None).verdict is Verdict.UNKNOWN
    assert world.redeems("spring", "U2").verdict is Verdict.REDEEMED
    assert world.redeems("spring", "U3", by=OMAR).verdict is Verdict.REDEEMED


def test_the_visit_is_noted_and_the_home_store_stays(world: CounterWorld) -> None:
    coupon = world.issued(a_coupon(), a_subscriber(ANA, "UPTOWN"))

    world.redeems(coupon.code)

    assert world.ana.visits == {"DOWNTOWN": "2026-11-23T18:40:00.000+00:00"}
    assert (world.ana.visited_at, world.ana.redeemed_at) == (LATER, LATER)
    assert world.ana.location == "UPTOWN"
    assert world.tally()["visited"] == 1


def test_whoever_has_no_store_gets_the_one_where_they_redeem_with_proof(
    world: CounterWorld,
) -> None:
    coupon = world.issued(a_coupon(), a_subscriber(ANA, ""))

    world.redeems(coupon.code)
    world.redeems(coupon.code)

    (entry,) = world.ledgers[ANA]
    assert (world.ana.location, world.ana.ledger_seq, world.ana.revision) == ("DOWNTOWN", 1, 2)
    assert (entry.change, entry.evidence.location) == (Change.PREFERRED, "DOWNTOWN")


def test_nobody_is_given_a_store_who_gets_no_offers(world: CounterWorld) -> None:
    coupon = world.issued(a_coupon(), a_subscriber(ANA, "", Status.OPTED_OUT))

    world.redeems(coupon.code)

    assert (world.ana.location, world.ledgers) == ("", {})


def test_what_was_cut_short_after_the_use_is_brought_about_by_the_retry(
    world: CounterWorld,
) -> None:
    coupon = world.issued(a_coupon(), a_subscriber(ANA))
    world.contacts.in_between = None
    contact = world.people.pop(ANA)
    world.redeems(coupon.code)
    world.people[ANA] = contact

    world.redeems(coupon.code)

    assert world.ana.visits.keys() == {"DOWNTOWN"}
    assert (world.tally()["uses"], world.tally()["visited"]) == (1, 1)


def test_a_use_is_taken_back_by_whoever_entered_it(world: CounterWorld) -> None:
    coupon = world.issued(a_coupon(), a_subscriber(ANA))
    world.redeems(coupon.code, amount=9_000_000)

    undone = world.counter.undo(MIA.phone, LATER + 9 * A_MINUTE)

    assert undone.undoing is Undoing.UNDONE
    assert world.coupons.get(coupon.code) == coupon
    (use,) = world.coupons.uses(coupon.code)
    assert use.undone_at == LATER + 9 * A_MINUTE
    assert world.tally() == {"visited": 1, "l=DOWNTOWN|visited": 1, "c=|visited": 1}


def test_what_was_taken_back_is_not_taken_back_twice(world: CounterWorld) -> None:
    coupon = world.issued(a_coupon(most_uses=2), a_subscriber(ANA))
    world.redeems(coupon.code, "U1")
    world.redeems(coupon.code, "U2", LATER + A_MINUTE)

    for _ in range(3):
        undone = world.counter.undo(MIA.phone, LATER + 2 * A_MINUTE)
        assert undone.undoing is Undoing.UNDONE

    assert [use.id for use in world.live_uses(coupon.code)] == ["U1"]
    standing = world.coupons.get(coupon.code)
    assert standing is not None
    assert (standing.uses, standing.last_use, standing.last_used_at) == (1, "U1", LATER)


def test_it_can_be_redeemed_again_after_it_was_taken_back(world: CounterWorld) -> None:
    coupon = world.issued(a_coupon(), a_subscriber(ANA))
    world.redeems(coupon.code)
    world.counter.undo(MIA.phone, LATER)

    assert world.redeems(coupon.code, "U2").verdict is Verdict.REDEEMED
    assert world.tally()["redeemed"] == 1


def test_after_ten_minutes_it_stays(world: CounterWorld) -> None:
    coupon = world.issued(a_coupon(), a_subscriber(ANA))
    world.redeems(coupon.code)

    undone = world.counter.undo(MIA.phone, LATER + 10 * A_MINUTE + timedelta(seconds=1))

    assert undone.undoing is Undoing.TOO_LATE
    assert len(world.live_uses(coupon.code)) == 1


def test_nobody_takes_back_what_somebody_else_has_entered(world: CounterWorld) -> None:
    coupon = world.issued(a_coupon(), a_subscriber(ANA))
    world.redeems(coupon.code)

    assert world.counter.undo(OMAR.phone, LATER).undoing is Undoing.NOTHING
    assert world.counter.undo(OMAR.phone, LATER, code=coupon.code).undoing is Undoing.NOT_YOURS
    assert len(world.live_uses(coupon.code)) == 1


def test_what_a_customer_pressed_staff_take_back_by_its_code_and_no_customer_does(
    world: CounterWorld,
) -> None:
    coupon = world.issued(a_coupon(), a_subscriber(ANA))
    world.redeems(coupon.code, by=None)

    assert world.counter.undo("", LATER, code=coupon.code).undoing is Undoing.NOT_YOURS
    assert len(world.live_uses(coupon.code)) == 1
    done = world.counter.undo(MIA.phone, LATER, code=spoken(coupon.code))
    assert (done.undoing, world.live_uses(coupon.code)) == (Undoing.UNDONE, [])


def test_there_is_nothing_to_take_back_before_anything_was_entered(world: CounterWorld) -> None:
    coupon = world.issued(a_coupon())

    assert world.counter.undo(MIA.phone, NOON).undoing is Undoing.NOTHING
    assert world.counter.undo(MIA.phone, NOON, code=coupon.code).undoing is Undoing.NOTHING
    assert world.counter.undo(MIA.phone, NOON, code="nonsense").undoing is Undoing.NOTHING


def test_a_coupon_that_others_keep_using_is_to_be_tried_again(world: CounterWorld) -> None:
    coupon = world.issued(a_coupon(most_uses=99), a_subscriber(ANA))
    reads = world.coupons.look

    def look(code: str, request_id: str) -> Any:
        found = reads(code, request_id)
        standing = world.coupons.coupons[code]
        world.coupons.put(replace(standing, uses=standing.uses + 1))
        return found

    world.coupons.look = look  # type: ignore[method-assign]
    with pytest.raises(KeepsChanging):
        world.redeems(coupon.code)
