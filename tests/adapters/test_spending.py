"""What every SpendingStore does: the one on the table and the fake of it."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from botocore.exceptions import ClientError

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.items import from_item, to_item
from sayso.adapters.dynamodb.spending import DynamoSpending
from sayso.domain.spending import Account
from sayso.services.ports.spending import LimitReached, SpendingStore
from tests.fakes.spending import FakeSpending
from tests.support.bluebird import NOON
from tests.support.shelves import OneCallAtATime
from tests.support.table import TABLE, mocked_table

RUN = Account("RUN#R1", 100, "spend_limit_run")
DAY = Account("DAY#2026-11-23", 250, "spend_limit_day")
MONTH = Account("MONTH#2026-11", None, "spend_limit_month")
Spent = Callable[[Account], int]


@pytest.fixture(params=["fake", "dynamodb"])
def stores(request: pytest.FixtureRequest) -> Iterator[tuple[SpendingStore, Spent]]:
    if request.param == "fake":
        fake = FakeSpending()
        yield fake, lambda account: fake.spent[account.name]
        return
    with mocked_table() as client:
        yield DynamoSpending(OneCallAtATime(client), TABLE), lambda one: in_table(client, one)


def in_table(client: Any, account: Account) -> int:
    item = client.get_item(TableName=TABLE, Key=to_item(keys.spending(account.name))).get("Item")
    return int(from_item(item)["spent"]) if item else 0


def test_what_is_reserved_is_in_every_account(stores: tuple[SpendingStore, Spent]) -> None:
    store, spent = stores
    for amount in (30, 40):
        store.reserve([RUN, DAY, MONTH], amount, NOON)
    assert [spent(one) for one in (RUN, DAY, MONTH)] == [70, 70, 70]


def test_a_limit_may_be_reached_and_not_passed(stores: tuple[SpendingStore, Spent]) -> None:
    store, spent = stores
    store.reserve([RUN, DAY], 60, NOON)
    with pytest.raises(LimitReached) as reached:
        store.reserve([RUN, DAY], 41, NOON)
    assert (reached.value.account, reached.value.left) == (RUN, 40)
    assert (spent(RUN), spent(DAY)) == (60, 60)
    store.reserve([RUN, DAY], 40, NOON)
    assert spent(RUN) == 100


def test_the_account_that_has_least_left_is_named(stores: tuple[SpendingStore, Spent]) -> None:
    store, _ = stores
    store.reserve([DAY], 230, NOON)
    with pytest.raises(LimitReached) as reached:
        store.reserve([RUN, DAY], 101, NOON)
    assert (reached.value.account, reached.value.left) == (DAY, 20)


def test_an_amount_above_the_whole_limit_is_refused(stores: tuple[SpendingStore, Spent]) -> None:
    store, spent = stores
    with pytest.raises(LimitReached) as reached:
        store.reserve([RUN], 101, NOON)
    assert reached.value.left == 100
    assert spent(RUN) == 0


def test_a_limit_that_was_lowered_leaves_nothing(stores: tuple[SpendingStore, Spent]) -> None:
    store, _ = stores
    store.reserve([DAY], 200, NOON)
    with pytest.raises(LimitReached) as reached:
        store.reserve([replace(DAY, limit=150)], 1, NOON)
    assert reached.value.left == 0


def test_what_is_given_back_may_be_reserved_again(stores: tuple[SpendingStore, Spent]) -> None:
    store, spent = stores
    store.reserve([RUN, MONTH], 100, NOON)
    store.give_back([RUN, MONTH], 25)
    store.reserve([RUN, MONTH], 25, NOON)
    assert (spent(RUN), spent(MONTH)) == (100, 100)


def test_many_at_once_never_pass_a_limit(stores: tuple[SpendingStore, Spent]) -> None:
    """Some give back a part of what they got, as senders do."""
    store, spent = stores
    peaks: list[int] = []

    def sender(number: int) -> int:
        kept = 0
        for step in range(8):
            amount = 1 + (number * 5 + step * 3) % 11
            try:
                store.reserve([RUN, DAY], amount, NOON)
            except LimitReached:
                continue
            unused = amount // 3
            if unused:
                store.give_back([RUN, DAY], unused)
            kept += amount - unused
            peaks.append(spent(RUN))
        return kept

    with ThreadPoolExecutor(8) as pool:
        kept = sum(pool.map(sender, range(8)))
    assert max(peaks) <= 100
    assert spent(RUN) == spent(DAY) == kept
    assert kept > 85


@pytest.mark.parametrize(
    ("code", "passes"), [("ThrottlingException", True), ("AccessDeniedException", False)]
)
def test_what_cannot_be_given_back_for_now_stays_spent(
    monkeypatch: pytest.MonkeyPatch, code: str, passes: bool
) -> None:
    with mocked_table() as client:
        store = DynamoSpending(client, TABLE)
        store.reserve([RUN], 60, NOON)

        def fail(**_: object) -> None:
            raise ClientError({"Error": {"Code": code}}, "TransactWriteItems")

        monkeypatch.setattr(client, "transact_write_items", fail)
        if passes:
            store.give_back([RUN], 60)
        else:
            with pytest.raises(ClientError):
                store.give_back([RUN], 60)
        assert in_table(client, RUN) == 60
