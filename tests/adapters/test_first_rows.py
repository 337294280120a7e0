"""What every FirstRows does: the one on the disk and the fake of the use cases' tests."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest

from sayso.adapters.first_rows import notebook
from sayso.services.ports.imports import FirstRows
from tests.fakes.imports import dict_notebook
from tests.support.bluebird import ANA, BEN


@pytest.fixture(params=[notebook, dict_notebook])
def first_rows(
    request: pytest.FixtureRequest,
) -> Iterator[FirstRows]:
    make: Callable[[], AbstractContextManager[FirstRows]] = request.param
    with make() as made:
        yield made


def test_the_first_row_of_a_number_is_remembered(first_rows: FirstRows) -> None:
    assert first_rows.first(ANA, 2) == 2
    assert first_rows.first(BEN, 3) == 3
    assert first_rows.first(ANA, 4) == 2
    assert first_rows.first(ANA, 5) == 2


def test_numbers_of_fifteen_digits_are_told_apart(first_rows: FirstRows) -> None:
    assert first_rows.first("+999999999999999", 2) == 2
    assert first_rows.first("+999999999999998", 3) == 3


def test_each_reading_of_a_file_begins_with_an_empty_one() -> None:
    for _ in range(2):
        with notebook() as first_rows:
            assert first_rows.first(ANA, 7) == 7
