"""Lists of the till system's codes are read as tills write them."""

import tracemalloc

import pytest

from sayso.domain.pool_file import codes_in, rows_of
from sayso.domain.refusal import Refused


@pytest.mark.parametrize(
    "text",
    [
        "AB-100\nAB-101\n",
        "code\nAB-100\nAB-101",
        "\ufeffCode\r\nAB-100\r\n\r\nAB-101\r\n",
        'id,"code",note\n1,AB-100,first\n2,"AB-101","second, last"\n',
    ],
)
def test_codes_are_found_in_lines_and_in_columns(text: str) -> None:
    read = codes_in(rows_of(text), [])
    assert (read.codes, [one for one in read.bad if "code" not in one.reason]) == (
        ("AB-100", "AB-101"),
        [],
    )


def test_a_file_of_several_columns_names_that_of_the_codes() -> None:
    with pytest.raises(Refused) as refused:
        list(rows_of("1,AB-100\n2,AB-101\n"))
    assert refused.value.field == "csv"


@pytest.mark.parametrize("row", ["abc", "A" * 25, "-AB100", "AB100€", "AB\t100", "=CMD|1", "A - 1"])
def test_what_no_till_prints_is_refused(row: str) -> None:
    read = codes_in([row], [])
    assert read.codes == ()
    assert [one.row for one in read.bad] == [1]


def test_a_code_counts_once_however_it_is_spelled() -> None:
    read = codes_in(["ab-100", "AB 100", "AB-200"], ["AB-200"])
    assert read.codes == ("ab-100",)
    assert [(one.row, one.reason) for one in read.bad] == [
        (2, "the same as in row 1"),
        (3, "one of the shop's pools has this code already"),
    ]


def test_what_the_pools_hold_takes_no_memory() -> None:
    many = (f"TILL-{number:06}" for number in range(100_000))
    tracemalloc.start()
    try:
        read = codes_in(["TILL-000007", "AB-100"], many)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert read.codes == ("AB-100",)
    assert peak < 1_000_000
