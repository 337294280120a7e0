"""Stopping a run for a while, from within."""

from datetime import datetime
from typing import Protocol


class Pauses(Protocol):
    """Pauses runs."""

    def pause(self, run_id: str, reason: str, now: datetime) -> None:
        """Pause the run, if it is being sent; whoever is texted next has to wait for a person.

        `reason` is a short code, such as `spend_limit_day`.
        """
        ...
