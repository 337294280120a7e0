"""Reading an uploaded file to its end: every row becomes a subscriber, or is listed with a reason.

The file is read from its start by every worker that goes on with it; what has been settled already
is only looked through, for numbers that come again. A row that was entered by a worker that then
crashed is known by its ledger entry, which names the row: so nothing is lost or counted twice.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sayso.domain.catalog import Program
from sayso.domain.imports.job import Import, Phase
from sayso.domain.imports.refused import heading_line, refused_lines
from sayso.domain.imports.rows import Rejected, Row, RowReader
from sayso.domain.imports.sheet import FileRefused
from sayso.services.entering import Entrance, Verdicts, foresee
from sayso.services.import_windows import File, Window, check_to_the_end, windows
from sayso.services.ports.campaigns import CatalogReader
from sayso.services.ports.imports import (
    Entrants,
    FileGone,
    ImportChanged,
    ImportFiles,
    ImportQueue,
    ImportStore,
    Notebook,
)


class Outcome(StrEnum):
    """What became of an import's message."""

    COMPLETE = "complete"
    CONTINUES = "continues"  # time was short: the import is queued again
    STOPPED = "stopped"  # the import is not running, or its file cannot be read


class ImportedElsewhere(Exception):
    """Another worker has the import: deliver the message again, in case that one fails."""


@dataclass(frozen=True, slots=True)
class Importer:
    """Works through an import in the memory of one window of rows."""

    store: ImportStore
    files: ImportFiles
    queue: ImportQueue
    catalog: CatalogReader
    entrants: Entrants
    notebook: Notebook

    def run(
        self, import_id: str, clock: Callable[[], datetime], is_time_short: Callable[[], bool]
    ) -> Outcome:
        """Work to the end of the file, or for as long as there is time.

        Raises ImportedElsewhere, TooBusy, NotQueued, LookupError for an import that does not exist.
        """
        job = self.store.get(import_id)
        if job is None:
            raise LookupError(f"no import {import_id}")
        if not job.is_running:
            return Outcome.STOPPED
        try:
            return self._read(job, clock, is_time_short)
        except FileRefused as refused:
            return self._fail(import_id, str(refused), clock())
        except FileGone:
            why = "its file has expired, or was uploaded anew on the way: make a new import"
            return self._fail(import_id, why, clock())
        except ImportChanged:
            raise ImportedElsewhere(import_id) from None

    def _read(
        self, job: Import, clock: Callable[[], datetime], is_time_short: Callable[[], bool]
    ) -> Outcome:
        catalog = self.catalog.load()
        program = catalog.program
        if program is None or program.name != job.program:
            raise FileRefused(f"there is no program called {job.program} any more")
        if job.tally.row == 1:
            check_to_the_end(self.files.read(job.id, job.file_version))
        file = File(self.files.read(job.id, job.file_version))
        sheet = file.sheet()
        reader = RowReader(sheet, catalog, job.dates, clock())
        with self.notebook() as known:
            for window in windows(sheet, reader, known, job.tally.row):
                job = self._settle(job, window, program, file.bytes_read, clock())
                if is_time_short():
                    self.queue.put(job.id)
                    return Outcome.CONTINUES
        if job.refused_parts:
            headings = heading_line(sheet.headings)
            self.files.publish_refused(job.id, job.phase, headings, job.refused_parts)
        self.store.save(job, job.done(clock()))
        return Outcome.COMPLETE

    def _settle(
        self, job: Import, window: Window, program: Program, bytes_read: int, now: datetime
    ) -> Import:
        """Enter the rows of a window, list the refused ones, and only then say so."""
        rows = [judged for _, judged in window if isinstance(judged, Row)]
        verdicts = self._verdicts(job, rows, program, now)
        judged = [
            (record, verdicts[one.row] if isinstance(one, Row) else one) for record, one in window
        ]
        refused = [(record, one) for record, one in judged if isinstance(one, Rejected)]
        parts = job.refused_parts + bool(refused)
        if refused:
            self.files.add_refused(job.id, job.phase, parts, refused_lines(refused))
        tally = job.tally.plus(window[-1][0].row, [one for _, one in judged])
        after = job.after(tally, bytes_read, parts, now)
        self.store.save(job, after)
        return after

    def _verdicts(self, job: Import, rows: list[Row], program: Program, now: datetime) -> Verdicts:
        if job.phase is Phase.CHECK:
            return foresee(self.entrants, rows, job.id)
        return Entrance(self.entrants, job.id, program).enter(rows, now)

    def _fail(self, import_id: str, why: str, now: datetime) -> Outcome:
        job = self.store.get(import_id)
        if job and job.is_running:
            self.store.save(job, job.failed(why, now))
        return Outcome.STOPPED
