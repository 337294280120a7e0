"""The list of refused rows, as a file that a spreadsheet opens and that can be mended and sent in.

Two columns go before those of the file: the row's number and why it was refused.
"""

from collections.abc import Iterable, Sequence

from sayso.domain.imports.rows import FORMULA, Rejected
from sayso.domain.imports.sheet import Record

# Excel reads UTF-8 as such only behind this mark.
BYTE_ORDER_MARK = "\ufeff"
OWN_HEADINGS = ("row", "reason", "what to do")


def heading_line(headings: Sequence[str]) -> str:
    """The first line of the list."""
    return BYTE_ORDER_MARK + _line((*OWN_HEADINGS, *headings))


def refused_lines(refused: Iterable[tuple[Record, Rejected]]) -> str:
    """A line for each of these rows: number, reason, and the row as it was given."""
    return "".join(
        _line((str(record.row), why.reason, why.detail, *record.cells)) for record, why in refused
    )


def _line(cells: Iterable[str]) -> str:
    return ",".join(map(_quoted, cells)) + "\r\n"


def _quoted(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: with an apostrophe it is text (OWASP)."""
    safe = f"'{cell}" if cell.lstrip(" ").startswith(FORMULA) else cell
    return '"' + safe.replace('"', '""') + '"'
