"""The index of subscribers by location. As the table's own, it comes a moment late."""

from array import array
from bisect import bisect_left, bisect_right, insort
from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields

from sayso.domain.contact import Contact, Status
from sayso.domain.listed import Listed
from sayso.services.ports.audience import AudiencePage
from simulation.columns import Words
from simulation.people import People
from simulation.tables import Table

_SHARDS = 4
_LISTED = tuple(one.name for one in fields(Listed) if one.name != "phone")


class SimulatedAudience:
    """AudienceIndex over the contacts. What is noted shows `lag` milliseconds after `clock`."""

    def __init__(
        self,
        people: People,
        contacts: Table[Contact],
        clock: Callable[[], int] = lambda: 0,
        lag: int = 0,
        page_size: int = 1000,
    ) -> None:
        self._people = people
        self._contacts = contacts
        self._clock = clock
        self._lag = lag
        self._page_size = page_size
        self._place: Words[str | None] = Words(None)
        self._place.reserve(people.size)
        self._rows: defaultdict[tuple[str, int], array[int]] = defaultdict(lambda: array("I"))
        self._late: deque[tuple[int, int, str | None]] = deque()

    def note(self, row: int, contact: Contact) -> None:
        """The contact was written."""
        self._place.reserve(row + 1)
        is_listed = contact.status is Status.SUBSCRIBED
        place = contact.location if is_listed else None
        self._late.append((self._clock() + self._lag, row, place))
        if not self._lag:
            self._catch_up()

    def shards(self) -> Sequence[int]:
        return range(_SHARDS)

    def page(self, location: str, shard: int, position: str = "") -> AudiencePage:
        self._catch_up()
        rows = self._rows[location, shard]
        start = bisect_right(rows, self._people.row(position)) if position else 0
        found: list[Listed] = []
        for at in range(start, len(rows)):
            if len(found) == self._page_size:
                return AudiencePage(tuple(found), found[-1].phone)
            if self._place[rows[at]] == location:
                found.append(self._listed(rows[at]))
        return AudiencePage(tuple(found), "")

    def count(self, location: str) -> int:
        self._catch_up()
        return sum(
            self._place[row] == location
            for shard in self.shards()
            for row in self._at(location, shard)
        )

    def _at(self, location: str, shard: int) -> Iterator[int]:
        yield from self._rows[location, shard]

    def _listed(self, row: int) -> Listed:
        return Listed(self._people.phone(row), *self._contacts.some(row, _LISTED))

    def _catch_up(self) -> None:
        now = self._clock()
        while self._late and self._late[0][0] <= now:
            _, row, place = self._late.popleft()
            self._place[row] = place
            if place is not None:
                self._enter(self._rows[place, row % _SHARDS], row)

    def _enter(self, rows: "array[int]", row: int) -> None:
        """Somebody stays in the list of each place that they were ever at."""
        if not rows or rows[-1] < row:
            rows.append(row)
            return
        at = bisect_left(rows, row)
        if rows[at] != row:
            insort(rows, row)
