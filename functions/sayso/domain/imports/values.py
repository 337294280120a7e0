"""Telephone numbers and times as people and spreadsheets write them."""

import re
from datetime import UTC, datetime, tzinfo
from enum import StrEnum

from sayso.domain.phone import NotAPhoneNumber, parse_phone

_PUNCTUATION = re.compile(r"[\s().\-\u00a0\u2010-\u2015/]+")
_ROUNDED = re.compile(r"\+?[0-9]+(?:[.,][0-9]+)?[eE]\+?[0-9]+")
# An area code and an exchange begin with 2 to 9: North American Numbering Plan, ATIS-0300051.
_NATIONAL = re.compile(r"1?[2-9][0-9]{2}[2-9][0-9]{6}")
_NORTH_AMERICAN = re.compile(r"\+1[2-9][0-9]{2}[2-9][0-9]{6}")

_CLOCK = r"(?:[T ]+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d{1,6})?)?"
_CLOCK += r"\s*(?P<half>[AaPp][Mm])?\s*(?P<offset>Z|[+-]\d{2}:?\d{2})?)?"
_ISO = re.compile(rf"(?P<year>\d{{4}})-(?P<month>\d{{2}})-(?P<day>\d{{2}}){_CLOCK}")
_SLASHED = re.compile(rf"(?P<one>\d{{1,2}})[/.](?P<two>\d{{1,2}})[/.](?P<year>\d{{4}}){_CLOCK}")


class DateOrder(StrEnum):
    """How the file writes its dates; those of ISO 8601 are understood always."""

    ISO = "iso"  # 2024-05-01
    MONTH_FIRST = "month_first"  # 5/1/2024
    DAY_FIRST = "day_first"  # 1/5/2024, 1.5.2024


def read_phone(text: str) -> str:
    """The number in E.164. Raises NotAPhoneNumber, whose message says what to do."""
    compact = _PUNCTUATION.sub("", text)
    if _ROUNDED.fullmatch(compact):
        raise NotAPhoneNumber(
            f"{text} is what a spreadsheet made of a number, whose last digits are lost: format "
            "the column as text before the numbers are entered"
        )
    if _NATIONAL.fullmatch(compact):
        compact = f"+1{compact[-10:]}"
    phone = parse_phone(compact)
    if phone.startswith("+1") and not _NORTH_AMERICAN.fullmatch(phone):
        raise NotAPhoneNumber(f"{text} is no number of the US or Canada, as +1 says")
    return phone


def read_time(text: str, order: DateOrder, zone: tzinfo) -> datetime:
    """The instant in UTC. A time without an offset is `zone`'s; a date alone is its first moment.

    Raises ValueError, whose message says which forms are read.
    """
    match = _ISO.fullmatch(text) or _SLASHED.fullmatch(text)
    if match is None or (match.re is _SLASHED and order is DateOrder.ISO):
        raise ValueError(
            f"{text} is not read as a time: write 2024-05-01, 2024-05-01 17:30 or "
            "2024-05-01T17:30:00-05:00" + _HINT[match is not None]
        )
    try:
        return _instant(match.groupdict(), order, zone)
    except (ValueError, OverflowError):
        raise ValueError(f"{text} is no day or hour that there is") from None


_HINT = {
    True: ", or say with the import whether its dates begin with the month or the day",
    False: "",
}


def _instant(parts: dict[str, str | None], order: DateOrder, zone: tzinfo) -> datetime:
    hour, minute, second = (int(parts[name] or 0) for name in ("hour", "minute", "second"))
    if half := parts["half"]:
        if not 1 <= hour <= 12:
            raise ValueError("no hour of twelve")
        hour = hour % 12 + (12 if half in ("PM", "pm", "Pm", "pM") else 0)
    zone = _offset(parts["offset"]) or zone
    return datetime(*_date(parts, order), hour, minute, second, tzinfo=zone).astimezone(UTC)


def _date(parts: dict[str, str | None], order: DateOrder) -> tuple[int, int, int]:
    year = int(parts["year"] or 0)
    if "one" not in parts:
        return year, int(parts["month"] or 0), int(parts["day"] or 0)
    one, two = int(parts["one"] or 0), int(parts["two"] or 0)
    return (year, one, two) if order is DateOrder.MONTH_FIRST else (year, two, one)


def _offset(text: str | None) -> tzinfo | None:
    if not text:
        return None
    zone: tzinfo | None = UTC if text == "Z" else datetime.strptime(text, "%z").tzinfo
    return zone
