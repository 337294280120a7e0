"""Who calls us when something is due."""

from datetime import datetime
from typing import Protocol

from sayso.services.ports.queues import OccurrenceDue, OpeningDue


class Scheduler(Protocol):
    """Keeps alarms; when one goes off, its message comes to the queue of what is due."""

    def arm(self, run_id: str, at: datetime) -> None:
        """Set the run's alarm; one that is set already stays as it is."""
        ...

    def disarm(self, run_id: str) -> None:
        """Remove the run's alarm; there being none is fine."""
        ...

    def arm_due(self, due: OpeningDue | OccurrenceDue) -> None:
        """Set the alarm of an opening or an occurrence, one each however often it is set."""
        ...

    def disarm_due(self, due: OpeningDue | OccurrenceDue) -> None:
        """Remove that alarm; there being none is fine."""
        ...
