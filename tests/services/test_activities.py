"""Changes in the table, taken in as activities."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from sayso.adapters.ids import id_of
from sayso.domain.activity import Activity, Kind
from sayso.domain.coupon import Coupon, Use, Way
from sayso.domain.slot import Tally
from sayso.services.activities import Activities
from sayso.services.ports.activities import Change, ContactChange, CouponChange, UseChange
from tests.fakes.activities import FakeActivities
from tests.fakes.campaigns import FakeCampaigns
from tests.fakes.catalog import FakeCatalog
from tests.support.bluebird import ANA, BEN, NOON, SHOP
from tests.support.campaigns import a_run, a_subscriber, sending

MONDAY = date(2026, 11, 23)
HOUR = timedelta(hours=1)
COUPON = Coupon(
    *("K7P4XQ9M", ANA, "C1", "R1", NOON),
    variant="B",
    channel="window sign",
    location="DOWNTOWN",
)
USE = Use("in-1", COUPON.code, NOON + HOUR, Way.TEXT, place="UPTOWN", amount=23_500_000)


class Coupons:
    """A CouponReader of one coupon."""

    def get(self, code: str) -> Coupon | None:
        return COUPON if code == COUPON.code else None


class World:
    def __init__(self) -> None:
        self.store = FakeActivities()
        campaigns = FakeCampaigns()
        sending(campaigns, a_run())
        self.settled: list[tuple[Coupon, Use]] = []
        self.activities = Activities(
            *(self.store, Coupons(), campaigns, FakeCatalog(SHOP), id_of),
            settle=lambda *which: self.settled.append(which),
        )

    def tell(self, *changes: Change, at: datetime = NOON) -> list[Activity]:
        return [activity for activity, _ in self.activities.take_in(changes, at)]

    def counted(self) -> dict[str, int]:
        tally = self.store.between(MONDAY, MONDAY).get(MONDAY, Tally())
        return {name: number for name, number in tally.items() if "|" not in name}


@pytest.fixture
def world() -> World:
    return World()


def test_what_happens_is_kept_and_counted(world: World) -> None:
    found = world.tell(
        ContactChange("r1", None, a_subscriber(ANA)),
        ContactChange("r2", None, a_subscriber(BEN)),
        UseChange("r3", None, USE),
    )

    assert [one.kind for one in found] == [Kind.JOINED, Kind.JOINED, Kind.REDEEMED]
    assert world.counted() == {"joined": 2, "redeemed": 1, "sales": 1, "revenue": 23_500_000}
    assert list(world.store.kept.values()) == found


def test_a_change_that_is_told_again_is_the_same_activity_and_counts_once(world: World) -> None:
    change = ContactChange("r1", None, a_subscriber(ANA))

    first, again = world.tell(change), world.tell(change, at=NOON + HOUR)

    assert first == again
    assert world.counted() == {"joined": 1}


def test_one_change_may_tell_two_things(world: World) -> None:
    texted = replace(a_subscriber(ANA), last_run="R1", last_run_at=NOON, last_heard_at=NOON - HOUR)
    at = NOON + HOUR
    rejoined = replace(texted.heard(at), joined_at=at)

    joined, replied = world.tell(ContactChange("r1", texted, rejoined))

    assert (joined.kind, replied.kind) == (Kind.JOINED, Kind.REPLIED)
    assert joined.id != replied.id


def test_an_answer_is_credited_to_the_campaign_of_the_run(world: World) -> None:
    texted = replace(a_subscriber(ANA), last_run="R1", last_run_at=NOON, last_heard_at=NOON - HOUR)

    (replied,) = world.tell(ContactChange("r1", texted, texted.heard(NOON + HOUR)))

    assert (replied.run, replied.campaign) == ("R1", "C1")
    assert world.store.tallies[MONDAY]["k=C1|replied"] == 1


def test_who_joins_by_a_friend_s_code_came_by_the_campaign_that_brought_it(world: World) -> None:
    brought = replace(a_subscriber(BEN), channel="friend", referrer=COUPON.code)

    (joined,) = world.tell(ContactChange("r1", None, brought))

    credited = (joined.campaign, joined.run, joined.variant, joined.code)
    assert credited == ("C1", "R1", "B", COUPON.code)
    assert (joined.phone, joined.channel) == (BEN, "friend")
    assert world.store.tallies[MONDAY]["k=C1|joined"] == 1


def test_a_friend_s_code_that_is_gone_credits_no_campaign(world: World) -> None:
    brought = replace(a_subscriber(BEN), channel="friend", referrer="GONE")

    (joined,) = world.tell(ContactChange("r1", None, brought))

    assert (joined.campaign, joined.run) == ("", "")


def test_an_answer_to_a_run_that_is_gone_is_one_of_no_campaign(world: World) -> None:
    texted = replace(a_subscriber(ANA), last_run="R9", last_run_at=NOON, last_heard_at=NOON - HOUR)

    (replied,) = world.tell(ContactChange("r1", texted, texted.heard(NOON + HOUR)))

    assert replied.campaign == ""


def test_a_redemption_that_is_taken_back_leaves_nothing_in_the_counters(world: World) -> None:
    undone = replace(USE, undone_at=NOON + HOUR + timedelta(minutes=3))

    world.tell(UseChange("r1", None, USE), UseChange("r2", USE, undone))

    assert not any(world.store.tallies[MONDAY].values())
    assert [one.kind for one in world.store.kept.values()] == [Kind.REDEEMED, Kind.UNDONE]


def test_a_use_of_a_coupon_that_is_gone_tells_nothing(world: World) -> None:
    assert world.tell(UseChange("r1", None, replace(USE, code="GONE"))) == []


def test_ids_sort_by_when_it_happened(world: World) -> None:
    clicked = replace(COUPON, clicked_at=NOON + 2 * HOUR)

    found = world.tell(
        CouponChange("r1", COUPON, clicked),
        UseChange("r2", None, USE),
        ContactChange("r3", None, a_subscriber(BEN)),
    )

    by_id = sorted(found, key=lambda one: one.id)
    assert [one.kind for one in by_id] == [Kind.JOINED, Kind.REDEEMED, Kind.CLICKED]


def test_what_follows_from_a_use_is_brought_about_whoever_left_it_undone(world: World) -> None:
    undone = replace(USE, undone_at=NOON + HOUR + timedelta(minutes=3))

    world.tell(UseChange("r1", None, USE), UseChange("r2", USE, undone))

    assert world.settled == [(COUPON, USE)]
