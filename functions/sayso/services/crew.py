"""The threads that hand texts over, started when they are first needed, and kept."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from threading import Condition
from typing import TypeVar

T = TypeVar("T")


class Crew:
    """`size` threads. Who has work for some of them waits first until so many are free."""

    def __init__(self, size: int = 16) -> None:
        self.size = size
        self._free = size
        self._changed = Condition()
        self._pool = ThreadPoolExecutor(size)

    @property
    def handful(self) -> int:
        """How many texts are claimed together: while they go out, the next are being claimed."""
        return max(1, self.size // 2)

    @contextmanager
    def engaged(self, count: int) -> "Iterator[Team]":
        """Wait until `count` threads are free, and keep them free for what follows.

        Those that are handed nothing are free again afterwards, whatever goes wrong in between: a
        thread that nobody gave back would be missing to every batch after this one.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._free >= count)
            self._free -= count
        team = Team(self, count)
        try:
            yield team
        finally:
            self._dismiss(team.idle)

    def start(self, work: Callable[[], T]) -> "Future[T]":
        """Have a thread do it, at once, which is free again then."""
        return self._pool.submit(self._done, work)

    def _dismiss(self, count: int) -> None:
        if count:
            with self._changed:
                self._free += count
                self._changed.notify()

    def _done(self, work: Callable[[], T]) -> T:
        try:
            return work()
        finally:
            self._dismiss(1)


class Team:
    """Threads of a crew that wait for work, `idle` of them."""

    def __init__(self, crew: Crew, idle: int) -> None:
        self._crew = crew
        self.idle = idle

    def hand(self, work: Callable[[], T]) -> "Future[T]":
        """Have one of them do it, at once."""
        started = self._crew.start(work)
        self.idle -= 1
        return started
