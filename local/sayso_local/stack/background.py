"""A local stack in another program's background: started, used and stopped again."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from sayso_local.client import Stack
from sayso_local.errors import CommandError
from sayso_local.places import Places
from sayso_local.progress import step
from sayso_local.stack.ports import LOOPBACK, is_free
from sayso_local.stack.running import RunningStack

# Synthesis and deployment of a stack that has changed take most of it.
_READY_SECONDS = 240.0
_STOP_SECONDS = 30.0
_POLL_SECONDS = 0.1


@contextmanager
def background_stack(places: Places) -> Iterator[Stack]:
    """`sayso up --fresh` in a folder and on ports of its own; stopped on the way out.

    Raises CommandError, with the end of what it printed, if it does not get ready.
    """
    places.make()
    output = places.logs / "up.log"
    command = [sys.executable, "-m", "sayso_local.cli", "up", "--fresh", "--no-browser"]
    where = ["--port", str(_free_port()), "--state", str(places.state)]
    with output.open("wb") as sink:
        process = subprocess.Popen(command + where, stdout=sink, stderr=subprocess.STDOUT)
    try:
        with step("the stack of `make deploy` on an emulated AWS, and a carrier with phones"):
            running = _await_ready(places, process)
        with Stack(running) as stack:
            yield stack
    finally:
        _stop(process)


def _await_ready(places: Places, process: subprocess.Popen[bytes]) -> RunningStack:
    deadline = time.monotonic() + _READY_SECONDS
    while time.monotonic() < deadline:
        running = RunningStack.read(places.running)
        if running is not None and running.pid == process.pid:
            return running
        if process.poll() is not None:
            break
        time.sleep(_POLL_SECONDS)
    said = (places.logs / "up.log").read_text(errors="replace").strip()
    raise CommandError(f"The local stack did not start. It said:\n{said[-2000:]}")


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
        with socket.socket() as probe:
            probe.bind((LOOPBACK, 0))
            port = int(probe.getsockname()[1])
        if is_free(port) and is_free(port + 1):
            return port
