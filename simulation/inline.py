"""A crew without threads: virtual time has one thread, and a run of it can be repeated."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from typing import TypeVar

from sayso.services.crew import Crew, Team

T = TypeVar("T")


class InlineCrew(Crew):
    """Does everything at once, and is always free. What ends the process is not caught."""

    @contextmanager
    def engaged(self, count: int) -> Iterator[Team]:
        yield Team(self, count)

    def start(self, work: Callable[[], T]) -> "Future[T]":
        future: Future[T] = Future()
        try:
            future.set_result(work())
        except Exception as failure:  # noqa: BLE001 - as every executor does
            future.set_exception(failure)
        return future
