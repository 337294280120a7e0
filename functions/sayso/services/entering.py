"""Rows and the numbers' own records: who is entered, and whose own word goes before the file's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sayso.domain.catalog import Program
from sayso.domain.contact import Contact
from sayso.domain.imports.consent import Entered, Entering, Standing, Verdict, enter, judge
from sayso.domain.imports.rows import Row
from sayso.services.ports.imports import Entrants

_TRIES = 5

Verdicts = Mapping[int, Verdict]


class TooBusy(Exception):
    """Numbers keep changing while they are entered: deliver the message again."""


def foresee(entrants: Entrants, rows: Sequence[Row], import_id: str) -> Verdicts:
    """What would become of the rows, by their numbers in the file. Nothing is written."""
    found = entrants.look([row.phone for row in rows])
    return {
        row.row: (row.phone in found and judge(Standing(found[row.phone]), row, import_id))
        or Entered()
        for row in rows
    }


@dataclass(frozen=True, slots=True)
class Entrance:
    """Enters the rows of one import into one program."""

    entrants: Entrants
    import_id: str
    program: Program

    def enter(self, rows: Sequence[Row], now: datetime) -> Verdicts:
        """Enter them as strangers, which nearly all are; whom the table knows is looked at.

        Raises TooBusy.
        """
        verdicts: dict[int, Verdict] = {}
        befores = {row.row: Contact.stranger(row.phone) for row in rows}
        for _ in range(_TRIES):
            if not befores:
                return verdicts
            waiting = [row for row in rows if row.row in befores]
            entering = [self._entering(befores[row.row], row, now) for row in waiting]
            standings = self.entrants.enter(entering)
            befores = {}
            for row in waiting:
                standing = standings.get(row.phone)
                verdict = judge(standing, row, self.import_id) if standing else Entered()
                if verdict:
                    verdicts[row.row] = verdict
                elif standing:
                    befores[row.row] = standing.contact
        raise TooBusy(f"{len(befores)} numbers")

    def _entering(self, before: Contact, row: Row, now: datetime) -> Entering:
        return enter(before, row, self.import_id, self.program, now)
