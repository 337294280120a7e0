"""The child processes of one local stack: the embedded AWS and the phone simulator."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from http.client import HTTPException
from urllib.request import ProxyHandler, build_opener

from sayso_local.errors import CommandError
from sayso_local.places import Places
from sayso_local.stack.processes import Child

_READY_SECONDS = 60.0
_STOP_SECONDS = 15.0
_POLL_SECONDS = 0.1
_TAIL_LINES = 15

# The machine's proxy settings are none of loopback's business.
_loopback = build_opener(ProxyHandler({}))


class Family:
    """Starts, watches and stops the children."""

    def __init__(self, places: Places, keep_open: int) -> None:
        self._logs = places.logs
        self._keep_open = keep_open
        self._children: list[Child] = []

    def start(self, name: str, command: Sequence[str], environment: Mapping[str, str]) -> None:
        log = self._logs / f"{name}.log"
        log.write_bytes(b"")
        child = Child.start(
            name, command, environment=environment, log=log, keep_open=self._keep_open
        )
        self._children.append(child)

    def ended(self) -> str | None:
        """What to tell the person about a child that is no longer running, if there is one."""
        for child in self._children:
            if child.exit_code is not None:
                return (
                    f"The part '{child.name}' ended unexpectedly (exit code {child.exit_code}). "
                    f"The end of {child.log}:\n{child.tail(_TAIL_LINES)}"
                )
        return None

    def await_answer(self, url: str, what: str) -> None:
        """Wait until `url` answers 200; raise CommandError if it does not, or a child ends."""
        self.wait_for(lambda: _answers(url), what)

    def wait_for(self, condition: Callable[[], bool], what: str) -> None:
        """Poll a condition while every child lives; raise CommandError after a minute."""
        deadline = time.monotonic() + _READY_SECONDS
        while not condition():
            ended = self.ended()
            if ended is not None:
                raise CommandError(ended)
            if time.monotonic() > deadline:
                raise CommandError(
                    f"{what} did not become ready. The logs are in {self._logs}. "
                    "If the state of an earlier run is the cause: sayso up --fresh"
                )
            time.sleep(_POLL_SECONDS)

    def stop(self) -> None:
        """End every child and all that they started, gracefully where they let us."""
        for child in self._children:
            child.ask_to_stop()
        deadline = time.monotonic() + _STOP_SECONDS
        for child in self._children:
            child.stop(max(0.1, deadline - time.monotonic()))


def _answers(url: str) -> bool:
    try:
        with _loopback.open(url, timeout=5) as answer:
            return bool(answer.status == 200)
    except (OSError, HTTPException):
        return False
