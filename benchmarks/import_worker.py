"""One interpreter that imports a made-up file of `sys.argv[1]` rows, a hundredth of them bad.

The importer is the real one, down to the items of DynamoDB; what is behind it takes no time.
Prints rows a second of the processor's time, and the process's peak of memory in KiB.
"""

import resource
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sayso.adapters.dynamodb.contacts import contact_attributes
from sayso.adapters.dynamodb.ledger import entry_item
from sayso.adapters.first_rows import notebook
from sayso.domain.catalog import Catalog, Location, Program
from sayso.domain.imports.consent import Entering, Standing
from sayso.domain.imports.job import ATTESTATION, Import, Phase
from sayso.domain.imports.values import DateOrder
from sayso.services.importing import Importer

_NOW = datetime(2026, 11, 23, 18, tzinfo=UTC)
_SHOP = Catalog(
    Program("Bluebird Coffee", "help@bluebird.example", "up to 4 msgs/month"),
    (Location("DOWNTOWN", "Bluebird Downtown", "America/Chicago"),),
)
_HEAD = "phone,opted_in_at,medium,agreed_to,source,location\r\n"
_ROW = (
    '+1312{:07},2024-05-01T12:00:00-05:00,{},"Text me offers, up to 4 a month. Msg & data rates '
    'may apply. Reply ""STOP"" to end.",https://bluebird.example/join,downtown\r\n'
)
_ROWS_A_PIECE = 1000


class _Store:
    def __init__(self, job: Import) -> None:
        self.job = job

    def get(self, _: str) -> Import:
        return self.job

    def save(self, _: Import | None, after: Import) -> None:
        self.job = after


@dataclass
class _Files:
    rows: int

    def read(self, *_: str) -> Iterator[bytes]:
        yield _HEAD.encode()
        for start in range(0, self.rows, _ROWS_A_PIECE):
            numbers = range(start, min(start + _ROWS_A_PIECE, self.rows))
            yield "".join(
                _ROW.format(2_000_000 + number, "" if number % 100 == 0 else "web")
                for number in numbers
            ).encode()

    def add_refused(self, *_: object) -> None: ...

    def publish_refused(self, *_: object) -> None: ...


class _Nobody:
    """A table where everybody is new, and where nothing stays."""

    def enter(self, entering: Sequence[Entering]) -> Mapping[str, Standing]:
        for one in entering:
            contact_attributes(one.after)
            entry_item(one.entry)
        return {}


class _Catalog:
    def load(self) -> Catalog:
        return _SHOP


def main() -> None:
    """Import, and say how it went."""
    rows = int(sys.argv[1])
    job = Import(
        *("bench", "cards.csv", 1, "Bluebird Coffee", DateOrder.ISO, ATTESTATION, "u-1"),
        created_at=_NOW,
        updated_at=_NOW,
    ).started(Phase.IMPORT, "v1", _NOW)
    store = _Store(job)
    importer = Importer(store, _Files(rows), None, _Catalog(), _Nobody(), notebook)  # type: ignore[arg-type]
    began = time.process_time()
    importer.run("bench", lambda: _NOW, lambda: False)
    seconds = time.process_time() - began
    if store.job.tally.imported != rows - rows // 100:
        raise RuntimeError(f"{store.job.tally} of {rows} rows")
    print(rows / seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


main()
