"""The rows of an uploaded file, judged one by one and handed on in windows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sayso.domain.imports.consent import duplicate_of
from sayso.domain.imports.rows import Rejected, Row, RowReader
from sayso.domain.imports.sheet import Record, Sheet, decoded, lines
from sayso.services.ports.imports import FirstRows

# A checkpoint each: few enough rows to lose little time by a crash, and twenty transactions.
ROWS_A_WINDOW = 1000

Window = list[tuple[Record, Row | Rejected]]


@dataclass(slots=True)
class File:
    """A file on its way, and how many bytes of it have come."""

    source: Iterable[bytes]
    bytes_read: int = 0

    def sheet(self) -> Sheet:
        """Its headings, and its records as they come. Raises FileRefused."""
        return Sheet(lines(decoded(self._chunks())))

    def _chunks(self) -> Iterator[bytes]:
        for chunk in self.source:
            self.bytes_read += len(chunk)
            yield chunk


def check_to_the_end(source: Iterable[bytes]) -> None:
    """Raise FileRefused for a file that cannot be read to its end: it shall enter nobody."""
    for _ in lines(decoded(source)):
        pass


def windows(sheet: Sheet, reader: RowReader, known: FirstRows, settled: int) -> Iterator[Window]:
    """The rows after number `settled`, judged by themselves and by those before them."""
    window: Window = []
    for record in sheet.records():
        if record.is_blank:
            continue
        judged = _unless_repeated(reader.read(record), known)
        if record.row <= settled:
            continue
        window.append((record, judged))
        if len(window) == ROWS_A_WINDOW:
            yield window
            window = []
    if window:
        yield window


def _unless_repeated(judged: Row | Rejected, known: FirstRows) -> Row | Rejected:
    if isinstance(judged, Rejected):
        return judged
    first = known.first(judged.phone, judged.row)
    return judged if first == judged.row else duplicate_of(first)
