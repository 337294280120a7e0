"""Where recipients lie who are to be texted later: whom a window keeps out, and paused runs'."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sayso.services.ports.queues import BatchTask


class NotPaused(Exception):
    """The run is not paused, or not any more."""


@dataclass(frozen=True, slots=True)
class Parked:
    """A task that lies under its run; `key` names it for good."""

    key: str
    task: BatchTask


@dataclass(frozen=True, slots=True)
class ParkedPage:
    """Parked tasks; `position` is "" after the last page."""

    parked: tuple[Parked, ...]
    position: str = ""


class Parking(Protocol):
    """Keeps tasks under their run, by the instant that they wait for.

    `until` is that instant (whole seconds), or None for those that wait for a paused run.
    """

    def park(self, task: BatchTask, ticket: str, until: datetime | None, now: datetime) -> None:
        """Keep the task, under a ticket that is nobody else's.

        Raises NotPaused where `until` is None and the run is not paused at this very moment: so
        whoever resumes a run, and looks for what is parked then, finds all of it.
        """
        ...

    def page(self, run_id: str, until: datetime | None, position: str = "") -> ParkedPage:
        """The next tasks that wait for the same thing, after `position`."""
        ...

    def openings(self, run_id: str) -> list[datetime]:
        """The instants that tasks of the run wait for, earliest first."""
        ...

    def remove(self, run_id: str, parked: ParkedPage) -> None:
        """Forget the page's tasks."""
        ...
