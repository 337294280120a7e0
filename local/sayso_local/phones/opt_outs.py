"""The carrier's opt-out lists: numbers that it refuses to text."""

from dataclasses import dataclass

from sayso_local.phones.store import Store
from sayso_local.phones.texts import now

DAY_S = 86_400


class OptedInTooSoon(Exception):
    """A number can be taken off a list once in a while only (30 days at AWS)."""


@dataclass(frozen=True, slots=True)
class OptedOut:
    """A number on a list, since a Unix time."""

    phone: str
    at: float


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

    def put(self, name: str, phone: str) -> OptedOut:
        """Put a number on a list; one that is on it keeps its time."""
        with self._db as db:
            db.execute(
                "INSERT INTO opted_out VALUES (?,?,?) ON CONFLICT DO NOTHING", [name, phone, now()]
            )
        found = self.find(name, phone)
        if found is None:
            raise LookupError(phone)
        return found

    def find(self, name: str, phone: str) -> OptedOut | None:
        row = self._db.execute(
            "SELECT phone, at FROM opted_out WHERE list = ? AND phone = ?", [name, phone]
        ).fetchone()
        return OptedOut(*row) if row else None

    def all(self, name: str) -> list[OptedOut]:
        """By number."""
        rows = self._db.execute(
            "SELECT phone, at FROM opted_out WHERE list = ? ORDER BY phone", [name]
        )
        return [OptedOut(*row) for row in rows]

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
