"""Whose number is whose row: found by arithmetic, so that nobody has to be remembered for it."""

from collections.abc import Sequence

from simulation.columns import Counts

_DIGITS_OF_AREA = len("+1312")
# The first number of an area code that can be somebody's.
_FIRST = 2_000_000


class People:
    """Rows by number. Each area code has a block of `room` rows; all others come as they come.

    `size` is how many rows the blocks have. Within them rows sort as their numbers do, as long as
    the area codes are sorted.
    """

    def __init__(self, areas: Sequence[str] = (), room: int = 0) -> None:
        self.room = room
        self._prefixes = [f"+1{area}" for area in areas]
        self._starts = {prefix: at * room for at, prefix in enumerate(self._prefixes)}
        self.size = len(areas) * room
        self._strangers: list[str] = []
        self._rows: dict[str, int] = {}

    def row(self, phone: str) -> int:
        """The row of a number in E.164, for good."""
        start = self._starts.get(phone[:_DIGITS_OF_AREA])
        if start is not None and 0 <= (place := int(phone[_DIGITS_OF_AREA:]) - _FIRST) < self.room:
            return start + place
        row = self._rows.get(phone)
        if row is None:
            row = self._rows[phone] = self.size + len(self._strangers)
            self._strangers.append(phone)
        return row

    def phone(self, row: int) -> str:
        """The number of a row."""
        if row >= self.size:
            return self._strangers[row - self.size]
        area, place = divmod(row, self.room)
        return f"{self._prefixes[area]}{_FIRST + place}"


class PhoneColumn:
    """A column of numbers, each kept as its row."""

    def __init__(self, people: People) -> None:
        self._people = people
        self._rows = Counts("I")
        self.reserve = self._rows.reserve

    def __getitem__(self, row: int) -> str:
        return self._people.phone(self._rows[row])

    def __setitem__(self, row: int, value: str) -> None:
        self._rows[row] = self._people.row(value)


class OwnPhone:
    """The column of each row's own number."""

    def __init__(self, people: People) -> None:
        self._people = people

    def __getitem__(self, row: int) -> str:
        return self._people.phone(row)

    def __setitem__(self, row: int, value: str) -> None: ...

    def reserve(self, rows: int) -> None: ...
