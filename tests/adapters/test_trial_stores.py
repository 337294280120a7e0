"""However they are kept, a day's test texts are counted once each and never beyond the limit."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.items import to_item
from sayso.adapters.dynamodb.trials import DynamoTrials
from sayso.services.ports.trials import TrialStore
from tests.fakes.trials import FakeTrials
from tests.support.bluebird import NOON
from tests.support.shelves import OneCallAtATime
from tests.support.table import TABLE, mocked_table

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)


@pytest.fixture(params=["fake", "dynamodb"])
def trials(request: pytest.FixtureRequest) -> Iterator[TrialStore]:
    if request.param == "fake":
        yield FakeTrials()
        return
    with mocked_table() as client:
        yield DynamoTrials(OneCallAtATime(client), TABLE)


def test_a_day_has_its_limit_and_the_next_day_its_own(trials: TrialStore) -> None:
    assert [trials.take(MONDAY, 2, NOON) for _ in range(3)] == [True, True, False]
    assert trials.take(TUESDAY, 2, NOON + timedelta(days=1))


def test_all_at_once_get_no_more_than_the_limit(trials: TrialStore) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: trials.take(MONDAY, 5, NOON), range(12)))

    assert answers.count(True) == 5


def test_a_days_count_goes_away_by_itself() -> None:
    with mocked_table() as client:
        DynamoTrials(client, TABLE).take(MONDAY, 2, NOON)
        item = client.get_item(TableName=TABLE, Key=to_item(keys.trials("2026-11-23")))["Item"]

    assert int(item["expires_at"]["N"]) == int((NOON + timedelta(days=7)).timestamp())
