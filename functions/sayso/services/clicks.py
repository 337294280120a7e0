"""A link of a text is opened: by a person, who is counted, or by a program, which is told apart."""

from dataclasses import dataclass
from datetime import datetime

from sayso.domain.coupon import Coupon
from sayso.domain.segment.filters import Event
from sayso.domain.takings import groups_of
from sayso.domain.visitors import Visit
from sayso.services.ports.clicks import ClickStore
from sayso.services.ports.profiles import ProfileStore


@dataclass(frozen=True, slots=True)
class Clicks:
    """Counts who opens coupons. Broken off, the next click brings the rest about."""

    store: ClickStore
    profiles: ProfileStore

    def happened(self, coupon: Coupon, visit: Visit, now: datetime) -> bool:
        """Count one opening; whether it was a person's.

        Of a code that all share nobody knows whose it was: it counts as a click, and no person's.
        """
        if not visit.is_persons:
            self.store.previewed(coupon, now)
            return False
        self.store.opened(coupon, now)
        if coupon.phone:
            self.profiles.note(coupon.phone, Event.CLICKED, now)
            if coupon.clicked_at is None:
                self.store.first(coupon, groups_of(coupon), now)
        return True
