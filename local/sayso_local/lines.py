"""Filters: one line in, one line out, at once."""

import sys
from collections.abc import Callable, Iterator


def transform(answer: Callable[[str], str]) -> None:
    """Answer each line of stdin on stdout, both UTF-8; bytes that are not come in as U+FFFD.

    Only a line feed ends a line: texts may hold the other characters that Unicode breaks lines at.
    """
    for line in _lines():
        sys.stdout.buffer.write(answer(line).encode("utf-8", "replace") + b"\n")
        # A program at the other end of a pipe waits for this answer before it asks again.
        sys.stdout.buffer.flush()


def _lines() -> Iterator[str]:
    for line in sys.stdin.buffer:
        yield line.removesuffix(b"\n").removesuffix(b"\r").decode("utf-8", "replace")
