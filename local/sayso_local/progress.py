"""What `sayso up` tells the person while they wait; plain lines read well in a pipe too."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


def say(text: str = "") -> None:
    """Print at once, whatever stdout is."""
    print(text, flush=True)


@contextmanager
def step(doing: str) -> Iterator[None]:
    """Announce something that takes a while and, once done, how long it took."""
    start = time.monotonic()
    if sys.stdout.isatty():
        print(f"  … {doing}", end="\r", flush=True)
    yield
    say(f"  ✓ {doing} ({time.monotonic() - start:.1f} s)")
