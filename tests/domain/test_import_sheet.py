"""Files as spreadsheets write them, and what is no such file."""

import codecs
import csv
import io
import itertools

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sayso.domain.imports.columns import COLUMNS
from sayso.domain.imports.sheet import LINES_A_RECORD, FileRefused, Sheet
from tests.support.sheets import records_of, sheet_of

HEAD = "phone,opted_in_at,medium,agreed_to,source\r\n"
ROW = "+13125550101,2024-05-01,web,Yes,form\r\n"
CELLS = ["+13125550101", "2024-05-01", "web", "Yes", "form"]
# What a person types, and what breaks readers: quotes, delimiters, every kind of line end.
cells = st.text(st.sampled_from("abc é😀\"',;\t\n\r=+@ "), max_size=12)


@pytest.mark.parametrize("piece", [1, 2, 3, 5, 1000])
@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ],
)
def test_a_file_in_any_unicode_is_read_however_it_arrives(
    piece: int, mark: bytes, encoding: str
) -> None:
    content = mark + (HEAD + ROW.replace("Yes", "Sí, café 😀".replace(",", ""))).encode(encoding)

    sheet = sheet_of(content, piece)

    assert sheet.headings[0] == "phone"
    assert [record.cells[3] for record in sheet.records()] == ["Sí café 😀"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"\r\n \r\n", "empty"),
        (HEAD.encode() + "café".encode("cp1252") + b"\r\n", "byte 0xe9 in line 2"),
        (HEAD.encode("utf-16-le"), "without a byte order mark"),
        (codecs.BOM_UTF32_LE + HEAD.encode("utf-32-le"), "UTF-32"),
        (b"PK\x03\x04rest of a workbook", "Excel workbook"),
        (codecs.BOM_UTF16_LE + b"a", "UTF-16-LE"),
        (b"phone,medium\r\n", "opted_in_at, agreed_to, source is not among them"),
        (b"name,city\r\n", "phone, opted_in_at, medium, agreed_to, source is not among them"),
        (HEAD.replace("source", "Phone").encode(), "two columns are called phone"),
        (b'"phone,opted_in_at\r\n' + ROW.encode(), "quotation mark"),
        (HEAD.encode() + b"x" * 70_000, "65,536 characters"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(content: bytes, says: str) -> None:
    with pytest.raises(FileRefused, match=says):
        records_of(content, piece=4096)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiter_and_line_end_are_found_out(delimiter: str, end: str) -> None:
    content = (HEAD + ROW).replace(",", delimiter).replace("\r\n", end)

    assert [record.cells for record in records_of(content)] == [CELLS]


@pytest.mark.parametrize(
    "headings",
    [
        "source,agreed_to,medium,opted_in_at,phone",
        "PHONE,Opted In At,Medium,Agreed-to,Source",
        " phone , opted in at ,medium,Agreed  To,source",
        "shoe size,phone,OptedInAt,medium,agreed to,source,notes",
    ],
)
def test_columns_stand_in_any_order_case_and_spacing(headings: str) -> None:
    sheet = sheet_of(headings + "\r\n")

    assert set(sheet.columns) == {"phone", "opted_in_at", "medium", "agreed_to", "source"}


def test_every_column_is_found_by_its_name() -> None:
    sheet = sheet_of(";".join(column.name for column in COLUMNS) + "\n")

    assert sheet.columns == {column.name: index for index, column in enumerate(COLUMNS)}


def test_rows_are_numbered_as_a_spreadsheet_numbers_them() -> None:
    records = records_of(HEAD + "\r\n" + ROW + '"a\nb",,,,\r\n' + ",,,,\r\n" + ROW)

    assert [(record.row, record.is_blank) for record in records] == [
        (2, True),
        (3, False),
        (4, False),
        (5, True),
        (6, False),
    ]


def test_quoted_cells_hold_delimiters_quotes_and_line_ends() -> None:
    (record,) = records_of(HEAD + '+13125550101,2024-05-01,web,"Yes, ""text"" me\r\nnow","a;b"\r\n')

    assert record.cells[3:] == ['Yes, "text" me\r\nnow', "a;b"]


@pytest.mark.parametrize(
    "broken",
    [
        '+13125550101,"never closed,web,Yes,form\r\n',
        '+13125550101,2024-05-01,"web"x,Yes,form\r\n',
        '"\r\n',
    ],
)
def test_a_stray_quotation_mark_costs_its_own_line_only(broken: str) -> None:
    before, bad, after, last = records_of(HEAD + ROW + broken + ROW + ROW)

    assert (before.cells, after.cells, last.cells) == (CELLS, CELLS, CELLS)
    assert "quotation mark" in bad.fault
    assert bad.cells == [broken.rstrip("\r\n")]
    assert (bad.row, after.row) == (3, 4)


def test_a_quotation_mark_that_is_never_closed_does_not_take_the_file_with_it() -> None:
    records = records_of(HEAD + '"open' + "\r\n" + ROW * (3 * LINES_A_RECORD), piece=4096)

    assert [bool(record.fault) for record in records] == [True] + [False] * 3 * LINES_A_RECORD


def test_a_quotation_mark_that_is_never_closed_is_given_up_soon() -> None:
    """Or each stray quote would read, and hold, all the rest of a large file."""
    arrived = itertools.count()
    file = (line for line in [HEAD, '"open\r\n', *[ROW] * 500] if next(arrived) is not None)
    records = Sheet(file).records()

    assert next(records).fault
    assert next(arrived) <= LINES_A_RECORD + 2


@given(
    rows=st.lists(st.lists(cells, min_size=5, max_size=5), max_size=6),
    delimiter=st.sampled_from(",;\t"),
    end=st.sampled_from(["\n", "\r\n"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    piece=st.integers(1, 40),
)
def test_what_a_csv_writer_writes_is_read_back(
    rows: list[list[str]], delimiter: str, end: str, quoting: int, encoding: str, piece: int
) -> None:
    # Python writes a lone carriage return without quotation marks, which ends a row elsewhere.
    assume(quoting == csv.QUOTE_ALL or not any("\r" in cell for row in rows for cell in row))
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=delimiter, lineterminator=end, quoting=quoting)  # type: ignore[arg-type]
    writer.writerow(["phone", "opted_in_at", "medium", "agreed_to", "source"])
    writer.writerows(rows)

    records = records_of(written.getvalue().encode(encoding), piece)

    assert [record.cells for record in records] == rows
    assert not any(record.fault for record in records)


@given(st.binary(max_size=200), st.integers(1, 50))
def test_no_bytes_are_too_strange(content: bytes, piece: int) -> None:
    """Whatever follows good headings is records, or a refusal of the whole file."""
    try:
        records = records_of(HEAD.encode() + content, piece)
    except FileRefused:
        return
    assert all(record.row > 1 for record in records)
