"""What the benchmarks' worker processes share: a clock of their own, and an undisturbed stdout."""

import os
import sys
from datetime import UTC, datetime, timedelta, tzinfo
from types import ModuleType
from typing import Self, TextIO


class SlowClock(datetime):
    """A clock on which every look is `apart` later than the last: nobody has to wait."""

    apart = timedelta()
    _skipped = timedelta()

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Self:
        """The real time and all that was skipped."""
        SlowClock._skipped += cls.apart
        return super().now(tz) + cls._skipped

    @classmethod
    def give_to(cls, function: ModuleType) -> None:
        """Have a handler's module read this clock from now on."""
        vars(function)["datetime"] = cls


class NoonClock(datetime):
    """The real clock, set to noon of a weekday: people may be texted, whenever this runs."""

    _behind = timedelta()

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Self:
        """The shifted time."""
        return super().now(tz) - NoonClock._behind

    @classmethod
    def give_to(cls, function: ModuleType, noon: datetime) -> None:
        """Have a handler's module read this clock from now on, which begins at `noon`."""
        NoonClock._behind = datetime.now(UTC) - noon
        vars(function)["datetime"] = cls


def take_stdout() -> TextIO:
    """The stdout that this process was given; what functions log is written and goes nowhere."""
    results = os.fdopen(os.dup(sys.stdout.fileno()), "w", buffering=1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
    return results
