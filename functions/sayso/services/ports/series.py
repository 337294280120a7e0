"""What triggered campaigns need of storage: who is enrolled, and the buckets of those who wait."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from sayso.domain.campaign import Campaign
from sayso.domain.listed import Listed
from sayso.domain.series import Enrolment, Standing


class BucketClosed(Exception):
    """The bucket's time has come: take a later one."""


class EnrolmentsChanged(Exception):
    """Somebody's enrolment is not as it was read: read again and judge anew."""


@dataclass(frozen=True, slots=True)
class EnrolmentMove:
    """An enrolment before (None: there was none) and after, and the person as they are listed."""

    before: Enrolment | None
    after: Enrolment
    person: Listed


@dataclass(frozen=True, slots=True)
class BucketPage:
    """People of a bucket, with the moment since which each waits; `position` as in an audience."""

    people: tuple[Listed, ...]
    position: str
    since: Mapping[str, datetime] = field(default_factory=dict[str, datetime])


class SeriesReader(Protocol):
    """Finds triggered campaigns."""

    def triggered(self) -> Sequence[Campaign]:
        """All of them that have ever been scheduled, as they are now."""
        ...


class EnrolmentStore(Protocol):
    """Keeps everybody's newest place in each series."""

    def standing(self, campaign_id: str, phones: Collection[str]) -> dict[str, Standing]:
        """The enrolments that exist, with their slots, by number."""
        ...

    def enrol(self, run_id: str, moves: Sequence[EnrolmentMove], now: datetime) -> None:
        """Write enrolments that are all for this run (at most 40), or nothing.

        With them goes the series' counter, and the places in the bucket that the run is to become.
        Raises BucketClosed, or EnrolmentsChanged unless each stands as in its `before`.
        """
        ...


class BucketStore(Protocol):
    """Keeps who is due together."""

    def close(self, run_id: str, now: datetime) -> tuple[str, ...]:
        """Let nobody in any more. The locations of those who are in; () for an empty bucket."""
        ...

    def page(self, run_id: str, location: str, position: str = "") -> BucketPage:
        """The next people of a closed bucket who are at one location, after `position`."""
        ...

    def begun(self, run_id: str, now: datetime) -> None:
        """Note that the closed bucket's run has begun, or that it is empty."""
        ...

    def overdue(self, campaign_id: str, now: datetime) -> list[str]:
        """The runs that buckets are to become whose time has come and that have not, oldest first.

        Closed buckets too: a pause, or a crash, may have come before their run.
        """
        ...
