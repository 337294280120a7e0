"""Those who had joined before the simulation begins: each follows from the row alone."""

from sayso.domain.contact import Contact, Status
from sayso.domain.ledger import Change, Entry, Evidence, append
from simulation.moments import DAY, at_ms
from simulation.people import People
from simulation.shop import NUMBER, PROGRAM, STORES

# Every so many-th of them has a number from elsewhere, or never named a store.
_FROM_ELSEWHERE, _NOWHERE = 16, 50
_SPREAD = 2_654_435_761  # Knuth's multiplier: neighbours' stores are far apart


class Regulars:
    """`seeded` people in each area code's block, who joined in the two months before `start`."""

    def __init__(self, people: People, start: int, seeded: int) -> None:
        self.seeded = seeded
        self._people = people
        self._start = start

    def rows(self) -> "list[range]":
        """Their rows, a range each block."""
        room = self._people.room
        return [range(area * room, area * room + self.seeded) for area in range(len(STORES))]

    def joined(self, row: int) -> int:
        """When they joined, in milliseconds."""
        return self._start - DAY - row * _SPREAD % (60 * DAY)

    def place(self, row: int) -> str:
        """The store that they joined."""
        if row % _NOWHERE == 7:
            return ""
        own = row // self._people.room
        is_elsewhere = row % _FROM_ELSEWHERE == 3
        return STORES[row * _SPREAD // 7 % len(STORES) if is_elsewhere else own].code

    def entry(self, row: int) -> Entry:
        """The proof of their opt-in."""
        place = self.place(row)
        evidence = Evidence(
            phone=self._people.phone(row),
            at=at_ms(self.joined(row)),
            medium="sms",
            message_id=f"before-{row}",
            number=NUMBER,
            words=f"JOIN {place}".strip(),
            shown="You're in!",
            program=PROGRAM.name,
            keyword="JOIN",
            channel="",
            location=place,
            rule="join",
        )
        return append(seq=0, head="", change=Change.OPTED_IN, evidence=evidence)

    def origin(self, row: int) -> tuple[Entry, ...]:
        """What their ledger begins with; nothing for newcomers."""
        is_known = row // self._people.room < len(STORES) and (
            row % self._people.room < self.seeded
        )
        return (self.entry(row),) if is_known else ()

    def contact(self, row: int, entry: Entry) -> Contact:
        """Where they stand when the simulation begins."""
        at = at_ms(self.joined(row))
        return Contact(
            phone=self._people.phone(row),
            status=Status.SUBSCRIBED,
            revision=1,
            location=self.place(row),
            channel=("", "window sign", "receipt")[row % 3],
            keyword="JOIN",
            language="es" if row % 9 == 0 else "en",
            joined_at=at,
            last_heard_at=at,
            ledger_seq=entry.seq,
            ledger_head=entry.digest,
        )
