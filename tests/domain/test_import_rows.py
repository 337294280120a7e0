"""What a row proves, and the reasons for which it proves nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.domain.imports.columns import BY_NAME, MEDIA, REQUIRED
from sayso.domain.imports.rows import LANGUAGES, Reason, Rejected, Row
from sayso.domain.imports.values import DateOrder
from tests.support.bluebird import ANA
from tests.support.sheets import AGREED_TO, GOOD, OPTED_IN_AT, csv_of, row_with, rows_of


def reason_of(row: Row | Rejected) -> tuple[Reason, str]:
    assert isinstance(row, Rejected)
    return row.reason, row.detail


def test_a_row_holds_who_agreed_to_what_when_how_and_where() -> None:
    row = row_with(
        location="Bluebird Downtown",
        channel="loyalty page",
        keyword="coffee",
        language="Español",
        ip="203.0.113.7",
        user_agent="Mozilla/5.0",
    )

    assert isinstance(row, Row)
    assert (row.row, row.phone, row.opted_in_at) == (2, ANA, OPTED_IN_AT)
    assert row.agreed_to == AGREED_TO
    assert (row.location, row.channel) == ("DOWNTOWN", "loyalty page")
    assert (row.keyword, row.language) == ("COFFEE", "es")


def test_the_row_is_kept_as_it_was_given() -> None:
    row = row_with(phone="(312) 555-0101", ip="203.0.113.7", location="loop")

    assert isinstance(row, Row)
    assert row.given.splitlines() == [
        "phone: (312) 555-0101",
        "opted_in_at: 2024-05-01T12:00:00-05:00",
        "medium: web",
        "source: https://bluebird.example/join",
        "location: loop",
        "ip: 203.0.113.7",
    ]


@pytest.mark.parametrize("name", [name for name in REQUIRED if name != "phone"])
def test_without_evidence_nobody_is_imported(name: str) -> None:
    assert reason_of(row_with(**{name: "  "})) == (
        Reason.NO_EVIDENCE,
        f"{name} is empty: without proof of consent nobody is imported",
    )


def test_everything_that_is_missing_is_named_at_once() -> None:
    reason, detail = reason_of(row_with(agreed_to="", source="", medium=""))

    assert reason is Reason.NO_EVIDENCE
    assert detail.startswith("medium, agreed_to, source is empty")


@pytest.mark.parametrize(
    ("values", "reason", "says"),
    [
        ({"phone": ""}, Reason.BAD_PHONE, "phone is empty"),
        ({"phone": "555-0101"}, Reason.BAD_PHONE, "plus sign"),
        ({"phone": "1.31256E+10"}, Reason.BAD_PHONE, "format the column as text"),
        ({"opted_in_at": "5/1/2024"}, Reason.BAD_TIME, "2024-05-01"),
        ({"opted_in_at": "1999-12-31"}, Reason.BAD_TIME, "before the year 2000"),
        ({"opted_in_at": "2026-11-23T18:00:01Z"}, Reason.FUTURE_TIME, "has not come yet"),
        ({"medium": "telepathy"}, Reason.BAD_VALUE, "web, paper, keyword, till"),
        ({"location": "Mars"}, Reason.UNKNOWN_LOCATION, "there is no Mars"),
        ({"language": "tlh"}, Reason.BAD_VALUE, "en, es, fr"),
        ({"ip": "203.0.113.256"}, Reason.BAD_VALUE, "no IP address"),
        ({"agreed_to": "Yes\x00"}, Reason.MALFORMED, "agreed_to holds a control character"),
    ],
)
def test_a_row_is_refused_with_a_reason(values: dict[str, str], reason: Reason, says: str) -> None:
    found, detail = reason_of(row_with(**values))

    assert found is reason
    assert says in detail


@pytest.mark.parametrize("name", BY_NAME)
def test_a_cell_that_is_too_long_is_refused_and_the_limit_named(name: str) -> None:
    at_most = BY_NAME[name].at_most

    assert reason_of(row_with(**{name: "x" * (at_most + 1)})) == (
        Reason.TOO_LONG,
        f"{name} has {at_most + 1:,} characters, {at_most:,} at the most",
    )


def test_the_last_moment_that_has_come_is_no_future() -> None:
    assert isinstance(row_with(opted_in_at="2026-11-23T18:00:00Z"), Row)
    assert isinstance(row_with(opted_in_at="2000-01-01T00:00:00Z"), Row)


@pytest.mark.parametrize("medium", MEDIA)
def test_every_medium_is_taken_in_any_case(medium: str) -> None:
    row = row_with(medium=f" {medium.title()} ")

    assert isinstance(row, Row)
    assert f"medium: {medium}" in row.given


@pytest.mark.parametrize(
    ("written", "language"),
    [("", ""), ("ES", "es"), ("es-MX", "es"), ("fr_CA", "fr"), ("English", "en")],
)
def test_a_language_is_read_with_or_without_its_country(written: str, language: str) -> None:
    row = row_with(language=written)

    assert isinstance(row, Row)
    assert row.language == language
    assert language in ("", *LANGUAGES)


@pytest.mark.parametrize("written", ["downtown", "Down Town", "LOOP", "Bluebird Downtown"])
def test_a_location_is_named_by_code_name_or_alias(written: str) -> None:
    row = row_with(location=written)

    assert isinstance(row, Row)
    assert row.location == "DOWNTOWN"


def test_a_typo_in_a_location_is_not_guessed() -> None:
    assert reason_of(row_with(location="DOWNTWON"))[0] is Reason.UNKNOWN_LOCATION


def test_dates_with_the_month_first_are_read_where_the_import_says_so() -> None:
    row = row_with(DateOrder.MONTH_FIRST, opted_in_at="5/1/2024 1:00 PM")

    assert isinstance(row, Row)
    assert row.opted_in_at == OPTED_IN_AT


def test_an_apostrophe_before_a_plus_sign_is_no_part_of_the_number() -> None:
    row = row_with(phone=f"'{ANA}", agreed_to="'tis fine")

    assert isinstance(row, Row)
    assert (row.phone, row.agreed_to) == (ANA, "'tis fine")


def test_a_row_with_more_cells_than_columns_is_refused() -> None:
    first, rest = csv_of([GOOD]).split("\r\n", 1)

    (row,) = rows_of(f'{first}\r\n{rest.rstrip()},"Chicago"\r\n')

    assert reason_of(row)[0] is Reason.MALFORMED
    assert "7 cells, 6 columns" in reason_of(row)[1]


def test_a_row_may_end_before_its_empty_cells() -> None:
    first, rest = csv_of([GOOD]).split("\r\n", 1)

    (row,) = rows_of(f"{first}\r\n{rest.rstrip().removesuffix(',' + chr(34) * 2)}\r\n,,,,,,,,\r\n")[
        :1
    ]

    assert isinstance(row, Row)


def test_a_broken_row_says_what_is_broken() -> None:
    first, rest = csv_of([GOOD]).split("\r\n", 1)

    (row,) = rows_of(f'{first}\r\n"{rest}')

    assert reason_of(row)[0] is Reason.MALFORMED
    assert "quotation mark" in reason_of(row)[1]


@given(st.dictionaries(st.sampled_from(list(BY_NAME)), st.text(max_size=60)))
def test_no_cells_are_too_strange(values: dict[str, str]) -> None:
    for row in rows_of(csv_of([GOOD | values]).encode("utf-8", "replace").decode()):
        assert isinstance(row, Row | Rejected)
