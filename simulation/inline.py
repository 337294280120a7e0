"""An executor without threads: virtual time has one thread, and a run of it can be repeated."""

from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Inline(Executor):
    """Does everything at once. What ends the process is not caught."""

    def __init__(self, workers: int) -> None: ...

    def submit(self, act: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        future: Future[T] = Future()
        try:
            future.set_result(act(*args, **kwargs))
        except Exception as failure:  # noqa: BLE001 - as every executor does
            future.set_exception(failure)
        return future
