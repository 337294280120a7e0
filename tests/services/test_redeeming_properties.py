"""Invariant 7: whatever is redeemed, taken back, retried and raced, no use is one too many."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.domain.coupon import Coupon, Use, Verdict, Way
from sayso.domain.redeeming import restored
from sayso.services.ports.coupons import CouponChanged, RequestKnown
from tests.support.bluebird import ANA
from tests.support.campaigns import a_subscriber
from tests.support.counters import LATER, MIA, OMAR, CounterWorld
from tests.support.coupons import KINDS_OF_COUPON_STORE, Till, a_coupon, opened_till

REQUESTS = [f"U{number}" for number in range(6)]
STAFF = (MIA, OMAR)
# What is done, by which request, after how many minutes; by whom.
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["redeem", "redeem", "retry", "undo", "undo code", "press"]),
        st.sampled_from(REQUESTS),
        st.integers(0, 15),
        st.sampled_from(STAFF),
    ),
    max_size=25,
)
# At the store: read it now, or write by what was read some time ago.
RACES = st.lists(
    st.tuples(
        st.sampled_from(["read", "redeem", "undo"]), st.sampled_from(REQUESTS), st.integers(0, 3)
    ),
    max_size=20,
)


@settings(max_examples=300, deadline=None)
@given(steps=STEPS, most_uses=st.integers(1, 3))
def test_no_interleaving_at_the_counter_uses_a_coupon_too_often(
    steps: list[tuple[str, str, int, object]], most_uses: int
) -> None:
    world = CounterWorld()
    coupon = world.issued(a_coupon(most_uses=most_uses), a_subscriber(ANA))
    now, redeemed = LATER, dict[str, Use]()
    for what, request, minutes, staff in steps:
        now += timedelta(minutes=minutes)
        assert staff in STAFF
        by = staff if what != "press" else None
        if what == "undo":
            world.counter.undo(MIA.phone, now)
        elif what == "undo code":
            world.counter.undo(OMAR.phone, now, code=coupon.code)
        else:
            outcome = world.redeems(coupon.code, request, now, by=by)
            if outcome.verdict is Verdict.REDEEMED:
                assert outcome.use is not None
                first = redeemed.setdefault(request, outcome.use)
                assert (outcome.use.id, outcome.use.at) == (first.id, first.at)
        check(world.coupons.get(coupon.code), world.coupons.uses(coupon.code), world.tally())


@pytest.fixture(params=KINDS_OF_COUPON_STORE)
def till(request: pytest.FixtureRequest) -> Iterator[Till]:
    with opened_till(request.param) as opened:
        yield opened


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(races=RACES, most_uses=st.integers(1, 3), phone=st.integers(0, 9_999_999))
def test_no_write_by_an_old_look_uses_a_coupon_too_often(
    till: Till, races: list[tuple[str, str, int]], most_uses: int, phone: int
) -> None:
    run_id = f"R1-{phone}"
    coupon = a_coupon(f"+1312{phone:07}", run_id, most_uses=most_uses)
    if till.coupons.get(coupon.code):
        return  # an example of the same number has been here
    till.coupons.put(coupon)
    looks = [coupon]
    for what, request, ago in races:
        seen = looks[max(-len(looks), -1 - ago)]
        if what == "redeem" and seen.uses < most_uses:
            attempt(till, seen, Use(request, coupon.code, LATER, Way.TEXT, staff=MIA.phone))
        elif what == "undo":
            take_back(till, seen, request)
        standing = till.coupons.get(coupon.code)
        assert standing is not None
        looks.append(standing)
        check(standing, till.coupons.uses(coupon.code), None)


def attempt(till: Till, seen: Coupon, use: Use) -> None:
    try:
        till.coupons.redeem(seen, use)
    except (CouponChanged, RequestKnown):
        return


def take_back(till: Till, seen: Coupon, request: str) -> None:
    uses = till.coupons.uses(seen.code)
    use = next((one for one in uses if one.id == request), None)
    if use is None:
        return
    try:
        till.coupons.undo(seen, use, restored(seen, use, uses), LATER)
    except CouponChanged:
        return


def check(coupon: Coupon | None, uses: list[Use], tally: dict[str, int] | None) -> None:
    live = [use for use in uses if use.undone_at is None]
    assert coupon is not None
    assert len(live) == coupon.uses <= coupon.most_uses
    assert len({use.id for use in uses}) == len(uses)
    if live:
        assert coupon.last_use in {use.id for use in live}
    if tally is not None:
        assert tally.get("uses", 0) == len(live)
        assert tally.get("redeemed", 0) == bool(live)
