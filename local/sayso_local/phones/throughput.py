"""The carrier's throughput: message parts a second, for each origination number."""

from collections.abc import Callable


class PartsPerSecond:
    """A bucket a number, refilled steadily; it holds one second's worth, and one text at least."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._buckets: dict[str, tuple[float, float]] = {}

    def take(self, number: str, parts: int, rate: float | None) -> bool:
        """Whether a text of so many parts may go now; if so, they are taken."""
        if rate is None:
            return True
        now = self._clock()
        # A text of ten parts must pass a number of one part a second: it goes into debt instead.
        level, at = self._buckets.get(number, (max(rate, 1.0), now))
        level = min(max(rate, 1.0), level + (now - at) * rate)
        allowed = level >= min(parts, max(rate, 1.0))
        self._buckets[number] = (level - parts if allowed else level, now)
        return allowed
