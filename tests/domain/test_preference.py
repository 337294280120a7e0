"""What a customer may ask for about their offers."""

from datetime import time, timedelta

import pytest

from sayso.domain.preference import NO_PREFERENCE, Preference


def test_nobody_asks_for_anything_until_they_do() -> None:
    assert NO_PREFERENCE.most is None
    assert (NO_PREFERENCE.opens, NO_PREFERENCE.closes) == (None, None)


@pytest.mark.parametrize(
    "wish",
    [
        Preference(1, timedelta(hours=1)),
        Preference(100, timedelta(days=31)),
        Preference(opens=time(17)),
        Preference(closes=time(12)),
        Preference(opens=time(23, 58), closes=time(23, 59)),
    ],
)
def test_a_wish_that_can_be_met_is_one(wish: Preference) -> None:
    assert wish != NO_PREFERENCE


@pytest.mark.parametrize("most", [-1, 0, 101])
def test_a_number_of_texts_that_means_none_or_no_limit_is_refused(most: int) -> None:
    with pytest.raises(ValueError, match="from 1 to 100 texts"):
        Preference(most)


@pytest.mark.parametrize("within", [timedelta(), timedelta(minutes=59), timedelta(days=32)])
def test_a_period_that_nobody_looks_back_on_is_refused(within: timedelta) -> None:
    with pytest.raises(ValueError, match="31 days at most"):
        Preference(1, within)


@pytest.mark.parametrize(
    ("opens", "closes"), [(time(9), time(9)), (time(20), time(8)), (None, time())]
)
def test_hours_that_never_open_are_refused(opens: time | None, closes: time) -> None:
    with pytest.raises(ValueError, match="open before they close"):
        Preference(opens=opens, closes=closes)
