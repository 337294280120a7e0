"""Telephone numbers and times in the forms that people and spreadsheets give them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from sayso.domain.imports.values import DateOrder, read_phone, read_time
from sayso.domain.phone import NotAPhoneNumber

CHICAGO = ZoneInfo("America/Chicago")
ISO, MONTH_FIRST, DAY_FIRST = DateOrder.ISO, DateOrder.MONTH_FIRST, DateOrder.DAY_FIRST


@pytest.mark.parametrize(
    "text",
    [
        "+13125550101",
        "+1 312 555 0101",
        "+1 (312) 555-0101",
        "(312) 555-0101",
        "312-555-0101",
        "312.555.0101",
        "312/555-0101",
        "3125550101",
        "1-312-555-0101",
        "13125550101",
        "312\u00a0555\u20110101",
    ],
)
def test_a_number_of_north_america_is_read_in_any_dress(text: str) -> None:
    assert read_phone(text) == "+13125550101"


def test_other_countries_need_their_plus_sign() -> None:
    assert read_phone("+44 7700 900123") == "+447700900123"
    with pytest.raises(NotAPhoneNumber):
        read_phone("0044 7700 900123")
    with pytest.raises(NotAPhoneNumber):
        read_phone("07700 900123")


@pytest.mark.parametrize("text", ["1.31256E+10", "1,31256E+10", "+1.3E+10", "1E10"])
def test_a_number_that_excel_has_rounded_is_refused_and_the_remedy_named(text: str) -> None:
    with pytest.raises(NotAPhoneNumber, match="format the column as text"):
        read_phone(text)


@pytest.mark.parametrize(
    "text",
    ["", "555-0101", "+11235550101", "112-555-0101", "3120550101", "+1312555010", "phone", "١٢٣"],
)
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(NotAPhoneNumber):
        read_phone(text)


@pytest.mark.parametrize(
    ("text", "order", "read"),
    [
        ("2024-05-01", ISO, datetime(2024, 5, 1, 5, tzinfo=UTC)),
        ("2024-01-01", ISO, datetime(2024, 1, 1, 6, tzinfo=UTC)),
        ("2024-05-01 17:30", ISO, datetime(2024, 5, 1, 22, 30, tzinfo=UTC)),
        ("2024-05-01T17:30:09", ISO, datetime(2024, 5, 1, 22, 30, 9, tzinfo=UTC)),
        ("2024-05-01T17:30:09.123456Z", ISO, datetime(2024, 5, 1, 17, 30, 9, tzinfo=UTC)),
        ("2024-05-01T17:30:00-05:00", ISO, datetime(2024, 5, 1, 22, 30, tzinfo=UTC)),
        ("2024-05-01 17:30:00 +0200", ISO, datetime(2024, 5, 1, 15, 30, tzinfo=UTC)),
        ("2024-05-01", DAY_FIRST, datetime(2024, 5, 1, 5, tzinfo=UTC)),
        ("5/1/2024", MONTH_FIRST, datetime(2024, 5, 1, 5, tzinfo=UTC)),
        ("5/1/2024", DAY_FIRST, datetime(2024, 1, 5, 6, tzinfo=UTC)),
        ("1.5.2024 17:30", DAY_FIRST, datetime(2024, 5, 1, 22, 30, tzinfo=UTC)),
        ("05/01/2024 5:30 PM", MONTH_FIRST, datetime(2024, 5, 1, 22, 30, tzinfo=UTC)),
        ("5/1/2024 12:05 am", MONTH_FIRST, datetime(2024, 5, 1, 5, 5, tzinfo=UTC)),
        ("5/1/2024 12:05 PM", MONTH_FIRST, datetime(2024, 5, 1, 17, 5, tzinfo=UTC)),
    ],
)
def test_a_time_is_read_in_the_stated_forms(text: str, order: DateOrder, read: datetime) -> None:
    assert read_time(text, order, CHICAGO) == read


def test_a_date_that_could_be_read_in_two_ways_is_not_guessed() -> None:
    with pytest.raises(ValueError, match="begin with the month or the day"):
        read_time("5/1/2024", ISO, CHICAGO)


@pytest.mark.parametrize(
    "text",
    [
        *("", "yesterday", "45413", "2024", "2024-05", "20240501", "2024-W18-3", "1714564800"),
        *("2024-13-01", "2024-02-30", "2024-05-01 25:00", "2024-05-01 17:60", "0000-01-01"),
        *("13/13/2024", "5/1/24", "2024-05-01 13:00 PM", "2024-05-01T10:00+99:00"),
    ],
)
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"2024-05-01|no day or hour"):
        read_time(text, MONTH_FIRST, CHICAGO)


def test_the_last_hour_of_time_in_a_western_zone_is_no_crash() -> None:
    with pytest.raises(ValueError, match="no day or hour"):
        read_time("9999-12-31 23:00", ISO, CHICAGO)
