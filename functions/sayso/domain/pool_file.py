"""The codes in a till system's list: one a line, or in a CSV file's column named code."""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from sayso.domain.codes import bare
from sayso.domain.pool import CODES_AT_MOST
from sayso.domain.refusal import Refused

CODE_AT_MOST = 24
# Twice what a pool holds; each row takes memory, whatever is in it.
ROWS_AT_MOST = 2 * CODES_AT_MOST
COLUMN = "code"
# What tills print and scan, people type, and GSM-7 sends as it stands.
_CODE = re.compile(rf"[A-Za-z0-9](?:[A-Za-z0-9 ./_-]{{0,{CODE_AT_MOST - 2}}}[A-Za-z0-9])?")
_LEAST = 4


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that brings no code: its number in the list, from 1, and why."""

    row: int
    reason: str


@dataclass(frozen=True, slots=True)
class CodesRead:
    """The codes of a list in their order, each once, and the rows that bring none."""

    codes: tuple[str, ...]
    bad: tuple[BadRow, ...]


def rows_of(text: str) -> Iterator[str]:
    """What stands in each row for a code; "" for an empty row. Raises Refused.

    The first row of a file with several columns, or with one that is named so, names them.
    """
    lines = text.removeprefix("\ufeff").splitlines()
    try:
        rows = list(islice(csv.reader(lines, strict=True), ROWS_AT_MOST + 1))
    except csv.Error as error:
        raise Refused("csv", f"this is no CSV: {error}") from None
    if len(rows) > ROWS_AT_MOST:
        raise Refused("csv", f"at most {ROWS_AT_MOST} rows: split the file")
    named = [name.strip().lower() for name in rows[0]] if rows else []
    if COLUMN not in named and any(len(row) > 1 for row in rows):
        raise Refused("csv", f"name the column that holds the codes {COLUMN}, in the first row")
    column = named.index(COLUMN) if COLUMN in named else 0
    for row in rows:
        yield row[column].strip() if column < len(row) else ""


def codes_in(rows: Iterable[str], known: Iterable[str]) -> CodesRead:
    """The codes of these rows. `known` are those that the shop's pools hold already."""
    numbered = enumerate(rows, 1)
    found = [(number, row) for number, row in numbered if row and not _is_head(number, row)]
    # What the shop holds may be many times as much: it passes by, and only what is asked for stays.
    held = {bare(row) for _, row in found}.intersection(map(bare, known))
    taken = dict.fromkeys(held, 0)
    codes: list[str] = []
    bad: list[BadRow] = []
    for number, row in found:
        reason = _why_bad(row, taken.get(bare(row)))
        if reason:
            bad.append(BadRow(number, reason))
            continue
        taken[bare(row)] = number
        codes.append(row)
    return CodesRead(tuple(codes), tuple(bad))


def _is_head(number: int, row: str) -> bool:
    return number == 1 and row.lower() == COLUMN


def _why_bad(row: str, first: int | None) -> str:
    if not _CODE.fullmatch(row) or len(bare(row)) < _LEAST:
        return f"a code has {_LEAST} to {CODE_AT_MOST} letters and digits, and . / _ - between them"
    if first == 0:
        return "one of the shop's pools has this code already"
    return f"the same as in row {first}" if first else ""
