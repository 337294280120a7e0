"""The threads that hand texts over, started when they are first needed, and kept."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
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

    def engage(self, count: int) -> None:
        """Wait until `count` threads are free, and keep them free for what follows."""
        with self._changed:
            self._changed.wait_for(lambda: self._free >= count)
            self._free -= count

    def dismiss(self, count: int) -> None:
        """Nothing follows for so many of those engaged."""
        if count:
            with self._changed:
                self._free += count
                self._changed.notify()

    def hand(self, work: Callable[[], T]) -> "Future[T]":
        """Have one of those engaged do it, at once."""
        return self._pool.submit(self._done, work)

    def _done(self, work: Callable[[], T]) -> T:
        try:
            return work()
        finally:
            self.dismiss(1)
