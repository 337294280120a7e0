"""What `sayso up` does: boot, deploy, wire, seed, serve, and leave nothing behind."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import time
import webbrowser
from dataclasses import dataclass
from pathlib import Path

from sayso_local.errors import CommandError
from sayso_local.failures import explained
from sayso_local.places import Places
from sayso_local.progress import say
from sayso_local.stack.family import Family
from sayso_local.stack.locks import AlreadyRunningError, RunLock
from sayso_local.stack.ports import require_free
from sayso_local.stack.running import RunningStack
from sayso_local.stack.signals import Stopped, StopSignals
from sayso_local.stack.start import start
from sayso_local.users import local_credentials

_WATCH_SECONDS = 0.5
_A_PART_ENDED = 1


@dataclass(frozen=True)
class Wish:
    """The options of `sayso up`."""

    port: int
    fresh: bool
    browser: bool


def up(places: Places, wish: Wish) -> int:
    """Serve until a signal; the exit code is 0 then, 1 if a part of the stack ended by itself.

    If a stack runs already from this state folder, say what runs where and return 0.
    """
    lock = RunLock(places.locks)
    try:
        lock.acquire()
    except AlreadyRunningError as other:
        return _describe_other(places, other.pid, wish)
    places.running.unlink(missing_ok=True)
    require_free(wish.port)
    if wish.fresh:
        shutil.rmtree(places.data, ignore_errors=True)
    _clear_scratch(places)
    places.make()
    return _serve(places, wish, lock)


def _serve(places: Places, wish: Wish, lock: RunLock) -> int:
    signals = StopSignals()
    family = Family(places, lock.inheritable)
    signals.install()
    try:
        with explained():
            running = start(places, family, wish.port)
        running.write(places.running)
        say(_where_to_go(running))
        if wish.browser and _has_display():
            webbrowser.open(running.phones)
            webbrowser.open(running.console)
        _watch(family)
    except Stopped:
        # The terminal may be what went away.
        with contextlib.suppress(OSError):
            say("\nStopping; the state is kept for next time.")
        return 0
    finally:
        signals.hold_off()
        places.running.unlink(missing_ok=True)
        family.stop()
        _clear_scratch(places)
    return _A_PART_ENDED


def _watch(family: Family) -> None:
    """Return once a child has ended, after saying so."""
    while True:
        ended = family.ended()
        if ended is not None:
            print(f"sayso up: {ended}", file=sys.stderr)
            return
        time.sleep(_WATCH_SECONDS)


def _describe_other(places: Places, pid: int, wish: Wish) -> int:
    running = RunningStack.read(places.running)
    if running is None:
        raise CommandError(
            f"Another `sayso up` (process {pid}) is starting or stopping here. "
            "Wait for it, or choose another folder with --state."
        )
    say(f"A local stack is running already, as process {running.pid}.\n")
    say(_where_to_go(running))
    if wish.fresh:
        say("\n  Nothing was wiped. For a fresh start stop that one first.")
    return 0


def _clear_scratch(places: Places) -> None:
    """Remove what the emulator unpacks for its Lambda workers and leaves behind."""
    shutil.rmtree(places.scratch, ignore_errors=True)


def _has_display() -> bool:
    if sys.platform != "linux":
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))


def _own_command() -> str:
    """This program as a person in this folder would call it from another terminal."""
    command = Path(sys.executable).with_name("sayso")
    return os.path.relpath(command) if command.is_relative_to(Path.cwd()) else str(command)


def _where_to_go(running: RunningStack) -> str:
    sayso = _own_command()
    email, password = local_credentials(running.user_pool, "owner")
    return "\n".join(
        (
            f"  Phones     {running.phones}/",
            f"  Console    {running.console}",
            f"             sign in as {email} with {password}",
            f"  Short code {running.number}: text JOIN DOWNTOWN to it",
            f"  Opt-in     {running.api}/join/JOIN    the web page; a sign: {sayso} sign JOIN",
            f"  API        {running.api}",
            f"  OpenAPI    {running.api}/admin/openapi.json (with a token)",
            f"  Local AWS  {running.aws}",
            "",
            f"  Users      {sayso} invite EMAIL --role marketer    makes a user of your own",
            f"             {sayso} token    prints a bearer token for the admin API",
            "",
            f"  Stop with Ctrl-C; the state is kept until `{sayso} up --fresh`.",
        )
    )
