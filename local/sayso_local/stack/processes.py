"""Child processes of the local stack: logged, and stopped together with all that they started."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_TAIL_BYTES = 8192
_CLOSE_GRACE_SECONDS = 3.0


@dataclass
class Child:
    """A running part of the local stack."""

    name: str
    log: Path
    process: subprocess.Popen[bytes]

    @classmethod
    def start(
        cls,
        name: str,
        command: Sequence[str],
        *,
        environment: Mapping[str, str],
        log: Path,
        keep_open: int,
    ) -> Child:
        """Start `python -m <command>` on a tether; it inherits the descriptor `keep_open`."""
        with log.open("ab") as sink:
            process = subprocess.Popen(
                [sys.executable, "-m", "sayso_local.stack.tether", *command],
                stdin=subprocess.PIPE,
                stdout=sink,
                stderr=subprocess.STDOUT,
                env=dict(environment),
                pass_fds=(keep_open,),
                start_new_session=True,
            )
        return cls(name, log, process)

    @property
    def exit_code(self) -> int | None:
        """None while it runs."""
        return self.process.poll()

    def ask_to_stop(self) -> None:
        """Begin a graceful stop, which lets the emulator save its state."""
        if self.process.poll() is None:
            self.process.terminate()

    def stop(self, grace_seconds: float) -> bool:
        """Wait for the end, then end what is left of its group; False if it had to be killed."""
        graceful = True
        try:
            self.process.wait(grace_seconds)
        except subprocess.TimeoutExpired:
            graceful = False
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(_CLOSE_GRACE_SECONDS)
        if self.process.stdin is not None:
            self.process.stdin.close()
        return graceful

    def tail(self, lines: int = 15) -> str:
        """The last lines of its log."""
        with self.log.open("rb") as source:
            source.seek(max(0, self.log.stat().st_size - _TAIL_BYTES))
            text = source.read().decode(errors="replace")
        return "\n".join(text.splitlines()[-lines:])
