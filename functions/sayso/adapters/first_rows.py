"""Which row was the first with a number: a table on the disk, so that a long file takes no memory.

SQLite's temporary database lives in a file that nobody else can open and that goes with it.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass

_CACHE_KIB = 2048


@dataclass(frozen=True, slots=True)
class SqliteFirstRows:
    """FirstRows in a database."""

    database: sqlite3.Connection

    def first(self, phone: str, row: int) -> int:
        number = int(phone[1:])
        added = self.database.execute("INSERT OR IGNORE INTO first VALUES (?, ?)", (number, row))
        if added.rowcount:
            return row
        found = self.database.execute("SELECT row FROM first WHERE phone = ?", (number,))
        first: int = found.fetchone()[0]
        return first


@contextmanager
def notebook() -> Iterator[SqliteFirstRows]:
    """An empty FirstRows, gone with the block."""
    with closing(sqlite3.connect("", isolation_level=None)) as database:
        database.execute("PRAGMA journal_mode = OFF")
        database.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        database.execute("CREATE TABLE first (phone INTEGER PRIMARY KEY, row INTEGER)")
        database.execute("BEGIN")
        yield SqliteFirstRows(database)
