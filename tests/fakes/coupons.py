"""Coupons in memory, with all that they count into."""

from dataclasses import replace
from datetime import datetime
from threading import RLock

from sayso.domain.campaign import State
from sayso.domain.codes import bare, parsed
from sayso.domain.comparing import Outcome
from sayso.domain.contact import Contact, Status
from sayso.domain.coupon import Coupon, Use
from sayso.domain.redeeming import used
from sayso.domain.slot import Tally
from sayso.domain.takings import taken
from sayso.services.ports.coupons import (
    Background,
    CouponChanged,
    Entered,
    Look,
    RequestKnown,
)
from tests.fakes.campaigns import FakeCampaigns
from tests.fakes.outcomes import FakeOutcomes


class FakeCoupons:
    """A CouponStore that counts into the runs of `outcomes.campaigns`."""

    def __init__(
        self, outcomes: FakeOutcomes | None = None, contacts: dict[str, Contact] | None = None
    ) -> None:
        self.outcomes = outcomes or FakeOutcomes(FakeCampaigns())
        self.campaigns = self.outcomes.campaigns
        self.contacts = {} if contacts is None else contacts
        self.coupons: dict[str, Coupon] = {}
        self.made: dict[tuple[str, str], Use] = {}
        self.newest: dict[str, Entered] = {}
        self.noted: set[tuple[str, str, Outcome]] = set()
        self.lock = RLock()

    def get(self, code: str) -> Coupon | None:
        return self.coupons.get(code)

    def find(self, shown: str) -> Coupon | None:
        return self.get(parsed(shown) or bare(shown))

    def look(self, code: str, request_id: str) -> Look | None:
        with self.lock:
            coupon = self.coupons.get(code)
            return Look(coupon, self.made.get((code, request_id))) if coupon else None

    def background(self, coupon: Coupon) -> Background:
        campaign = self.campaigns.get(coupon.campaign_id)
        run = self.campaigns.run(coupon.run_id)
        contact = self.contacts.get(coupon.phone)
        was_cancelled = campaign is None or campaign.state is State.CANCELLED
        is_forgotten = contact is not None and contact.status is Status.FORGOTTEN
        return Background(contact, run.offer if run else None, was_cancelled or is_forgotten)

    def uses(self, code: str) -> list[Use]:
        found = [use for (of, _), use in self.made.items() if of == code]
        return sorted(found, key=lambda use: (use.at, use.id))

    def of(self, phone: str) -> list[Coupon]:
        mine = [coupon for coupon in self.coupons.values() if phone and coupon.phone == phone]
        return sorted(mine, key=lambda one: (one.issued_at, one.code), reverse=True)

    def entered(self, staff: str) -> Entered | None:
        return self.newest.get(staff)

    def put(self, coupon: Coupon) -> None:
        self.coupons[coupon.code] = coupon

    def redeem(self, before: Coupon, use: Use) -> None:
        with self.lock:
            if earlier := self.made.get((use.code, use.id)):
                raise RequestKnown(earlier)
            standing = self._standing(before)
            self.made[use.code, use.id] = use
            self.coupons[before.code] = used(standing, use)
            if use.staff:
                self.newest[use.staff] = Entered(use.code, use.id)
            deed = (before.phone, before.run_id, Outcome.REDEEMED)
            is_first = not before.phone or (before.uses == 0 and deed not in self.outcomes.done)
            if is_first and before.phone:
                self.outcomes.done.add(deed)
                self.noted.add(deed)
            self._count(before, taken(before, use, is_first=is_first))

    def undo(self, before: Coupon, use: Use, after: Coupon, now: datetime) -> None:
        with self.lock:
            standing = self._standing(before)
            made = self.made.get((use.code, use.id))
            if made is None or made.undone_at:
                raise CouponChanged("it was taken back meanwhile")
            self.made[use.code, use.id] = replace(made, undone_at=now)
            change = after.uses - before.uses
            self.coupons[before.code] = replace(after, uses=standing.uses + change)
            deed = (before.phone, before.run_id, Outcome.REDEEMED)
            is_last = not before.phone or (after.uses == 0 and deed in self.noted)
            if is_last:
                self.outcomes.done.discard(deed)
                self.noted.discard(deed)
            change_of_counts = taken(before, use, is_first=is_last)
            self._count(before, Tally({name: -n for name, n in change_of_counts.items()}))

    def _standing(self, before: Coupon) -> Coupon:
        standing = self.coupons.get(before.code)
        if standing is None or (before.most_uses and standing.uses != before.uses):
            raise CouponChanged("it was used meanwhile")
        return standing

    def _count(self, coupon: Coupon, change: Tally) -> None:
        tally = self.campaigns.tallies[coupon.run_id]
        for name, n in change.items():
            tally[name] += n
