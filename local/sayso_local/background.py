"""A local stack as another program's background: started, used and stopped again."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager

from sayso_local.client import Stack
from sayso_local.errors import CommandError
from sayso_local.places import Places
from sayso_local.ports import LOOPBACK, is_free
from sayso_local.running import RunningStack

# Synthesis and deployment of a stack that has changed take most of it.
_READY_SECONDS = 240.0
_STOP_SECONDS = 30.0
_POLL_SECONDS = 0.2


@contextmanager
def running_stack(places: Places) -> Iterator[Stack]:
    """`sayso up --fresh` in a folder and on ports of its own; stopped on the way out.

    Raises CommandError if it does not get ready; its own output says why.
    """
    process = subprocess.Popen(_command(places))
    try:
        with Stack(_await_ready(places, process)) as stack:
            yield stack
    finally:
        _stop(process)


def _command(places: Places) -> list[str]:
    words = ("up", "--fresh", "--no-browser", "--quiet", "--port", str(_free_port()))
    return [sys.executable, "-m", "sayso_local.cli", *words, "--state", str(places.state)]


def _await_ready(places: Places, process: subprocess.Popen[bytes]) -> RunningStack:
    deadline = time.monotonic() + _READY_SECONDS
    while time.monotonic() < deadline:
        running = RunningStack.read(places.running)
        if running is not None and running.pid == process.pid:
            return running
        if process.poll() is not None:
            raise CommandError("The local stack did not start; see above.")
        time.sleep(_POLL_SECONDS)
    raise CommandError(f"The local stack did not get ready. Its logs are in {places.logs}.")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGINT)
    try:
        process.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _free_port() -> int:
    """A port that is free, and the next one too."""
    while True:
        with closing(socket.socket()) as probe:
            probe.bind((LOOPBACK, 0))
            port = int(probe.getsockname()[1])
        if is_free(port + 1):
            return port
