"""A row of the file: the evidence of one person's consent, or why it is none."""

import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import cached_property
from ipaddress import ip_address
from zoneinfo import ZoneInfo

from sayso.domain.catalog import Catalog
from sayso.domain.imports import columns as col
from sayso.domain.imports.columns import BY_NAME, COLUMNS, MEDIA, REQUIRED
from sayso.domain.imports.sheet import Record, Sheet
from sayso.domain.imports.values import DateOrder, read_phone, read_time
from sayso.domain.phone import NotAPhoneNumber
from sayso.domain.text import squash

# No shop texted its customers before: what is older is a spreadsheet's zero, or a slip of the pen.
_EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
LANGUAGES = ("en", "es", "fr")
_SPOKEN = {"english": "en", "spanish": "es", "espanol": "es", "french": "fr", "francais": "fr"}
# A spreadsheet hides an apostrophe that says "this is text"; we put one before a would-be formula.
_AS_TEXT = "'"
FORMULA = ("=", "+", "-", "@", "\t", "\r")
_MAY_BREAK = frozenset("\n\r\t")


class Reason(StrEnum):
    """Why a row is refused; docs/import.md says what to do about each."""

    MALFORMED = "malformed"
    TOO_LONG = "too_long"
    NO_EVIDENCE = "no_evidence"
    BAD_PHONE = "bad_phone"
    BAD_TIME = "bad_time"
    FUTURE_TIME = "future_time"
    BAD_VALUE = "bad_value"
    UNKNOWN_LOCATION = "unknown_location"
    DUPLICATE = "duplicate"
    OPTED_OUT = "opted_out"
    HELD = "held"
    PENDING = "pending"
    ON_RECORD = "on_record"


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that is not imported; `detail` is a sentence for the person who mends the file."""

    reason: Reason
    detail: str


class _Reject(Exception):
    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(detail)
        self.rejected = Rejected(reason, detail)


@dataclass(frozen=True, slots=True)
class Row:
    """The evidence of one person's consent. `given` is all that the row says, as it says it."""

    row: int
    phone: str
    opted_in_at: datetime
    agreed_to: str
    location: str
    channel: str
    keyword: str
    language: str
    given: str


@dataclass(frozen=True)
class RowReader:
    """Reads the rows of one sheet by the shop's settings. `now` ends what can have happened."""

    sheet: Sheet
    catalog: Catalog
    order: DateOrder
    now: datetime

    @cached_property
    def _places(self) -> dict[str, str]:
        places = reversed(self.catalog.locations)
        return {spelling: place.code for place in places for spelling in place.spellings()}

    @cached_property
    def _zone(self) -> ZoneInfo:
        program = self.catalog.program
        return ZoneInfo(program.timezone if program else "UTC")

    def read(self, record: Record) -> Row | Rejected:
        """What the record proves, or why nothing."""
        try:
            return self._read(record)
        except _Reject as reject:
            return reject.rejected

    def _read(self, record: Record) -> Row:
        values = self._values(record)
        missing = [name for name in REQUIRED if not values[name]]
        if missing == [col.PHONE]:
            raise _Reject(Reason.BAD_PHONE, "phone is empty")
        if missing:
            names = ", ".join(missing)
            raise _Reject(
                Reason.NO_EVIDENCE, f"{names} is empty: without proof of consent nobody is imported"
            )
        medium = _one_of(MEDIA, col.MEDIUM, squash(values[col.MEDIUM]))
        _check_address(values[col.IP])
        return Row(
            row=record.row,
            phone=_phone(values[col.PHONE]),
            opted_in_at=self._time(values[col.OPTED_IN_AT]),
            agreed_to=values[col.AGREED_TO],
            location=self._place(values[col.LOCATION]),
            channel=values[col.CHANNEL],
            keyword=values[col.KEYWORD].upper(),
            language=_language(values[col.LANGUAGE]),
            given=_as_given(values | {col.MEDIUM: medium}),
        )

    def _values(self, record: Record) -> dict[str, str]:
        """The cells of the known columns, trimmed; one that the row lacks at its end is empty."""
        if record.fault:
            raise _Reject(Reason.MALFORMED, f"the row has {record.fault}")
        cells, headings = record.cells, self.sheet.headings
        if any(cell.strip() for cell in cells[len(headings) :]):
            raise _Reject(
                Reason.MALFORMED,
                f"the row has {len(cells)} cells, {len(headings)} columns have a name: put a cell "
                "that holds the delimiter between quotation marks",
            )
        where = self.sheet.columns
        values = {
            name: _cell(cells[where[name]]) if where.get(name, len(cells)) < len(cells) else ""
            for name in BY_NAME
        }
        for name, value in values.items():
            _check_text(name, value)
        return values

    def _time(self, text: str) -> datetime:
        try:
            at = read_time(text, self.order, self._zone)
        except ValueError as wrong:
            raise _Reject(Reason.BAD_TIME, f"opted_in_at: {wrong}") from None
        if at > self.now:
            raise _Reject(Reason.FUTURE_TIME, f"opted_in_at: {text} has not come yet")
        if at < _EARLIEST:
            raise _Reject(Reason.BAD_TIME, f"opted_in_at: {text} is before the year 2000")
        return at

    def _place(self, text: str) -> str:
        if not text:
            return ""
        code = self._places.get(squash(text))
        if code is None:
            raise _Reject(
                Reason.UNKNOWN_LOCATION,
                f"location: there is no {text}; set it up first, or leave the cell empty",
            )
        return code


def _cell(text: str) -> str:
    text = text.strip()
    return text[1:] if text[:1] == _AS_TEXT and text[1:2] in FORMULA else text


def _check_text(name: str, value: str) -> None:
    at_most = BY_NAME[name].at_most
    if len(value) > at_most:
        raise _Reject(
            Reason.TOO_LONG, f"{name} has {len(value):,} characters, {at_most:,} at the most"
        )
    if not value.isprintable() and any(map(_is_control, value)):
        raise _Reject(Reason.MALFORMED, f"{name} holds a control character")


def _is_control(character: str) -> bool:
    return unicodedata.category(character) == "Cc" and character not in _MAY_BREAK


def _phone(text: str) -> str:
    try:
        return read_phone(text)
    except NotAPhoneNumber as wrong:
        raise _Reject(Reason.BAD_PHONE, f"phone: {wrong}") from None


def _language(text: str) -> str:
    if not text:
        return ""
    word = squash(text)
    return _one_of(LANGUAGES, col.LANGUAGE, _SPOKEN.get(word, word[:2] if len(word) == 4 else word))


def _one_of(allowed: dict[str, str] | tuple[str, ...], name: str, value: str) -> str:
    if value not in allowed:
        raise _Reject(Reason.BAD_VALUE, f"{name} is none of {', '.join(allowed)}")
    return value


def _check_address(text: str) -> None:
    try:
        if text:
            ip_address(text)
    except ValueError:
        raise _Reject(Reason.BAD_VALUE, "ip is no IP address") from None


def _as_given(values: dict[str, str]) -> str:
    """One `column: value` a line; what was agreed to stands on its own in the ledger."""
    return "\n".join(
        f"{column.name}: {values[column.name]}"
        for column in COLUMNS
        if values[column.name] and column.name != col.AGREED_TO
    )
