"""Where the local stack keeps its files."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
SYNTH_CACHE = PROJECT / ".sayso" / "synth"


@dataclass(frozen=True)
class Places:
    """The files of one local stack, all below its state folder."""

    state: Path

    @classmethod
    def choose(cls, state: str | None = None) -> Places:
        """`--state`, else the variable SAYSO_STATE, else `.sayso` in the project."""
        chosen = state or os.environ.get("SAYSO_STATE")
        return cls(Path(chosen).resolve() if chosen else PROJECT / ".sayso")

    @property
    def running(self) -> Path:
        """Describes the running stack; exists only while one is ready."""
        return self.state / "local.json"

    @property
    def logs(self) -> Path:
        return self.state / "logs"

    @property
    def locks(self) -> Path:
        return self.state / "locks"

    @property
    def data(self) -> Path:
        """What survives a restart, and what `--fresh` wipes."""
        return self.state / "data"

    @property
    def scratch(self) -> Path:
        """Temporary files of the children, gone when the stack stops."""
        return self.state / "tmp"

    def make(self) -> None:
        """Create the folders that are not there yet."""
        for folder in (self.logs, self.data, self.scratch):
            folder.mkdir(parents=True, exist_ok=True)
