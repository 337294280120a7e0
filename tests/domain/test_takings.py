"""What uses of coupons add up to."""

import random
from collections import Counter
from datetime import timedelta
from statistics import median

import pytest

from sayso.domain.coupon import Use, Way
from sayso.domain.takings import TILL, bucket_of, median_lapse, referred, taken, timed_uses
from tests.support.bluebird import NOON
from tests.support.coupons import a_coupon

MINUTE = timedelta(minutes=1)


def a_use(minutes: float = 40, amount: int | None = None) -> Use:
    return Use("U1", a_coupon().code, NOON + minutes * MINUTE, Way.TEXT, amount=amount)


def test_a_later_use_of_the_same_person_is_a_use_and_no_more() -> None:
    assert taken(a_coupon(), a_use(), is_first=False) == {
        "uses": 1,
        "l=DOWNTOWN|uses": 1,
        "c=sign|uses": 1,
    }


def test_a_sale_of_nothing_is_a_sale() -> None:
    tally = taken(a_coupon(), a_use(amount=0), is_first=False)

    assert (tally["sales"], tally["revenue"]) == (1, 0)


def test_a_shared_code_has_no_groups_and_no_time_from_text_to_till() -> None:
    assert taken(a_coupon("", code="SPRING"), a_use(), is_first=True) == {"uses": 1, "redeemed": 1}


def test_a_friend_counts_for_the_groups_of_whose_code_it_was() -> None:
    assert referred(a_coupon(variant="B")) == {
        "referred": 1,
        "l=DOWNTOWN|referred": 1,
        "c=sign|referred": 1,
        "v=B|referred": 1,
    }


@pytest.mark.parametrize(
    ("minutes", "bucket"), [(-5, 0), (0, 0), (1, 0), (2, 4), (4, 8), (60, 23), (1440, 41)]
)
def test_four_buckets_double_the_time(minutes: int, bucket: int) -> None:
    assert bucket_of(minutes * MINUTE) == bucket


def test_the_median_is_right_to_a_tenth() -> None:
    chance = random.Random(7)
    for spread in (1.5, 3, 9):
        minutes = [chance.lognormvariate(5, spread / 3) for _ in range(999)]
        tally = Counter(f"{TILL}{bucket_of(one * MINUTE)}" for one in minutes)
        found = median_lapse(tally)
        assert found is not None
        assert found / MINUTE == pytest.approx(median(minutes), rel=0.1)


def test_of_nobody_there_is_no_median() -> None:
    assert median_lapse({"uses": 3, f"{TILL}5": 0}) is None


def test_uses_that_were_taken_back_have_no_time() -> None:
    tally = Counter(f"{TILL}{bucket_of(n * MINUTE)}" for n in (2, 5, 60))

    assert timed_uses(tally) == 3
    assert timed_uses(Counter({f"{TILL}4": 0, "redeemed": 0})) == 0
