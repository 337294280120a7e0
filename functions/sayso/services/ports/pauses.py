"""Stopping a run for a while, from within."""

from datetime import datetime
from typing import Protocol


class Pauses(Protocol):
    """Pauses runs."""

    def pause(self, run_id: str, reason: str, now: datetime) -> bool:
        """Pause the run until a person has it go on. Whether it is paused then.

        `reason` is a short code, such as `spend_limit_day`.
        """
        ...
