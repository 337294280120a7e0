"""Codes by the million: each as a number, and where it is found, in a few bytes."""

from array import array

from simulation.columns import Counts

_LONGEST = 8
_SPREAD = 0x9E37_79B9_7F4A_7C15  # 2^64 over the golden ratio: neighbours are far apart
_WORD = (1 << 64) - 1
_FIRST_SIZE = 1 << 10
_NOTHING = 0


def packed(code: str) -> int | None:
    """A code of at most eight characters as a number; None for others, 0 for none."""
    letters = code.encode()
    return int.from_bytes(letters, "big") if len(letters) <= _LONGEST else None


class Codes:
    """A column of codes; those that are longer are kept aside."""

    def __init__(self) -> None:
        self._numbers = Counts("Q")
        self._others: dict[int, str] = {}
        self.reserve = self._numbers.reserve

    def __getitem__(self, row: int) -> str:
        number = self._numbers[row]
        if not number:
            return self._others.get(row, "")
        return number.to_bytes(_LONGEST, "big").lstrip(b"\0").decode()

    def __setitem__(self, row: int, value: str) -> None:
        self._others.pop(row, None)
        number = packed(value)
        self._numbers[row] = number or _NOTHING
        if number is None:
            self._others[row] = value


class Index:
    """The place of each code: a table of open addressing, at most two thirds full."""

    def __init__(self) -> None:
        self._others: dict[str, int] = {}
        self._make(_FIRST_SIZE)

    def get(self, code: str) -> int | None:
        """The place of a code that was added."""
        number = packed(code)
        if not number:
            return self._others.get(code)
        at = self._at(number)
        return self._places[at] if self._numbers[at] else None

    def add(self, code: str, place: int) -> None:
        """Keep the place of a code."""
        number = packed(code)
        if not number:
            self._others[code] = place
            return
        at = self._at(number)
        self._used += not self._numbers[at]
        self._numbers[at], self._places[at] = number, place
        if 3 * self._used > 2 * len(self._numbers):
            self._grow()

    def _at(self, number: int) -> int:
        mask, numbers = len(self._numbers) - 1, self._numbers
        at = (number * _SPREAD & _WORD) >> 32 & mask
        while numbers[at] not in (_NOTHING, number):
            at = (at + 1) & mask
        return at

    def _grow(self) -> None:
        numbers, places = self._numbers, self._places
        self._make(2 * len(numbers))
        for number, place in zip(numbers, places, strict=True):
            if number:
                at = self._at(number)
                self._numbers[at], self._places[at] = number, place
                self._used += 1

    def _make(self, size: int) -> None:
        self._numbers, self._places = array("Q", bytes(8 * size)), array("I", bytes(4 * size))
        self._used = 0
