"""Activities and the counters of their days, as storage keeps them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from sayso.domain.activity import Activity
from sayso.domain.campaign import Campaign
from sayso.domain.contact import Contact
from sayso.domain.coupon import Coupon, Use
from sayso.domain.run import Run
from sayso.domain.slot import Tally


@dataclass(frozen=True, slots=True)
class ContactChange:
    """A subscriber before (None: new) and after. `source` names the change, the same each time."""

    source: str
    before: Contact | None
    after: Contact


@dataclass(frozen=True, slots=True)
class CouponChange:
    """A coupon before (None: new) and after."""

    source: str
    before: Coupon | None
    after: Coupon


@dataclass(frozen=True, slots=True)
class UseChange:
    """A use of a coupon before (None: new) and after."""

    source: str
    before: Use | None
    after: Use


@dataclass(frozen=True, slots=True)
class CampaignChange:
    """A campaign before (None: new) and after."""

    source: str
    before: Campaign | None
    after: Campaign


Change = ContactChange | CouponChange | UseChange | CampaignChange


class ActivityStore(Protocol):
    """Keeps what happened, each thing once."""

    def record(self, activity: Activity, day: date, tally: Tally, now: datetime) -> bool:
        """Keep it and add to the day's counters, in one write.

        Whether it is new: recorded again, it changes nothing.
        """
        ...


class DayCounters(Protocol):
    """Reads what the days add up to."""

    def between(self, first: date, last: date) -> Mapping[date, Tally]:
        """The counters of each day from `first` to `last`, both included; days without are not."""
        ...


class RunReader(Protocol):
    """Tells which campaign a run is of."""

    def run(self, run_id: str) -> Run | None: ...


class CouponReader(Protocol):
    """Tells whose a coupon is."""

    def get(self, code: str) -> Coupon | None: ...
