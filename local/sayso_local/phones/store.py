"""The carrier's memory: one SQLite file, so that threads and opt-outs survive a restart."""

import itertools
import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from sayso_local.phones.texts import Channel, Delivery, Direction, Notice, Phone, Text

_SCHEMA = """
CREATE TABLE IF NOT EXISTS texts (
    seq INTEGER PRIMARY KEY, message_id TEXT UNIQUE NOT NULL, phone TEXT NOT NULL,
    direction TEXT NOT NULL, number TEXT NOT NULL, body TEXT NOT NULL, parts INTEGER NOT NULL,
    encoding TEXT NOT NULL, status TEXT NOT NULL, at REAL NOT NULL, message_type TEXT,
    context TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS texts_of_phone ON texts (phone, seq);
CREATE INDEX IF NOT EXISTS texts_by_time ON texts (at);
CREATE TABLE IF NOT EXISTS phones (
    seq INTEGER PRIMARY KEY, phone TEXT UNIQUE NOT NULL, name TEXT NOT NULL,
    delivery TEXT NOT NULL, delay_ms INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS outbox (
    seq INTEGER PRIMARY KEY, due REAL NOT NULL, channel TEXT NOT NULL, phone TEXT NOT NULL,
    message_id TEXT NOT NULL, status TEXT NOT NULL, payload TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS opted_out (
    list TEXT NOT NULL, phone TEXT NOT NULL, at REAL NOT NULL,
    by_customer INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (list, phone));
CREATE TABLE IF NOT EXISTS opted_in_again (
    list TEXT NOT NULL, phone TEXT NOT NULL, at REAL NOT NULL, PRIMARY KEY (list, phone));
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""
_TEXT = (
    "message_id, phone, direction, number, body, parts, encoding, status, at, message_type, context"
)
_NOTICE = "due, channel, phone, message_id, status, payload, seq"


class Store:
    """Threads, phones and the outbox. Every change is committed before the call returns.

    Used from one thread. The file survives the process being killed (write-ahead log); losing
    the last moments to a power cut is fine for a simulator, so nothing waits for the disk.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        # An app may be made on another thread than the one that its event loop runs on.
        self.connection = sqlite3.connect(folder / "phones.sqlite", check_same_thread=False)
        self.connection.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;" + _SCHEMA)
        self._bring_up_to_date()
        last = self.connection.execute("SELECT max(seq) FROM outbox").fetchone()[0]
        self._sequence = itertools.count((last or 0) + 1)

    def _bring_up_to_date(self) -> None:
        """A file that an earlier version of this module wrote may lack a column."""
        columns = self.connection.execute("PRAGMA table_info(opted_out)").fetchall()
        if "by_customer" not in (column[1] for column in columns):
            self.connection.execute(
                "ALTER TABLE opted_out ADD COLUMN by_customer INTEGER NOT NULL DEFAULT 0"
            )

    def close(self) -> None:
        self.connection.close()

    def erase(self) -> None:
        """Forget every text, phone, opt-out and pending notice."""
        with self.connection as db:
            for table in ("texts", "phones", "outbox", "opted_out", "opted_in_again"):
                db.execute(f"DELETE FROM {table}")

    # Texts and what is still to be told about them

    def add_text(self, text: Text, notices: Sequence[Notice]) -> list[Notice]:
        """Store a text with its notices in one transaction; the notices come back numbered."""
        with self.connection as db:
            db.execute(f"INSERT INTO texts ({_TEXT}) VALUES (?,?,?,?,?,?,?,?,?,?,?)", _row(text))
            db.execute(
                "INSERT INTO phones (phone, name, delivery, delay_ms) VALUES (?, '', ?, 0) "
                "ON CONFLICT DO NOTHING",
                [text.phone, Delivery.DELIVERED],
            )
            return self._add_notices(db, notices)

    def add_notices(self, notices: Sequence[Notice]) -> list[Notice]:
        with self.connection as db:
            return self._add_notices(db, notices)

    def _add_notices(self, db: sqlite3.Connection, notices: Sequence[Notice]) -> list[Notice]:
        numbered = [replace(notice, seq=next(self._sequence)) for notice in notices]
        rows = [
            (n.due, n.channel, n.phone, n.message_id, n.status, n.payload, n.seq) for n in numbered
        ]
        db.executemany(f"INSERT INTO outbox ({_NOTICE}) VALUES (?,?,?,?,?,?,?)", rows)
        return numbered

    def outbox(self) -> list[Notice]:
        """Every notice that is not out yet, in the order in which they are due."""
        rows = self.connection.execute(f"SELECT {_NOTICE} FROM outbox ORDER BY due, seq")
        return [Notice(due, Channel(channel), *rest) for due, channel, *rest in rows]

    def outbox_size(self) -> int:
        count: int = self.connection.execute("SELECT count(*) FROM outbox").fetchone()[0]
        return count

    def forget_notices(self, notices: Iterable[Notice]) -> None:
        """They are out: a restart must not send them again."""
        with self.connection as db:
            db.executemany("DELETE FROM outbox WHERE seq = ?", [[n.seq] for n in notices])

    def set_status(self, message_id: str, status: str) -> Text | None:
        """The text as it now is."""
        with self.connection as db:
            rows = db.execute(
                f"UPDATE texts SET status = ? WHERE message_id = ? RETURNING {_TEXT}",
                [status, message_id],
            ).fetchall()
        return _text(rows[0]) if rows else None

    def text(self, message_id: str) -> Text | None:
        found = self._texts("WHERE message_id = ?", message_id)
        return found[0] if found else None

    def thread(self, phone: str) -> list[Text]:
        """Oldest first."""
        return self._texts("WHERE phone = ? ORDER BY seq", phone)

    def texts_since(self, at: float) -> list[Text]:
        """Texts of all phones at or after a Unix time, oldest first."""
        return self._texts("WHERE at >= ? ORDER BY seq", at)

    def last_outbound(self, phone: str) -> str | None:
        """Id of the last text to that phone."""
        row = self.connection.execute(
            "SELECT message_id FROM texts WHERE phone = ? AND direction = 'out' "
            "ORDER BY seq DESC LIMIT 1",
            [phone],
        ).fetchone()
        return row[0] if row else None

    def _texts(self, clause: str, value: str | float) -> list[Text]:
        rows = self.connection.execute(f"SELECT {_TEXT} FROM texts {clause}", [value])
        return [_text(row) for row in rows]

    # Phones

    def put_phone(self, phone: Phone) -> None:
        with self.connection as db:
            db.execute(
                "INSERT INTO phones (phone, name, delivery, delay_ms) VALUES (?,?,?,?) "
                "ON CONFLICT (phone) DO UPDATE SET name = excluded.name, "
                "delivery = excluded.delivery, delay_ms = excluded.delay_ms",
                [phone.number, phone.name, phone.delivery, phone.delay_ms],
            )

    def phone(self, number: str) -> Phone:
        """The phone, with the ordinary treatment if nothing is known about it."""
        found = self._phones("WHERE phone = ?", [number])
        return found[0] if found else Phone(number)

    def phones(self) -> list[Phone]:
        """Every phone that was named, set or texted with, in the order in which they came."""
        return self._phones("ORDER BY seq", [])

    def _phones(self, clause: str, values: list[str]) -> list[Phone]:
        rows = self.connection.execute(
            f"SELECT phone, name, delivery, delay_ms FROM phones {clause}", values
        )
        return [Phone(number, name, Delivery(mode), delay) for number, name, mode, delay in rows]

    # Facts: small JSON values under a name

    def fact(self, name: str) -> Any:
        row = self.connection.execute("SELECT value FROM facts WHERE name = ?", [name]).fetchone()
        return json.loads(row[0]) if row else None

    def put_fact(self, name: str, value: Any) -> None:
        with self.connection as db:
            db.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", [name, json.dumps(value)])


def _row(text: Text) -> list[Any]:
    return [
        text.message_id,
        text.phone,
        text.direction,
        text.number,
        text.body,
        text.parts,
        text.encoding,
        text.status,
        text.at,
        text.message_type,
        json.dumps(dict(text.context)),
    ]


def _text(row: Sequence[Any]) -> Text:
    message_id, phone, direction, number, body, parts, encoding, status, at, kind, context = row
    return Text(
        message_id=message_id,
        phone=phone,
        direction=Direction(direction),
        number=number,
        body=body,
        parts=parts,
        encoding=encoding,
        status=status,
        at=at,
        message_type=kind,
        context=json.loads(context),
    )
