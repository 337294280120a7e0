"""One local stack per state folder, even while the one before it is still saving its state.

Two advisory locks: `owner` is held by `sayso up` alone, `family` by it and by each process that it
started. The kernel lets go of them however a process ends, so neither can be stale.
"""

from __future__ import annotations

import fcntl
import os
import time
from pathlib import Path

from sayso_local.errors import CommandError

_FAMILY_GRACE_SECONDS = 30.0
_POLL_SECONDS = 0.1


class AlreadyRunningError(Exception):
    """Another `sayso up` owns this state folder; `pid` is its process, 0 if not yet known."""

    def __init__(self, pid: int) -> None:
        super().__init__(f"process {pid} owns the state folder")
        self.pid = pid


class RunLock:
    """The right to run a stack in a state folder, held until the process ends."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._owner = os.open(folder / "owner", os.O_RDWR | os.O_CREAT, 0o644)
        self._family = os.open(folder / "family", os.O_RDWR | os.O_CREAT, 0o644)

    @property
    def inheritable(self) -> int:
        """The descriptor that every child process must keep open."""
        return self._family

    def acquire(self) -> None:
        """Raise AlreadyRunningError if a stack runs here; outwait the children of a killed one."""
        if not _try_lock(self._owner):
            raise AlreadyRunningError(_read_pid(self._owner))
        os.ftruncate(self._owner, 0)
        os.pwrite(self._owner, str(os.getpid()).encode(), 0)
        deadline = time.monotonic() + _FAMILY_GRACE_SECONDS
        while not _try_lock(self._family):
            if time.monotonic() > deadline:
                raise CommandError("An earlier run is still stopping. Try again in a minute.")
            time.sleep(_POLL_SECONDS)


def _try_lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _read_pid(descriptor: int) -> int:
    text = os.pread(descriptor, 20, 0).decode()
    return int(text) if text.isdigit() else 0
