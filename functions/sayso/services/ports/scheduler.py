"""Who calls us when a run is due."""

from datetime import datetime
from typing import Protocol


class Scheduler(Protocol):
    """Keeps one alarm a run; when it goes off, the run's launch message is queued."""

    def arm(self, run_id: str, at: datetime) -> None:
        """Set the alarm; one that is set already stays as it is."""
        ...

    def disarm(self, run_id: str) -> None:
        """Remove the alarm; there being none is fine."""
        ...
