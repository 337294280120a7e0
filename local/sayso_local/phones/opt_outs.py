"""The carrier's opt-out lists: numbers that it refuses to text."""

from dataclasses import dataclass

from sayso_local.phones.store import Store
from sayso_local.phones.texts import now

DAY_S = 86_400
_COLUMNS = "phone, at, by_customer"


class OptedInTooSoon(Exception):
    """A number can be taken off a list once in a while only (30 days at AWS)."""


@dataclass(frozen=True, slots=True)
class OptedOut:
    """A number on a list, since a Unix time; `by_customer` if its holder told the carrier so."""

    phone: str
    at: float
    by_customer: bool = False


class OptOutLists:
    """Named lists of numbers, kept in the simulator's store."""

    def __init__(self, store: Store, first: str) -> None:
        self._store = store
        self._db = store.connection
        if first not in self.names():
            self.create(first)

    def names(self) -> dict[str, float]:
        """Each list's name and the Unix time at which it was made."""
        return dict(self._store.fact("opt_out_lists") or {})

    def create(self, name: str) -> float:
        made = now()
        self._store.put_fact("opt_out_lists", {**self.names(), name: made})
        return made

    def put(self, name: str, phone: str, *, by_customer: bool = False) -> OptedOut:
        """Put a number on a list; one that is on it keeps its time and whose wish it was."""
        with self._db as db:
            db.execute(
                "INSERT INTO opted_out (list, phone, at, by_customer) VALUES (?,?,?,?) "
                "ON CONFLICT DO NOTHING",
                [name, phone, now(), by_customer],
            )
        found = self.find(name, phone)
        if found is None:
            raise LookupError(phone)
        return found

    def find(self, name: str, phone: str) -> OptedOut | None:
        row = self._db.execute(
            f"SELECT {_COLUMNS} FROM opted_out WHERE list = ? AND phone = ?", [name, phone]
        ).fetchone()
        return _opted_out(row) if row else None

    def all(self, name: str) -> list[OptedOut]:
        """By number."""
        rows = self._db.execute(
            f"SELECT {_COLUMNS} FROM opted_out WHERE list = ? ORDER BY phone", [name]
        )
        return [_opted_out(row) for row in rows]

    def drop(self, name: str, phone: str) -> None:
        """Lose a number, as somebody at the console may: nothing forbids that, or counts it."""
        with self._db as db:
            db.execute("DELETE FROM opted_out WHERE list = ? AND phone = ?", [name, phone])

    def delete(self, name: str, phone: str, interval_days: int) -> None:
        """Take a number off. Raises OptedInTooSoon within `interval_days` of the last time."""
        last = self._db.execute(
            "SELECT at FROM opted_in_again WHERE list = ? AND phone = ?", [name, phone]
        ).fetchone()
        if last and now() < last[0] + interval_days * DAY_S:
            raise OptedInTooSoon
        with self._db as db:
            db.execute("DELETE FROM opted_out WHERE list = ? AND phone = ?", [name, phone])
            db.execute("INSERT OR REPLACE INTO opted_in_again VALUES (?,?,?)", [name, phone, now()])


def _opted_out(row: tuple[str, float, int]) -> OptedOut:
    phone, at, by_customer = row
    return OptedOut(phone, at, bool(by_customer))
