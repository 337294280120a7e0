"""Running `sayso up` from a test, in a state folder of its own."""

import contextlib
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sayso_local.client import Stack
from sayso_local.places import Places
from sayso_local.stack.running import RunningStack

READY_SECONDS = 120.0
STOP_SECONDS = 40.0
# After many tests there is more to remove: each of a hundred workers had seven hundred files.
TIDY_SECONDS = 180.0
PORTS = (16_000, 32_000)
# The longest command is the demo: over a minute, most of it the campaigns' own.
COMMAND_SECONDS = 270.0


@dataclass
class Up:
    """A `sayso up` that was started as a person would, and everything it printed."""

    process: subprocess.Popen[bytes]
    places: Places
    output: Path

    @property
    def printed(self) -> str:
        return self.output.read_text()

    def await_ready(self) -> RunningStack:
        """What runs where; fails with all that was printed if it does not come up."""
        deadline = time.monotonic() + READY_SECONDS
        while (running := RunningStack.read(self.places.running)) is None:
            assert self.process.poll() is None, f"sayso up ended:\n{self.printed}"
            assert time.monotonic() < deadline, f"sayso up is not ready:\n{self.printed}"
            time.sleep(0.1)
        return running

    def await_end(self, within: float = STOP_SECONDS) -> int:
        """Its exit code."""
        return self.process.wait(within)

    def stop(self, by: signal.Signals = signal.SIGINT) -> int:
        self.process.send_signal(by)
        return self.await_end()


def sayso(*arguments: str, state: Path | None = None, stdin: str = "") -> "Finished":
    """Run a `sayso` command to its end."""
    environment = {**os.environ, **({"SAYSO_STATE": str(state)} if state else {})}
    done = subprocess.run(
        [sys.executable, "-m", "sayso_local.cli", *arguments],
        input=stdin.encode(),
        capture_output=True,
        env=environment,
        timeout=COMMAND_SECONDS,
        check=False,
    )
    return Finished(done.returncode, done.stdout.decode(), done.stderr.decode())


@dataclass(frozen=True)
class Finished:
    """A command that has ended."""

    code: int
    out: str
    err: str


@contextlib.contextmanager
def up(state: Path, *arguments: str, port: int | None = None) -> Iterator[Up]:
    """`sayso up` in `state`, ended with the block however that ends."""
    state.mkdir(parents=True, exist_ok=True)
    output = state / "up.out"
    command = ["up", "--no-browser", "--port", str(port or free_ports()), "--state", str(state)]
    with output.open("wb") as sink:
        process = subprocess.Popen(
            [sys.executable, "-m", "sayso_local.cli", *command, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=subprocess.STDOUT,
        )
    started = Up(process, Places(state), output)
    try:
        yield started
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(TIDY_SECONDS)


@contextlib.contextmanager
def running_stack(state: Path, *arguments: str) -> Iterator[Stack]:
    """A client of a stack that runs as long as the block."""
    with up(state, *arguments) as started, Stack(started.await_ready()) as stack:
        yield stack


def free_ports(count: int = 2) -> int:
    """The first of that many neighbouring ports that nothing listens on.

    They are none of those that the system gives to whoever connects: of the next, one may be taken
    at any moment.
    """
    while True:
        first = random.randrange(*PORTS)
        if all(_is_free(port) for port in range(first, first + count)):
            return first


def processes_mentioning(text: str) -> Sequence[str]:
    """The command lines and environments' owners of all processes that name `text`."""
    return [
        f"{entry.name} {_read(entry / 'cmdline')}"
        for entry in Path("/proc").iterdir()
        if entry.name.isdigit()
        and int(entry.name) != os.getpid()
        and (text in _read(entry / "cmdline") or text in _read(entry / "environ"))
    ]


def _read(path: Path) -> str:
    try:
        return path.read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
