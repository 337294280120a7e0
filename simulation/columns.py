"""Columns of values, one a row, in a few bytes each: a million people are no million objects."""

from array import array
from collections.abc import Hashable
from datetime import datetime
from typing import Generic, Protocol, TypeVar

from simulation.moments import at_ms, ms_of

T = TypeVar("T")
H = TypeVar("H", bound=Hashable)
_DIGEST = 32
_NONE = -(1 << 62)
_GROWTH = 1 << 16


class Column(Protocol[T]):
    """Values by row; a row that was never set has the column's default."""

    def __getitem__(self, row: int) -> T: ...

    def __setitem__(self, row: int, value: T) -> None: ...


class Counts:
    """Whole numbers. `kind` is one of the type codes of `array`."""

    def __init__(self, kind: str = "i", default: int = 0) -> None:
        self._default = default
        self._values = array(kind)

    def __getitem__(self, row: int) -> int:
        return self._values[row] if row < len(self._values) else self._default

    def __setitem__(self, row: int, value: int) -> None:
        if row >= len(self._values):
            missing = row + 1 - len(self._values)
            self._values.extend([self._default] * max(missing, min(_GROWTH, row)))
        self._values[row] = value


class Times:
    """Aware UTC times to the millisecond, or None."""

    def __init__(self) -> None:
        self.ms = Counts("q", _NONE)

    def __getitem__(self, row: int) -> datetime | None:
        ms = self.ms[row]
        return None if ms == _NONE else at_ms(ms)

    def __setitem__(self, row: int, value: datetime | None) -> None:
        if value is not None or self.ms[row] != _NONE:
            self.ms[row] = _NONE if value is None else ms_of(value)


class Words(Generic[H]):
    """Values of which there are few different ones: each is kept once."""

    def __init__(self, default: H, kind: str = "H") -> None:
        self._known: list[H] = [default]
        self._numbers: dict[H, int] = {default: 0}
        self._chosen = Counts(kind)

    def number(self, value: H) -> int:
        """What stands for the value in this column."""
        number = self._numbers.get(value)
        if number is None:
            number = self._numbers[value] = len(self._known)
            self._known.append(value)
        return number

    def __getitem__(self, row: int) -> H:
        return self._known[self._chosen[row]]

    def __setitem__(self, row: int, value: H) -> None:
        self._chosen[row] = self.number(value)


class Names:
    """Ids: those that are numbers as they stand, others as words."""

    def __init__(self) -> None:
        self._others: list[str] = [""]
        self._numbers: dict[str, int] = {"": 0}
        self._values = Counts("q")

    def __getitem__(self, row: int) -> str:
        value = self._values[row]
        return str(value) if value > 0 else self._others[-value]

    def __setitem__(self, row: int, value: str) -> None:
        is_number = value.isascii() and value.isdigit() and value[0] != "0" and len(value) < 19
        self._values[row] = int(value) if is_number else -self._other(value)

    def _other(self, value: str) -> int:
        number = self._numbers.get(value)
        if number is None:
            number = self._numbers[value] = len(self._others)
            self._others.append(value)
        return number


class Digests:
    """SHA-256 digests in hexadecimal, or ""; whatever else somebody puts there is kept aside."""

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._others: dict[int, str] = {}

    def __getitem__(self, row: int) -> str:
        if row in self._others:
            return self._others[row]
        found = self._bytes[row * _DIGEST : (row + 1) * _DIGEST]
        return found.hex() if any(found) else ""

    def __setitem__(self, row: int, value: str) -> None:
        self._others.pop(row, None)
        if len(value) not in (0, 2 * _DIGEST):
            self._others[row] = value
            return
        end = (row + 1) * _DIGEST
        if end > len(self._bytes):
            self._bytes.extend(bytes(max(end - len(self._bytes), min(_GROWTH * _DIGEST, end))))
        self._bytes[end - _DIGEST : end] = bytes.fromhex(value) if value else bytes(_DIGEST)


class Rare(Generic[T]):
    """Values that hardly any row has."""

    def __init__(self, default: T) -> None:
        self._default = default
        self._values: dict[int, T] = {}

    def __getitem__(self, row: int) -> T:
        return self._values.get(row, self._default)

    def __setitem__(self, row: int, value: T) -> None:
        if value == self._default:
            self._values.pop(row, None)
        else:
            self._values[row] = value
