"""What the observer knows of codes: who read which, how long it was good, when it was used."""

from collections import Counter
from collections.abc import Callable

from simulation.chains import Chains
from simulation.columns import Counts
from simulation.index import Index
from simulation.moments import SECOND

# Somebody may come to the counter while the text that reminds them is on its way.
_ON_ITS_WAY = 10 * SECOND


class Promises:
    """Tells `violated` of codes that go wrong. A campaign that never promised one shows none."""

    def __init__(self, rows: int, violated: Callable[[str, str], None]) -> None:
        self.shown: Counter[str] = Counter()
        self.counts: Counter[str] = Counter()
        self._violated = violated
        self._places = Index()
        self._chains = Chains(rows)
        self._rows, self._offers = Counts("I"), Counts("H")
        self._ends: dict[str, int] = {}
        self._numbers: dict[str, int] = {}
        self._used: dict[str, tuple[str, int]] = {}

    def promised(self, campaign_id: str, ends: int) -> None:
        """A campaign's texts bring codes, which are good until then."""
        self._ends[campaign_id] = ends
        self._numbers.setdefault(campaign_id, len(self._numbers))

    def read(self, row: int, campaign_id: str, code: str, now: int) -> None:
        """A text has brought this code, "" for none."""
        if (campaign_id in self._ends) != bool(code):
            self._violated("a text without its code", f"row {row}, campaign {campaign_id}")
        if not code or campaign_id not in self._ends:
            return
        place = self._places.get(code)
        if place is None:
            self._first(row, campaign_id, code)
        elif self._rows[place] != row or self._offers[place] != self._numbers[campaign_id]:
            self._violated("a code for two people", f"rows {row} and {self._rows[place]}")
        else:
            self.counts["reminders"] += 1
        if code in self._used and self._used[code][1] < now - _ON_ITS_WAY:
            self._violated("reminded of what was redeemed", f"row {row}")

    def used(self, code: str, request_id: str, at: int) -> None:
        """Staff were told that it is redeemed; `at` is when they asked."""
        place = self._places.get(code)
        if place is None:
            self._violated("redeemed though nobody has it", f"request {request_id}")
            return
        campaign_id = next(one for one, n in self._numbers.items() if n == self._offers[place])
        first, _ = self._used.setdefault(code, (request_id, at))
        if first != request_id:
            self._violated("redeemed twice", f"row {self._rows[place]}")
        if at > self._ends[campaign_id]:
            self._violated("redeemed after its end", f"row {self._rows[place]}")

    def taken_back(self, code: str) -> None:
        """Its use was."""
        self._used.pop(code, None)

    def is_shown(self, code: str) -> bool:
        """Whether a text has brought it to anybody."""
        return self._places.get(code) is not None

    def _first(self, row: int, campaign_id: str, code: str) -> None:
        number = self._numbers[campaign_id]
        if any(self._offers[place] == number for place in self._chains.of(row)):
            self._violated("two codes for one person", f"row {row}, campaign {campaign_id}")
        place = self._chains.add(row)
        for column in (self._rows, self._offers):
            column.append(0)
        self._places.add(code, place)
        self._rows[place], self._offers[place] = row, number
        self.shown[campaign_id] += 1
