"""Columns of values, one a row, in a few bytes each: a million people are no million objects."""

from array import array
from collections.abc import Hashable
from datetime import datetime
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from simulation.moments import at_ms, ms_of

T = TypeVar("T")
H = TypeVar("H", bound=Hashable)
_DIGEST = 32
_NONE = -(1 << 62)


if TYPE_CHECKING:
    _Array = array[int]
else:
    _Array = array  # takes no type parameter before Python 3.12


class Column(Protocol[T]):
    """Values by row; a row that was never set has the column's default."""

    def __getitem__(self, row: int) -> T: ...

    def __setitem__(self, row: int, value: T) -> None: ...

    def reserve(self, rows: int) -> None:
        """Have room for so many rows at least: whoever uses the column says how many there are."""
        ...


class Counts(_Array):
    """Whole numbers. `kind` is one of the type codes of `array`."""

    def __new__(cls, kind: str = "i", default: int = 0) -> "Counts":
        made = super().__new__(cls, kind)
        made.default = default
        return made

    default: int

    def reserve(self, rows: int) -> None:
        if rows > len(self):
            self.frombytes(array(self.typecode, [self.default]).tobytes() * (rows - len(self)))


class Times:
    """Aware UTC times to the millisecond, or None."""

    def __init__(self) -> None:
        self._ms = Counts("q", _NONE)
        self.reserve = self._ms.reserve

    def __getitem__(self, row: int) -> datetime | None:
        ms = self._ms[row]
        return None if ms == _NONE else at_ms(ms)

    def __setitem__(self, row: int, value: datetime | None) -> None:
        self._ms[row] = _NONE if value is None else ms_of(value)


class Words(Generic[H]):
    """Values of which there are few different ones: each is kept once."""

    def __init__(self, default: H, kind: str = "I") -> None:
        self._known: list[H] = [default]
        self._numbers: dict[H, int] = {default: 0}
        self._chosen = Counts(kind)
        self.reserve = self._chosen.reserve

    def __getitem__(self, row: int) -> H:
        return self._known[self._chosen[row]]

    def __setitem__(self, row: int, value: H) -> None:
        number = self._numbers.get(value)
        if number is None:
            number = self._numbers[value] = len(self._known)
            self._known.append(value)
        self._chosen[row] = number


class Names:
    """Ids: those that are numbers as they stand, others as words."""

    def __init__(self) -> None:
        self._others: list[str] = [""]
        self._numbers: dict[str, int] = {"": 0}
        self._values = Counts("q")
        self.reserve = self._values.reserve

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

    def reserve(self, rows: int) -> None:
        self._bytes.extend(bytes(max(0, rows * _DIGEST - len(self._bytes))))

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
        self._bytes[end - _DIGEST : end] = bytes.fromhex(value) if value else bytes(_DIGEST)


class Rare(Generic[T]):
    """Values that hardly any row has."""

    def __init__(self, default: T) -> None:
        self._default = default
        self._values: dict[int, T] = {}

    def reserve(self, rows: int) -> None: ...

    def __getitem__(self, row: int) -> T:
        return self._values.get(row, self._default)

    def __setitem__(self, row: int, value: T) -> None:
        if value == self._default:
            self._values.pop(row, None)
        else:
            self._values[row] = value
