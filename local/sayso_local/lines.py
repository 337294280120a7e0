"""Filters: one line in, one line out, at once."""

import os
import select
import sys
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from io import BufferedReader
from multiprocessing import get_context
from typing import cast

_BLOCK = 1 << 16
Answer = Callable[[str], str]


def transform(answer: Answer) -> None:
    """Answer each line of stdin on stdout, both UTF-8; bytes that are not come in as U+FFFD.

    Only a line feed ends a line: texts may hold the other characters that Unicode breaks lines at.
    """
    for lines, _ in _blocks():
        try:
            for line in lines:
                sys.stdout.buffer.write(_answered(answer, [line]))
        finally:
            # A program at the other end of a pipe waits for these answers before it asks again.
            sys.stdout.buffer.flush()


def transform_on_all_cores(answer: Answer) -> None:
    """As `transform`, for answers that never fail: a long file is shared out among the cores.

    What comes in by and by is answered here and at once. `answer` has to be found by its name.
    """
    workers = len(os.sched_getaffinity(0))
    # Forked: what is imported and loaded by now need not be once more.
    with ProcessPoolExecutor(workers, mp_context=get_context("fork")) as pool:
        pending: deque[Future[bytes]] = deque()
        for lines, is_full in _blocks():
            if is_full and workers > 1:
                pending.append(pool.submit(_answered, answer, lines))
            # Whoever has sent nothing more yet may be waiting for these answers.
            _write(pending, most=2 * workers if is_full and _has_more() else 0)
            if not is_full or workers == 1:
                sys.stdout.buffer.write(_answered(answer, lines))
            sys.stdout.buffer.flush()
        _write(pending, most=0)


def _has_more() -> bool:
    return bool(select.select([sys.stdin], [], [], 0)[0])


def _write(pending: deque[Future[bytes]], most: int) -> None:
    """Write what is answered, in order, until at most so many blocks are pending."""
    while len(pending) > most:
        sys.stdout.buffer.write(pending.popleft().result())


def _answered(answer: Answer, lines: list[bytes]) -> bytes:
    return b"".join(answer(_text(line)).encode("utf-8", "replace") + b"\n" for line in lines)


def _blocks() -> Iterator[tuple[list[bytes], bool]]:
    """The lines that came in at once, as soon as they are complete; and whether more may wait."""
    rest = b""
    source = cast(BufferedReader, sys.stdin.buffer)
    while block := source.read1(_BLOCK):
        *complete, rest = (rest + block).split(b"\n")
        yield complete, len(block) == _BLOCK
    if rest:
        yield [rest], False


def _text(line: bytes) -> str:
    return line.removesuffix(b"\r").decode("utf-8", "replace")
