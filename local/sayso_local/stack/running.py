"""`.sayso/local.json`: what runs where, for scripts and for the other commands."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from sayso_local.errors import CommandError
from sayso_local.places import Places


@dataclass(frozen=True)
class RunningStack:
    """A local stack that is ready. The fields up to `number` are a promise to outside scripts."""

    api: str
    phones: str
    console: str
    aws: str
    table: str
    number: str
    stack: str
    user_pool: str
    user_pool_client: str
    pid: int

    def write(self, path: Path) -> None:
        """Atomically: a reader sees all of it or no file."""
        draft = path.with_suffix(f".{os.getpid()}.tmp")
        draft.write_text(json.dumps(asdict(self), indent=2) + "\n")
        draft.replace(path)

    @classmethod
    def read(cls, path: Path) -> RunningStack | None:
        """None if no stack runs; a file that a killed one left behind does not count."""
        try:
            stack = cls(**json.loads(path.read_text()))
        except (OSError, ValueError, TypeError):
            return None
        return stack if _is_alive(stack.pid) else None

    @classmethod
    def require(cls, places: Places) -> RunningStack:
        """Raise CommandError if no stack runs."""
        stack = cls.read(places.running)
        if stack is None:
            raise CommandError("No local stack is running. Start one in another terminal: sayso up")
        return stack


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
