"""What an owner does with imports: announce a file, have it checked, have it imported, look."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sayso.domain.catalog_rules import Fault
from sayso.domain.imports.job import (
    ATTESTATION,
    BYTES_AT_MOST,
    Import,
    ImportState,
    Phase,
    StartRefused,
)
from sayso.domain.imports.values import DateOrder
from sayso.services.ports.campaigns import CatalogReader
from sayso.services.ports.imports import (
    Address,
    ImportChanged,
    ImportFiles,
    ImportPage,
    ImportQueue,
    ImportStore,
)
from sayso.services.ports.queues import NotQueued
from sayso.services.refusals import Busy, Conflict, Invalid, NotFound


@dataclass(frozen=True, slots=True)
class NewImport:
    """What is said of a file before it is uploaded; `program` is what its people agreed to."""

    filename: str
    bytes: int
    program: str
    attestation: str
    dates: DateOrder = DateOrder.ISO


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except StartRefused as refused:
        raise Conflict(str(refused)) from None
    except ImportChanged:
        raise Conflict("the import was changed at this moment: look at it and try again") from None
    except NotQueued:
        raise Busy("the import could not be queued: try again") from None


@dataclass(frozen=True, slots=True)
class ImportDesk:
    """The use cases around an import; services.importing reads the file itself.

    Each may raise one of services.refusals, and changes nothing then.
    """

    store: ImportStore
    files: ImportFiles
    queue: ImportQueue
    catalog: CatalogReader
    new_id: Callable[[], str]

    def create(self, new: NewImport, made_by: str, now: datetime) -> tuple[Import, Address]:
        """Announce a file; where to upload it."""
        faults = list(self._faults(new))
        if faults:
            raise Invalid(faults)
        job = Import(
            id=self.new_id(),
            filename=new.filename,
            bytes=new.bytes,
            program=new.program,
            dates=new.dates,
            attestation=new.attestation,
            created_by=made_by,
            created_at=now,
            updated_at=now,
        )
        self.store.save(None, job)
        return job, self.files.upload_to(job.id, job.bytes, now)

    @_explained()
    def start(self, import_id: str, phase: Phase, now: datetime) -> Import:
        """Check the file, or import it. Starting again what is running only queues it again.

        It is written before it is queued; where the queueing fails, the same request mends it.
        """
        before = self.get(import_id)
        if before.is_running and before.phase is phase:
            self.queue.put(import_id)
            return before
        if before.state in (ImportState.AWAITING_FILE, ImportState.CHECKED):
            uploaded = self.files.uploaded(import_id)
            if uploaded is None:
                raise Conflict("its file has not been uploaded, or has expired")
            if uploaded.bytes > BYTES_AT_MOST:
                raise Conflict(_TOO_LARGE)
            started = before.started(phase, uploaded.version, now)
        else:
            started = before.started(phase, before.file_version, now)
        self.store.save(before, started)
        self.queue.put(import_id)
        return started

    def get(self, import_id: str) -> Import:
        """The import as it stands. Raises NotFound."""
        job = self.store.get(import_id)
        if job is None:
            raise NotFound(f"there is no import {import_id}")
        return job

    def page(self, limit: int, position: str = "") -> ImportPage:
        """A page of imports, newest first; `position` is that of the page before."""
        return self.store.page(limit, position)

    def refused(self, import_id: str, now: datetime) -> tuple[Address, int]:
        """Where to get the rows that were refused, and how many. Raises NotFound, Conflict."""
        job = self.get(import_id)
        if job.is_running:
            raise Conflict("the file is still being read: the list is there at the end")
        if not job.refused_parts:
            raise NotFound("no row of it has been refused")
        address = self.files.refused(import_id, job.phase, now)
        if address is None:
            raise NotFound("the list has expired with the file: files are kept for 30 days")
        return address, job.tally.refused_in_all

    def _faults(self, new: NewImport) -> Iterator[Fault]:
        program = self.catalog.load().program
        if program is None:
            yield Fault("program", "no program is set up yet")
        elif new.program != program.name:
            yield Fault("program", f"consent to one program is none to {program.name}")
        if new.attestation != ATTESTATION:
            yield Fault("attestation", f"must say: {ATTESTATION}")
        if new.bytes > BYTES_AT_MOST:
            yield Fault("bytes", _TOO_LARGE)


_TOO_LARGE = f"a file has at most {BYTES_AT_MOST // 1024 // 1024} MiB: split it into several"
