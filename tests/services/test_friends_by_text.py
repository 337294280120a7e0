"""A friend's code brings somebody new: who is credited for it, and for whom nobody is."""

import pytest

from sayso.domain.codes import spoken
from sayso.domain.contact import Status
from sayso.domain.coupon import Coupon
from tests.support.bluebird import ANA, BEN, CHLOE, NOON
from tests.support.campaigns import a_subscriber
from tests.support.counter_texts import A_MINUTE, DOUBLE, World
from tests.support.counters import LATER
from tests.support.coupons import a_coupon, code_of


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def coupon(world: World) -> Coupon:
    return world.till.issued(a_coupon(), a_subscriber(ANA))


def test_a_friend_is_credited_for_somebody_new(world: World, coupon: Coupon) -> None:
    answer = world.says(BEN, f"JOIN DOWNTOWN FROM {spoken(coupon.code)}")

    ben = world.conversations.contacts[BEN]
    assert "you're in" in answer
    assert (ben.status, ben.channel, ben.referrer) == (Status.SUBSCRIBED, "friend", coupon.code)
    assert world.conversations.credits["R1"] == {
        "referred": 1,
        "l=DOWNTOWN|referred": 1,
        "c=sign|referred": 1,
    }


def test_a_friend_is_credited_once_for_each(world: World, coupon: Coupon) -> None:
    for _ in range(2):
        world.says(BEN, f"JOIN FROM {coupon.code}")
        world.says(BEN, "STOP")
        world.says(BEN, f"JOIN FROM {coupon.code}")

    assert world.brings(coupon.code) == 1
    world.says(CHLOE, f"JOIN FROM {coupon.code}")
    assert world.brings(coupon.code) == 2


def test_nobody_is_credited_for_an_old_subscriber(world: World, coupon: Coupon) -> None:
    world.says(BEN, "JOIN DOWNTOWN", NOON)
    world.says(BEN, f"JOIN FROM {coupon.code}")

    ben = world.conversations.contacts[BEN]
    assert (world.brings(coupon.code), ben.referrer, ben.channel) == (0, "", "")


def test_nobody_is_credited_for_somebody_who_had_opted_out(world: World, coupon: Coupon) -> None:
    world.says(BEN, "STOP", NOON)
    world.says(BEN, f"JOIN FROM {coupon.code}")

    assert world.brings(coupon.code) == 0


def test_nobody_brings_themselves(world: World) -> None:
    mine = world.till.issued(a_coupon(ANA))

    world.says(ANA, f"JOIN FROM {mine.code}")

    ana = world.conversations.contacts[ANA]
    assert (ana.status, ana.referrer, world.brings(mine.code)) == (Status.SUBSCRIBED, "", 0)


def test_a_code_that_all_share_credits_nobody(world: World) -> None:
    shared = world.till.issued(a_coupon(phone="", code=code_of(ANA)))

    world.says(BEN, f"JOIN FROM {shared.code}")

    ben = world.conversations.contacts[BEN]
    assert (ben.status, ben.referrer, world.brings(shared.code)) == (Status.SUBSCRIBED, "", 0)


def test_a_code_that_nobody_has_joins_without_a_friend(world: World) -> None:
    world.says(BEN, f"JOIN FROM {code_of(CHLOE)}")

    ben = world.conversations.contacts[BEN]
    assert (ben.status, ben.referrer, ben.channel) == (Status.SUBSCRIBED, "", "")


def test_with_a_double_opt_in_the_yes_credits_the_friend(coupon: Coupon) -> None:
    world = World(DOUBLE)
    world.till.issued(coupon, a_subscriber(ANA))

    world.says(BEN, f"JOIN FROM {coupon.code}")
    assert world.brings(coupon.code) == 0
    world.says(BEN, "YES", LATER + A_MINUTE)
    assert world.brings(coupon.code) == 1

    world.says(BEN, "STOP", LATER + 2 * A_MINUTE)
    world.says(BEN, f"JOIN FROM {coupon.code}", LATER + 3 * A_MINUTE)
    world.says(BEN, "YES", LATER + 4 * A_MINUTE)
    assert world.brings(coupon.code) == 1
