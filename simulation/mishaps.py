"""What goes wrong: calls that fail before or after their effect, and workers that die."""

from collections import Counter
from collections.abc import Callable
from random import Random
from typing import Any


class Broken(Exception):
    """A call that failed; whether before or after its effect, nobody can tell."""


class WorkerDied(BaseException):
    """The process is gone, in the middle of whatever it did. No code of its own runs after that."""


class Mishaps:
    """Strikes at random, every so many calls on average; never while `rate` is 0."""

    def __init__(self, random: Random, rate: float) -> None:
        self._random = random
        self._rate = rate
        self._left = self._draw()
        self.counts: Counter[str] = Counter()

    def guard(self, owner: object, *names: str, weight: int = 1) -> Any:
        """The same thing, of which calls of these methods may go wrong, each counting `weight`."""
        return _Fragile(
            owner, {name: self._guarded(getattr(owner, name), name, weight) for name in names}
        )

    def _guarded(self, method: Callable[..., Any], name: str, weight: int) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            self._left -= weight
            if self._left > 0:
                return method(*arguments, **named)
            self._left = self._draw()
            kind = self._random.choice((Broken, WorkerDied))
            when = self._random.choice(("before", "after"))
            self.counts[f"{kind.__name__} {when} {name}"] += 1
            if when == "after":
                method(*arguments, **named)
            raise kind(name)

        return call

    def _draw(self) -> int:
        return int(self._random.expovariate(self._rate)) + 1 if self._rate else 1 << 62


class _Fragile:
    def __init__(self, owner: object, calls: dict[str, Callable[..., Any]]) -> None:
        self.__dict__.update(calls)
        self._owner = owner

    def __getattr__(self, name: str) -> Any:
        return getattr(self._owner, name)
