"""An owner, an importer, and everything behind them in memory."""

import csv
import io
import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from sayso.domain.catalog import Catalog
from sayso.domain.imports.job import ATTESTATION, Import, Phase
from sayso.domain.imports.values import DateOrder
from sayso.services.importing import Importer, Outcome
from sayso.services.imports import ImportDesk, NewImport
from tests.fakes.catalog import FakeCatalog
from tests.fakes.imports import (
    FakeEntrants,
    FakeImportFiles,
    FakeImportQueue,
    FakeImports,
    dict_notebook,
)
from tests.support.bluebird import NOON, SHOP
from tests.support.sheets import GOOD, csv_of

OWNER = "u-1"


def people(count: int, first: int = 0) -> list[dict[str, str]]:
    """So many good rows of so many people."""
    return [GOOD | {"phone": f"+1312555{number:04}"} for number in range(first, first + count)]


@dataclass
class Importing:
    """Bluebird Coffee's imports, at noon."""

    catalog: FakeCatalog = field(default_factory=lambda: FakeCatalog(SHOP))
    store: FakeImports = field(default_factory=FakeImports)
    files: FakeImportFiles = field(default_factory=FakeImportFiles)
    queue: FakeImportQueue = field(default_factory=FakeImportQueue)
    entrants: FakeEntrants = field(default_factory=FakeEntrants)
    now: datetime = NOON

    def __post_init__(self) -> None:
        ids = itertools.count(1)
        self.desk = ImportDesk(
            self.store, self.files, self.queue, self.catalog, lambda: f"import-{next(ids)}"
        )
        self.importer = Importer(
            self.store, self.files, self.queue, self.catalog, self.entrants, dict_notebook
        )

    def announced(self, size: int = 100) -> Import:
        new = NewImport("cards.csv", size, "Bluebird Coffee", ATTESTATION, DateOrder.ISO)
        job, _ = self.desk.create(new, OWNER, self.now)
        return job

    def uploaded(self, rows: list[dict[str, str]] | bytes) -> str:
        """The id of an import whose file is there."""
        content = rows if isinstance(rows, bytes) else csv_of(rows).encode()
        job = self.announced(len(content))
        self.files.upload(job.id, content)
        return job.id

    def started(self, rows: list[dict[str, str]] | bytes, phase: Phase = Phase.IMPORT) -> str:
        import_id = self.uploaded(rows)
        self.desk.start(import_id, phase, self.now)
        return import_id

    def work(self, import_id: str, is_time_short: Callable[[], bool] = lambda: False) -> Outcome:
        return self.importer.run(import_id, lambda: self.now, is_time_short)

    def imported(self, rows: list[dict[str, str]] | bytes, phase: Phase = Phase.IMPORT) -> Import:
        """The import after its end."""
        import_id = self.started(rows, phase)
        self.work(import_id)
        return self.desk.get(import_id)

    def change(self, catalog: Catalog) -> None:
        self.catalog.catalog = catalog

    def refused_rows(self, job: Import) -> list[tuple[str, str]]:
        """Number and reason of each row on the list."""
        text = self.files.lists[job.id, job.phase]
        rows = list(csv.reader(io.StringIO(text, newline="")))
        return [(row[0], row[1]) for row in rows[1:]]
