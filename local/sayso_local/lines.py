"""Filters: one line in, one line out, at once."""

import sys
from collections.abc import Callable, Iterator
from io import BufferedReader
from typing import cast

_BLOCK = 1 << 16


def transform(answer: Callable[[str], str]) -> None:
    """Answer each line of stdin on stdout, both UTF-8; bytes that are not come in as U+FFFD.

    Only a line feed ends a line: texts may hold the other characters that Unicode breaks lines at.
    """
    for lines in _blocks():
        try:
            for line in lines:
                sys.stdout.buffer.write(answer(line).encode("utf-8", "replace") + b"\n")
        finally:
            # A program at the other end of a pipe waits for these answers before it asks again.
            sys.stdout.buffer.flush()


def _blocks() -> Iterator[list[str]]:
    """The lines that came in at once, as soon as they are complete."""
    rest = b""
    source = cast(BufferedReader, sys.stdin.buffer)
    while block := source.read1(_BLOCK):
        *complete, rest = (rest + block).split(b"\n")
        yield [_text(line) for line in complete]
    if rest:
        yield [_text(rest)]


def _text(line: bytes) -> str:
    return line.removesuffix(b"\r").decode("utf-8", "replace")
