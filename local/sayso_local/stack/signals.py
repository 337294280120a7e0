"""Ctrl-C, a terminal that closes, a polite kill: each ends a run in the same orderly way, once."""

from __future__ import annotations

import signal
from types import FrameType

_ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(BaseException):
    """The person asked the stack to stop."""


class StopSignals:
    """Turns the first ending signal into Stopped, and ignores the impatient ones after it."""

    def __init__(self) -> None:
        self._stopping = False

    def install(self) -> None:
        for number in _ENDING:
            signal.signal(number, self._on_signal)

    def hold_off(self) -> None:
        """From here on no signal interrupts."""
        self._stopping = True

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        if not self._stopping:
            self._stopping = True
            raise Stopped
