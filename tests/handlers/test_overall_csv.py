"""A report's rows as a file for a spreadsheet."""

import pytest

from sayso.handlers.admin_api.forms import View
from sayso.handlers.admin_api.overall_csv import csv_of


class Row(View):
    name: str
    joined: int
    sent: int | None = None


def test_it_has_a_head_and_a_line_for_each_row_and_nothing_for_what_is_not_known() -> None:
    written = csv_of([Row(name='Café "Loop", uptown', joined=-1), Row(name="", joined=2, sent=3)])

    assert written.startswith(b"\xef\xbb\xbf")
    assert written.decode("utf-8-sig") == (
        'name,joined,sent\r\n"Café ""Loop"", uptown",-1,\r\n,2,3\r\n'
    )


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_name_runs_in_a_spreadsheet(start: str) -> None:
    written = csv_of([Row(name=f"{start}cmd|' /C calc'!A0", joined=0)]).decode("utf-8-sig")

    assert written.split("\r\n", 1)[1].lstrip('"').startswith(f"'{start}")


def test_without_rows_it_is_empty() -> None:
    assert csv_of([]).decode("utf-8-sig") == ""
