"""What every Windows does: the ones on the table and the fake of them."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from sayso.adapters.dynamodb.windows import DynamoWindows
from sayso.domain.limits import Limit, Subject, Use, Window, use
from sayso.services.ports.windows import WindowFull, Windows
from tests.fakes.windows import FakeWindows
from tests.support.bluebird import NOON
from tests.support.coupons import KINDS_OF_COUPON_STORE
from tests.support.table import TABLE, mocked_table

HOURLY = Limit(Subject.GUESSING_PHONE, 2, timedelta(hours=1))
ENDS = NOON + timedelta(hours=1)


@pytest.fixture(params=KINDS_OF_COUPON_STORE)
def windows(request: pytest.FixtureRequest) -> Iterator[Windows]:
    if request.param == "fake":
        yield FakeWindows()
        return
    with mocked_table() as client:
        yield DynamoWindows(client, TABLE)


def one_more(windows: Windows, name: str = "w", now: datetime = NOON) -> dict[str, Use]:
    return {name: use(HOURLY, windows.read([name]).get(name), now)}


def test_uses_are_counted_up_to_the_last_that_fits(windows: Windows) -> None:
    for _ in range(2):
        windows.count(one_more(windows))

    assert windows.read(["w", "other"]) == {"w": Window(2, ENDS)}
    with pytest.raises(WindowFull):
        windows.count(one_more(windows))


def test_what_races_into_a_new_window_looks_again(windows: Windows) -> None:
    first = one_more(windows)
    windows.count(first)

    with pytest.raises(WindowFull):
        windows.count(first)

    assert windows.read(["w"]) == {"w": Window(1, ENDS)}


def test_nothing_is_counted_where_one_of_them_is_full(windows: Windows) -> None:
    for _ in range(2):
        windows.count(one_more(windows))

    with pytest.raises(WindowFull):
        windows.count(one_more(windows) | one_more(windows, "roomy"))

    assert windows.read(["roomy"]) == {}


def test_what_is_given_back_may_be_used_again(windows: Windows) -> None:
    windows.count(one_more(windows))
    second = one_more(windows)
    windows.count(second)

    windows.give_back(second)

    windows.count(one_more(windows))
    assert windows.read(["w"]) == {"w": Window(2, ENDS)}


def test_a_new_window_has_nothing_to_give_back(windows: Windows) -> None:
    old = one_more(windows)
    windows.count(old)
    later = NOON + timedelta(hours=2)
    windows.count(one_more(windows, now=later))

    windows.give_back(old)

    assert windows.read(["w"]) == {"w": Window(1, later + timedelta(hours=1))}
