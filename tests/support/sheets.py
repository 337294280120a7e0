"""Files of subscribers for the tests of imports."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from sayso.domain.catalog import Catalog
from sayso.domain.imports.rows import Rejected, Row, RowReader
from sayso.domain.imports.sheet import Record, Sheet, decoded, lines
from sayso.domain.imports.values import DateOrder
from tests.support.bluebird import ANA, NOON, SHOP

HEADINGS = ("phone", "opted_in_at", "medium", "agreed_to", "source", "location")
AGREED_TO = "Text me offers from Bluebird Coffee, up to 4 a month. Reply STOP to end."
GOOD = {
    "phone": ANA,
    "opted_in_at": "2024-05-01T12:00:00-05:00",
    "medium": "web",
    "agreed_to": AGREED_TO,
    "source": "https://bluebird.example/join",
}
OPTED_IN_AT = datetime(2024, 5, 1, 17, tzinfo=UTC)


def sheet_of(content: bytes | str, piece: int = 7) -> Sheet:
    """The sheet of a file that arrives in pieces of so many bytes."""
    raw = content.encode() if isinstance(content, str) else content
    return Sheet(lines(decoded(in_pieces(raw, piece))))


def in_pieces(content: bytes, size: int) -> Iterator[bytes]:
    return (content[start : start + size] for start in range(0, len(content), size))


def records_of(content: bytes | str, piece: int = 7) -> list[Record]:
    return list(sheet_of(content, piece).records())


def csv_of(rows: Iterable[dict[str, str]], delimiter: str = ",") -> str:
    """A file with every column that some row has; each cell between quotation marks."""
    listed = list(rows)
    names = list(dict.fromkeys([*HEADINGS, *(name for row in listed for name in row)]))
    table = [names, *([row.get(name, "") for name in names] for row in listed)]
    quoted = [['"' + cell.replace('"', '""') + '"' for cell in row] for row in table]
    return "".join(delimiter.join(row) + "\r\n" for row in quoted)


def rows_of(
    content: str, order: DateOrder = DateOrder.ISO, catalog: Catalog = SHOP
) -> list[Row | Rejected]:
    """Every row of a file, read at noon."""
    sheet = sheet_of(content)
    reader = RowReader(sheet, catalog, order, NOON)
    return [reader.read(record) for record in sheet.records()]


def row_with(order: DateOrder = DateOrder.ISO, /, **values: str) -> Row | Rejected:
    """A good row but for these values."""
    (row,) = rows_of(csv_of([GOOD | values]), order)
    return row


def good_row(phone: str = ANA, number: int = 2, **values: str) -> Row:
    """A row that proves consent, the `number`th of its file."""
    blank = [GOOD] * (number - 2)
    row = rows_of(csv_of([*blank, GOOD | {"phone": phone} | values]))[-1]
    assert isinstance(row, Row)
    return row
