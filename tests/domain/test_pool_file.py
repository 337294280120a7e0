"""Lists of the till system's codes are read as tills write them."""

import tracemalloc

import pytest

from sayso.domain.pool_file import ROWS_AT_MOST, codes_in, rows_of
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


def test_what_the_shop_holds_already_takes_no_memory_however_much_it_is() -> None:
    rows = [f"NEW-{number:05d}" for number in range(1_000)]
    peaks = []
    for many in (1_000, 50_000):
        known = (f"TILL-{number:06d}" for number in range(many))
        tracemalloc.start()
        read = codes_in(rows, known)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert len(read.codes) == 1_000
    assert peaks[1] < 1.2 * peaks[0]


def test_a_file_of_more_rows_than_two_full_pools_is_refused_before_they_are_kept() -> None:
    rows = "a\n" * ROWS_AT_MOST
    assert len(list(rows_of(rows))) == ROWS_AT_MOST
    with pytest.raises(Refused, match="at most 200000 rows: split the file"):
        list(rows_of(f"{rows}a\n"))
