"""How long people take from text to till, as far as counters tell."""

from datetime import timedelta

import pytest

from sayso.domain.slot import Tally
from sayso.domain.takings import TILL, bucket_of, median_lapse, timed_uses


@pytest.mark.parametrize("minutes", [1, 3, 17, 45, 130, 999, 4321, 20000])
def test_a_median_is_right_to_a_tenth(minutes: int) -> None:
    lapse = timedelta(minutes=minutes)
    found = median_lapse(Tally({f"{TILL}{bucket_of(lapse)}": 7}))

    assert found is not None
    assert abs(found / lapse - 1) < 0.1


def test_half_come_earlier_and_half_later() -> None:
    lapses = [timedelta(minutes=n) for n in (2, 5, 60, 600, 6000)]
    tally = Tally(f"{TILL}{bucket_of(one)}" for one in lapses)

    found = median_lapse(tally)

    assert found is not None
    assert 54 < found / timedelta(minutes=1) < 66
    assert timed_uses(tally) == 5


def test_where_nobody_came_there_is_no_median() -> None:
    taken_back = Tally({f"{TILL}4": 0, "redeemed": 0})

    assert median_lapse(taken_back) is None
    assert timed_uses(taken_back) == 0
