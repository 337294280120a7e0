"""A file of comma-separated values, read as it arrives: bytes to characters, lines and records.

The forms that spreadsheets write (RFC 4180 and its relatives): commas, semicolons or tabs, quoted
cells with delimiters and line ends in them, UTF-8 with or without a byte order mark, UTF-16 with
one, any kind of line end.
"""

import codecs
import csv
import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

from sayso.domain.imports.columns import COLUMNS, REQUIRED, column_named

# Far beyond any honest row: no row can fill the memory, however broken it is.
LINE_AT_MOST = 64 * 1024
LINES_A_RECORD = 40
_DELIMITERS = (",", ";", "\t")
_LINE_END = re.compile(r"\r\n|\r|\n")
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAVE_AS = "save it as “CSV UTF-8 (comma delimited)” and upload that"


class FileRefused(ValueError):
    """The file as a whole cannot be read; the message says why and what to do."""


class Record(NamedTuple):
    """One row of the sheet, numbered as a spreadsheet does: the headings are row 1.

    `fault` says why the row could not be taken apart; its one cell is then the line as it stands.
    """

    row: int
    cells: list[str]
    fault: str = ""

    @property
    def is_blank(self) -> bool:
        return not any(map(str.strip, self.cells))


def decoded(chunks: Iterable[bytes]) -> Iterator[str]:
    """The characters of the file. Raises FileRefused for an encoding that is not known."""
    read = iter(chunks)
    start = b""
    while len(start) < 4 and (chunk := next(read, b"")):
        start += chunk
    encoding, start = _encoding(start)
    decoder = codecs.getincrementaldecoder(encoding)()
    line = 1
    try:
        for chunk in chain([start], read):
            text = decoder.decode(chunk)
            line += text.count("\n")
            yield text
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        line += error.object[: error.start].count(b"\n")
        bad = error.object[error.start]
        raise FileRefused(
            f"the file is not in {encoding.upper()}: byte {bad:#04x} in line {line}. "
            f"In Excel, {_SAVE_AS}"
        ) from None


def lines(texts: Iterable[str]) -> Iterator[str]:
    """The lines, each with its end. Raises FileRefused for one that no row could be."""
    rest = ""
    for text in texts:
        rest += text
        done = 0
        # A carriage return at the very end may be the first half of a line end.
        for end in _LINE_END.finditer(rest, 0, len(rest) - rest.endswith("\r")):
            yield rest[done : end.end()]
            done = end.end()
        rest = rest[done:]
        if len(rest) > LINE_AT_MOST:
            raise FileRefused(f"a line has more than {LINE_AT_MOST:,} characters: is this a CSV?")
    if rest:
        yield rest


@dataclass(slots=True)
class Sheet:
    """The headings of a file, and its records one by one.

    Making one reads the headings: it raises FileRefused where they cannot be understood.
    """

    lines: Iterator[str]
    delimiter: str = ","
    headings: list[str] = field(default_factory=list)
    columns: dict[str, int] = field(default_factory=dict)
    _row: int = 0
    _pushed_back: deque[str] = field(default_factory=deque)

    def __post_init__(self) -> None:
        first = next((line for line in self.lines if line.strip()), "")
        if not first:
            raise FileRefused("the file is empty: the first row names the columns")
        self.delimiter = max(_DELIMITERS, key=lambda one: _known(_split(first, one)))
        self._pushed_back.append(first)
        record = next(self.records())
        if record.fault:
            raise FileRefused(f"the first row, which names the columns, has {record.fault}")
        self.headings = record.cells
        self.columns = _columns(record.cells)

    def records(self) -> Iterator[Record]:
        """The records that follow, blank ones too."""
        while True:
            taken: list[str] = []
            try:
                cells = next(csv.reader(self._feed(taken), delimiter=self.delimiter, strict=True))
            except StopIteration:
                return
            except csv.Error:
                yield self._broken(taken)
                continue
            self._row += 1
            yield Record(self._row, cells)

    def _feed(self, taken: list[str]) -> Iterator[str]:
        """Lines for one record; there is an end, or one stray quote would take all that follow."""
        while len(taken) < LINES_A_RECORD:
            line = self._pushed_back.popleft() if self._pushed_back else next(self.lines, None)
            if line is None:
                return
            taken.append(line)
            yield line

    def _broken(self, taken: list[str]) -> Record:
        """The first line alone is given up: those after it may well be good rows."""
        self._pushed_back.extendleft(reversed(taken[1:]))
        self._row += 1
        return Record(self._row, [taken[0].rstrip("\r\n")], _STRAY_QUOTE)


_STRAY_QUOTE = (
    "a quotation mark that is never closed, or one inside a cell: double it there, and put the "
    "whole cell between quotation marks"
)


def _encoding(start: bytes) -> tuple[str, bytes]:
    if start.startswith(_WORKBOOKS):
        raise FileRefused(f"the file is an Excel workbook: {_SAVE_AS}")
    if start.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise FileRefused(f"the file is in UTF-32: {_SAVE_AS}")
    for mark, name in _MARKS:
        if start.startswith(mark):
            return name, start.removeprefix(mark)
    if b"\0" in start:
        raise FileRefused(f"the file is in UTF-16 without a byte order mark: {_SAVE_AS}")
    return "utf-8", start


def _split(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter))
    except csv.Error:
        return []


def _known(headings: Iterable[str]) -> int:
    return sum(bool(column_named(heading)) for heading in headings)


def _columns(headings: list[str]) -> dict[str, int]:
    """Where each known column stands. Columns that are not known are ignored."""
    found: dict[str, int] = {}
    for index, heading in enumerate(headings):
        name = column_named(heading)
        if name in found:
            raise FileRefused(f"two columns are called {name}: leave one of them out")
        if name:
            found[name] = index
    missing = [name for name in REQUIRED if name not in found]
    if missing:
        known = ", ".join(column.name for column in COLUMNS)
        raise FileRefused(
            f"the first row must name the columns, and {', '.join(missing)} is not among them. "
            f"All that can be: {known}"
        )
    return found
