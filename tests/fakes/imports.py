"""Imports, their files and queue, and the people of the table, in memory."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from hashlib import sha256

from sayso.domain.contact import Contact
from sayso.domain.imports.consent import Entering, Standing
from sayso.domain.imports.job import Import, Phase
from sayso.domain.ledger import Entry
from sayso.services.ports.imports import (
    Address,
    FileGone,
    ImportChanged,
    ImportPage,
    Uploaded,
)
from tests.support.sheets import in_pieces


class FakeImports:
    """An ImportStore."""

    def __init__(self) -> None:
        self.imports: dict[str, Import] = {}

    def get(self, import_id: str) -> Import | None:
        return self.imports.get(import_id)

    def page(self, limit: int, position: str = "") -> ImportPage:
        newest_first = sorted(self.imports, reverse=True)
        rest = [one for one in newest_first if not position or one < position]
        found = tuple(self.imports[one] for one in rest[:limit])
        return ImportPage(found, found[-1].id if len(rest) > limit else "")

    def save(self, before: Import | None, after: Import) -> None:
        standing = self.imports.get(after.id)
        if (standing and standing.revision) != (before and before.revision):
            raise ImportChanged(after.id)
        self.imports[after.id] = after


class FakeImportFiles:
    """An ImportFiles whose addresses lead nowhere; `upload` is what a client does."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.parts: dict[tuple[str, Phase, int], str] = {}
        self.lists: dict[tuple[str, Phase], str] = {}

    def upload(self, import_id: str, content: bytes) -> None:
        self.files[import_id] = content

    def upload_to(self, import_id: str, size: int, now: datetime) -> Address:
        return Address(f"https://files.example/{import_id}?{size}", now + timedelta(minutes=15))

    def uploaded(self, import_id: str) -> Uploaded | None:
        content = self.files.get(import_id)
        return None if content is None else Uploaded(len(content), _version(content))

    def read(self, import_id: str, version: str) -> Iterator[bytes]:
        content = self.files.get(import_id)
        if content is None or _version(content) != version:
            raise FileGone(import_id)
        yield from in_pieces(content, 4096)

    def add_refused(self, import_id: str, phase: Phase, part: int, lines: str) -> None:
        self.parts[import_id, phase, part] = lines

    def publish_refused(self, import_id: str, phase: Phase, headings: str, parts: int) -> None:
        pieces = [self.parts[import_id, phase, part] for part in range(1, parts + 1)]
        self.lists[import_id, phase] = headings + "".join(pieces)

    def refused(self, import_id: str, phase: Phase, now: datetime) -> Address | None:
        if (import_id, phase) not in self.lists:
            return None
        return Address(f"https://files.example/{import_id}/refused", now + timedelta(minutes=15))


class FakeImportQueue:
    """An ImportQueue, readable."""

    def __init__(self) -> None:
        self.queued: list[str] = []

    def put(self, import_id: str) -> None:
        self.queued.append(import_id)


class FakeEntrants:
    """Entrants. `crash_after` ends the worker once so many people more have been entered."""

    def __init__(self, *contacts: Contact) -> None:
        self.contacts = {contact.phone: contact for contact in contacts}
        self.ledgers: dict[str, list[Entry]] = {}
        self.crash_after: int | None = None

    def look(self, phones: Sequence[str]) -> Mapping[str, Contact]:
        return {phone: self.contacts[phone] for phone in phones if phone in self.contacts}

    def enter(self, entering: Sequence[Entering]) -> Mapping[str, Standing]:
        standings: dict[str, Standing] = {}
        for one in entering:
            phone = one.after.phone
            stored = self.contacts.get(phone, Contact.stranger(phone))
            ledger = self.ledgers.get(phone)
            if ledger or stored.revision != one.before.revision:
                first = ledger[0].evidence.message_id if ledger else ""
                standings[phone] = Standing(stored, first)
                continue
            if self.crash_after == 0:
                self.crash_after = None
                raise RuntimeError("the worker was killed")
            if self.crash_after is not None:
                self.crash_after -= 1
            self.contacts[phone] = one.after
            self.ledgers[phone] = [one.entry]
        return standings


class DictFirstRows(dict[str, int]):
    """A FirstRows."""

    def first(self, phone: str, row: int) -> int:
        return self.setdefault(phone, row)


@contextmanager
def dict_notebook() -> Iterator[DictFirstRows]:
    """A Notebook."""
    yield DictFirstRows()


def _version(content: bytes) -> str:
    return sha256(content).hexdigest()
