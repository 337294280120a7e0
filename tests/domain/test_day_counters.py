"""What activities add up to."""

from dataclasses import replace
from datetime import UTC, date, datetime

from sayso.domain.activity import Activity, Kind
from sayso.domain.day_counters import counted, day_of
from sayso.domain.reported import reported_channels
from tests.support.bluebird import ANA, EMPTY_SHOP, NOON, SHOP

CHANNELS = frozenset({"window sign"})
JOINED = Activity(Kind.JOINED, NOON, phone=ANA, channel="window sign", location="DOWNTOWN")
REDEEMED = replace(JOINED, kind=Kind.REDEEMED, campaign="C1", place="UPTOWN", amount=23_500_000)


def test_a_join_counts_for_all_its_channel_and_its_store() -> None:
    assert counted(JOINED, CHANNELS) == {
        "joined": 1,
        "c=window sign|joined": 1,
        "l=DOWNTOWN|joined": 1,
    }


def test_what_has_no_channel_or_store_counts_as_such() -> None:
    assert counted(Activity(Kind.JOINED, NOON), CHANNELS) == {
        "joined": 1,
        "c=|joined": 1,
        "l=|joined": 1,
    }


def test_a_channel_that_is_not_advertised_counts_as_another_and_a_friend_as_one() -> None:
    known = reported_channels(SHOP)

    assert "c=other|joined" in counted(replace(JOINED, channel="flyer of 2019"), known)
    assert "c=friend|joined" in counted(replace(JOINED, channel="friend"), known)


def test_a_redemption_counts_with_its_amount_by_campaign_and_place_too() -> None:
    tally = counted(REDEEMED, CHANNELS)

    groups = ("", "c=window sign|", "l=DOWNTOWN|", "k=C1|", "p=UPTOWN|")
    assert tally == {
        f"{group}{what}": number
        for group in groups
        for what, number in (("redeemed", 1), ("sales", 1), ("revenue", 23_500_000))
    }


def test_a_redemption_without_an_amount_earns_nothing_that_is_known() -> None:
    tally = counted(replace(REDEEMED, amount=None), CHANNELS)

    assert {name.rpartition("|")[2] for name in tally} == {"redeemed"}


def test_what_is_undone_takes_out_what_it_had_added() -> None:
    undone = replace(REDEEMED, kind=Kind.UNDONE)

    tally = counted(REDEEMED, CHANNELS)
    tally.update(counted(undone, CHANNELS))

    assert set(tally.values()) == {0}


def test_a_campaigns_end_counts_for_nothing() -> None:
    assert counted(Activity(Kind.FINISHED, NOON, campaign="C1"), CHANNELS) == {}


def test_days_begin_at_midnight_where_the_program_is() -> None:
    late = Activity(Kind.JOINED, datetime(2026, 11, 24, 4, 59, tzinfo=UTC))

    assert day_of(late, SHOP) == date(2026, 11, 23)  # 23:59 in New York
    assert day_of(late, EMPTY_SHOP) == date(2026, 11, 24)


def test_an_undoing_after_midnight_is_taken_out_of_the_day_before() -> None:
    undone = Activity(
        Kind.UNDONE,
        datetime(2026, 11, 24, 5, 1, tzinfo=UTC),
        undoes=datetime(2026, 11, 24, 4, 59, tzinfo=UTC),
    )

    assert day_of(undone, SHOP) == date(2026, 11, 23)
