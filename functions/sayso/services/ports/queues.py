"""The queues between the steps of a run. What is put may come out more than once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from sayso.domain.recipient import Recipient
from sayso.domain.run import Slice

# Long enough for a run to be written before it is asked for.
A_MOMENT = timedelta(seconds=1)


class NotQueued(Exception):
    """Not everything could be put into the queue; some of it may be in it."""


@dataclass(frozen=True, slots=True)
class BatchTask:
    """Recipients still to be texted, of one batch of a run.

    `fruitless` counts the tries in a row at which the carrier took nothing; `strangers` the
    recipients, already taken out of `recipients`, that another batch of the run has texted; `turn`
    is when the number has time for it, None where it has not asked yet.
    """

    run_id: str
    batch_id: str
    recipients: tuple[Recipient, ...]
    fruitless: int = 0
    strangers: int = 0
    turn: datetime | None = None

    @property
    def phones(self) -> tuple[str, ...]:
        return tuple(one.phone for one in self.recipients)


@dataclass(frozen=True, slots=True)
class RunDue:
    """A run is to be launched, or gone on with."""

    run_id: str


@dataclass(frozen=True, slots=True)
class OpeningDue:
    """At an instant (aware UTC, whole seconds) a window opens for recipients of a run."""

    run_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class OccurrenceDue:
    """At an instant (aware UTC, whole seconds) a recurring campaign is due."""

    campaign_id: str
    at: datetime


Due = RunDue | OpeningDue | OccurrenceDue


@dataclass(frozen=True, slots=True)
class Notice:
    """An endpoint is to be told of an event."""

    webhook: str
    event: str


class NoticeQueue(Protocol):
    """Events that endpoints are to be told of."""

    def put(self, notices: Sequence[Notice], delay: timedelta = timedelta()) -> None:
        """Queue them all, to come out after `delay`, or after 15 minutes. Raises NotQueued."""
        ...


class LaunchQueue(Protocol):
    """What is due: runs to launch above all."""

    def put(self, run_id: str, delay: timedelta = A_MOMENT) -> None:
        """Queue the launch of a run, for after `delay` (15 minutes at most). Raises NotQueued."""
        ...

    def put_due(self, due: Due) -> None:
        """Queue anything that is due, a moment from now. Raises NotQueued."""
        ...


class SliceQueue(Protocol):
    """Slices to plan."""

    def put(self, slices: Sequence[Slice]) -> None:
        """Queue them all. Raises NotQueued."""
        ...


class BatchQueue(Protocol):
    """Batches to send."""

    def put(self, tasks: Sequence[BatchTask], delay: timedelta = timedelta()) -> None:
        """Queue them all, to come out after `delay` (at most 15 minutes). Raises NotQueued."""
        ...


class UpkeepQueue(Protocol):
    """Daily rounds to begin, or to go on with."""

    def put(self, round_id: str) -> None:
        """Queue the round. Raises NotQueued."""
        ...
