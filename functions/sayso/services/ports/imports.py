"""What importing takes: a store of imports, their files, a queue, and the numbers' own records."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol

from sayso.domain.contact import Contact
from sayso.domain.imports.consent import Entering, Standing
from sayso.domain.imports.job import Import, Phase


class ImportChanged(Exception):
    """Somebody else, another worker perhaps, has changed the import since it was read."""


class FileGone(Exception):
    """The uploaded file is not there any more, or is not the one that was started with."""


class ImportPage(NamedTuple):
    """Some imports, newest first. `position` is where to go on, "" at the end."""

    imports: tuple[Import, ...]
    position: str


@dataclass(frozen=True, slots=True)
class Address:
    """A place to send a file to, or to get one from, by whoever knows it, until `expires_at`."""

    url: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Uploaded:
    """A file that was uploaded; `version` changes with its content."""

    bytes: int
    version: str


class ImportStore(Protocol):
    """Keeps imports."""

    def get(self, import_id: str) -> Import | None: ...

    def page(self, limit: int, position: str = "") -> ImportPage: ...

    def save(self, before: Import | None, after: Import) -> None:
        """Write `after` if the import is still as `before`. Raises ImportChanged."""
        ...


class ImportFiles(Protocol):
    """The files of imports: what is uploaded, and the list of rows that were refused."""

    def upload_to(self, import_id: str, size: int, now: datetime) -> Address:
        """Where to PUT a file of exactly `size` bytes."""
        ...

    def uploaded(self, import_id: str) -> Uploaded | None:
        """What was uploaded, if anything was and it has not expired."""
        ...

    def read(self, import_id: str, version: str) -> Iterable[bytes]:
        """The content in pieces, each time anew. Raises FileGone, now or on the way."""
        ...

    def add_refused(self, import_id: str, phase: Phase, part: int, lines: str) -> None:
        """Keep one part of the list of refused rows; a second writing replaces the first."""
        ...

    def publish_refused(self, import_id: str, phase: Phase, headings: str, parts: int) -> None:
        """Put the list together: the headings, then parts 1 to `parts`."""
        ...

    def refused(self, import_id: str, phase: Phase, now: datetime) -> Address | None:
        """Where to get the list, until it expires."""
        ...


class ImportQueue(Protocol):
    """Imports to go on with. What is put may come out more than once."""

    def put(self, import_id: str) -> None:
        """Queue the import. Raises NotQueued."""
        ...


class Entrants(Protocol):
    """The numbers' own records, as an import meets them."""

    def look(self, phones: Sequence[str]) -> Mapping[str, Contact]:
        """The contacts of those numbers that are on record."""
        ...

    def enter(self, entering: Sequence[Entering]) -> Mapping[str, Standing]:
        """Write contact and first ledger entry of each, all or nothing a number.

        Nothing is written for a number whose contact is not as `before` says, or that has a ledger:
        for these, what stands there is returned, by number. No number may occur twice.
        """
        ...


class FirstRows(Protocol):
    """Which row of a file was the first to hold a number, in little memory."""

    def first(self, phone: str, row: int) -> int:
        """The first row that was asked for with this number: `row`, if it is the one."""
        ...


class Notebook(Protocol):
    """Makes an empty FirstRows for as long as a file is read."""

    def __call__(self) -> AbstractContextManager[FirstRows]: ...
