"""The list of refused rows: opened by a spreadsheet, mended by a person, sent in again."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.domain.imports.refused import heading_line, refused_lines
from sayso.domain.imports.rows import Reason, Rejected, Row
from sayso.domain.imports.sheet import Record
from tests.support.bluebird import ANA
from tests.support.sheets import GOOD, csv_of, rows_of, sheet_of

WHY = Rejected(Reason.BAD_PHONE, "phone is empty")


def as_read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def test_each_row_stands_behind_its_number_its_reason_and_what_to_do() -> None:
    text = refused_lines([(Record(7, ["", "2024-05-01", 'a "quoted", cell\nof two lines']), WHY)])

    assert as_read(text) == [
        ["7", "bad_phone", "phone is empty", "", "2024-05-01", 'a "quoted", cell\nof two lines']
    ]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", " ="])
def test_no_cell_is_taken_for_a_formula(start: str) -> None:
    cell = f'{start}HYPERLINK("https://evil.example")'

    ((_, _, _, written),) = as_read(refused_lines([(Record(2, [cell]), WHY)]))

    assert written == f"'{cell}"


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=4))
def test_every_cell_is_read_back_but_for_the_apostrophe(cells: list[str]) -> None:
    ((_, _, _, *read),) = as_read(refused_lines([(Record(2, cells), WHY)]))

    assert [one.removeprefix("'") for one in read] == [one.removeprefix("'") for one in cells]
    assert not any(one.lstrip(" ").startswith(("=", "+", "-", "@")) for one in read)


def test_the_list_can_be_sent_in_again_as_it_is() -> None:
    given = sheet_of(csv_of([GOOD | {"location": "Mars"}]))
    (record,) = given.records()
    listed = heading_line(given.headings) + refused_lines([(record, WHY)])

    assert listed.startswith("\ufeff")
    (row,) = rows_of(listed.replace("Mars", "Downtown"))
    assert isinstance(row, Row)
    assert (row.phone, row.location) == (ANA, "DOWNTOWN")
