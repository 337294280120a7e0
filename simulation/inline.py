"""A crew without threads: virtual time has one thread, and a run of it can be repeated."""

from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

from sayso.services.crew import Crew

T = TypeVar("T")


class InlineCrew(Crew):
    """Does everything at once, and is always free. What ends the process is not caught."""

    def engage(self, count: int) -> None: ...

    def dismiss(self, count: int) -> None: ...

    def hand(self, work: Callable[[], T]) -> "Future[T]":
        future: Future[T] = Future()
        try:
            future.set_result(work())
        except Exception as failure:  # noqa: BLE001 - as every executor does
            future.set_exception(failure)
        return future
