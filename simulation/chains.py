"""Lists of a row's own things, newest first, for a million rows at once."""

from array import array
from collections.abc import Iterator

from simulation.columns import Counts

_END = -1


class Chains:
    """Each row's places in a log that all rows share."""

    def __init__(self, rows: int) -> None:
        self._newest = Counts("i", _END)
        self.reserve = self._newest.reserve
        self.reserve(rows)
        self._before = array("i")

    def __len__(self) -> int:
        return len(self._before)

    def add(self, row: int) -> int:
        """The next place of the log, which is the row's newest from now on."""
        place = len(self._before)
        self._before.append(self._newest[row])
        self._newest[row] = place
        return place

    def of(self, row: int) -> Iterator[int]:
        """The row's places, newest first."""
        place, before = self._newest[row], self._before
        while place != _END:
            yield place
            place = before[place]

    def remove(self, row: int, place: int) -> None:
        """Take a place out of the row's list."""
        later = _END
        for one in self.of(row):
            if one != place:
                later = one
            elif later == _END:
                self._newest[row] = self._before[one]
            else:
                self._before[later] = self._before[one]


class RecentTexts:
    """When each row was texted, in milliseconds, newest first."""

    def __init__(self, rows: int) -> None:
        self._chains = Chains(rows)
        self.reserve = self._chains.reserve
        self._at = array("q")

    def add(self, row: int, at: int) -> None:
        self._chains.add(row)
        self._at.append(at)

    def of(self, row: int, since: int) -> list[int]:
        """Those after `since`."""
        found = []
        for place in self._chains.of(row):
            if self._at[place] <= since:
                break
            found.append(self._at[place])
        return found

    def remove(self, row: int, at: int) -> None:
        """Take one out, if it is there."""
        for place in self._chains.of(row):
            if self._at[place] == at:
                self._chains.remove(row, place)
                return
