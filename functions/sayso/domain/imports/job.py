"""An import as a marketer follows it: from the wish, over the upload, to its last row."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Self

from sayso.domain.imports.consent import AlreadyIn, Verdict
from sayso.domain.imports.rows import Reason, Rejected
from sayso.domain.imports.values import DateOrder

ATTESTATION = "I have proof of consent for each row"
# A hundred thousand rows with their evidence take some 20 MB.
BYTES_AT_MOST = 64 * 1024 * 1024


class ImportState(StrEnum):
    """Where an import stands."""

    AWAITING_FILE = "awaiting_file"
    CHECKING = "checking"  # a dry run: nothing is written
    CHECKED = "checked"
    IMPORTING = "importing"
    IMPORTED = "imported"
    FAILED = "failed"  # the file as a whole could not be read; `failure` says why


class Phase(StrEnum):
    """What is done with the rows."""

    CHECK = "check"
    IMPORT = "import"


class StartRefused(ValueError):
    """The import cannot start as things stand; the message says why."""


_RUNNING = {Phase.CHECK: ImportState.CHECKING, Phase.IMPORT: ImportState.IMPORTING}
_DONE = {Phase.CHECK: ImportState.CHECKED, Phase.IMPORT: ImportState.IMPORTED}
_STARTS_FROM = (ImportState.AWAITING_FILE, ImportState.CHECKED)


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of the rows so far. `row` is the last one looked at, `read` counts those."""

    row: int = 1
    read: int = 0
    imported: int = 0
    already_in: int = 0
    refused: Mapping[Reason, int] = field(default_factory=dict)

    @property
    def refused_in_all(self) -> int:
        return sum(self.refused.values())

    def plus(self, row: int, verdicts: list[Verdict]) -> Self:
        """The tally after these rows, the last of which is `row`."""
        refused = Counter(self.refused)
        refused.update(one.reason for one in verdicts if isinstance(one, Rejected))
        already = sum(isinstance(one, AlreadyIn) for one in verdicts)
        rejected = sum(isinstance(one, Rejected) for one in verdicts)
        return replace(
            self,
            row=row,
            read=self.read + len(verdicts),
            imported=self.imported + len(verdicts) - already - rejected,
            already_in=self.already_in + already,
            refused=dict(refused),
        )


@dataclass(frozen=True, slots=True)
class Import:
    """One import. It holds no number and is kept for good: every ledger entry it made names it.

    `bytes` is the size of the file, `bytes_read` how far it was read; `file_version` pins the file
    that was started with; `refused_parts` counts the pieces of the list of refused rows.
    """

    id: str
    filename: str
    bytes: int
    program: str
    dates: DateOrder
    attestation: str
    created_by: str
    created_at: datetime
    updated_at: datetime
    state: ImportState = ImportState.AWAITING_FILE
    file_version: str = ""
    bytes_read: int = 0
    tally: Tally = field(default_factory=Tally)
    refused_parts: int = 0
    failure: str = ""
    revision: int = 1

    @property
    def phase(self) -> Phase:
        """Of the newest start."""
        is_check = self.state in (ImportState.CHECKING, ImportState.CHECKED)
        return Phase.CHECK if is_check else Phase.IMPORT

    @property
    def is_running(self) -> bool:
        return self.state in _RUNNING.values()

    @property
    def percent(self) -> int:
        """How much of the file has been read."""
        if self.state in _DONE.values():
            return 100
        return min(99, self.bytes_read * 100 // max(1, self.bytes))

    def started(self, phase: Phase, file_version: str, now: datetime) -> Self:
        """The import with its first row before it. Raises StartRefused."""
        if self.state not in _STARTS_FROM:
            raise StartRefused(_WHY_NOT[self.state])
        return replace(
            self._changed(now),
            state=_RUNNING[phase],
            file_version=file_version,
            bytes_read=0,
            tally=Tally(),
            refused_parts=0,
        )

    def after(self, tally: Tally, bytes_read: int, refused_parts: int, now: datetime) -> Self:
        """The import some rows later."""
        return replace(
            self._changed(now), tally=tally, bytes_read=bytes_read, refused_parts=refused_parts
        )

    def done(self, now: datetime) -> Self:
        """The import after its last row."""
        return replace(self._changed(now), state=_DONE[self.phase], bytes_read=self.bytes)

    def failed(self, why: str, now: datetime) -> Self:
        """The import whose file cannot be read."""
        return replace(self._changed(now), state=ImportState.FAILED, failure=why)

    def _changed(self, now: datetime) -> Self:
        return replace(self, revision=self.revision + 1, updated_at=now)


_WHY_NOT = {
    ImportState.CHECKING: "it is being checked: wait until that has ended",
    ImportState.IMPORTING: "it is being imported already",
    ImportState.IMPORTED: "it has been imported already; make a new import for another file",
    ImportState.FAILED: "its file could not be read; make a new import for a mended file",
}
