"""Coupons in columns, redeemed under the same conditions as in the table."""

from dataclasses import replace
from datetime import datetime

from sayso.domain.campaign import State
from sayso.domain.codes import bare, parsed
from sayso.domain.comparing import Outcome
from sayso.domain.contact import Contact, Status
from sayso.domain.coupon import Coupon, Use
from sayso.domain.redeeming import used
from sayso.domain.slot import Tally
from sayso.domain.takings import taken
from sayso.services.ports.coupons import Background, CouponChanged, Entered, Look, RequestKnown
from simulation.campaigns import SimulatedCampaigns
from simulation.chains import Chains
from simulation.columns import Rare
from simulation.deeds import SimulatedOutcomes
from simulation.index import Codes, Index
from simulation.people import People, PhoneColumn
from simulation.tables import Table


class SimulatedCoupons:
    """CouponStore. `tied` maps the till system's codes to ours; what is used is kept as objects."""

    def __init__(
        self,
        people: People,
        contacts: Table[Contact],
        campaigns: SimulatedCampaigns,
        outcomes: SimulatedOutcomes,
    ) -> None:
        self.tied: dict[str, str] = {}
        self._people = people
        self._contacts = contacts
        self._campaigns = campaigns
        self._outcomes = outcomes
        self._places = Index()
        self._chains = Chains(people.size)
        self._issued: Table[Coupon] = Table(
            Coupon,
            {
                "code": Codes(),
                "shown": Codes(),
                "phone": PhoneColumn(people),
                **{name: Rare(None) for name in ("last_used_at", "clicked_at", "withdrawn_at")},
                **{name: Rare("") for name in ("last_use", "last_used_place")},
            },
        )
        self._uses: dict[str, dict[str, Use]] = {}
        self._entered: dict[str, Entered] = {}
        self._noted: set[str] = set()

    def __len__(self) -> int:
        return len(self._chains)

    def get(self, code: str) -> Coupon | None:
        place = self._places.get(code)
        return None if place is None else self._issued.get(place)

    def find(self, shown: str) -> Coupon | None:
        return self.get(parsed(shown) or bare(shown)) or self.get(self.tied.get(bare(shown), "-"))

    def look(self, code: str, request_id: str) -> Look | None:
        with self._campaigns.lock:
            coupon = self.get(code)
            return Look(coupon, self._uses.get(code, {}).get(request_id)) if coupon else None

    def background(self, coupon: Coupon) -> Background:
        campaign = self._campaigns.get(coupon.campaign_id)
        run = self._campaigns.run(coupon.run_id)
        contact = self._contact(coupon.phone)
        was_cancelled = campaign is None or campaign.state is State.CANCELLED
        is_forgotten = contact is not None and contact.status is Status.FORGOTTEN
        return Background(contact, run.offer if run else None, was_cancelled or is_forgotten)

    def uses(self, code: str) -> list[Use]:
        return sorted(self._uses.get(code, {}).values(), key=lambda use: (use.at, use.id))

    def of(self, phone: str) -> list[Coupon]:
        places = self._chains.of(self._row(phone)) if phone else ()
        return sorted(
            (self._issued.get(place) for place in places),
            key=lambda one: (one.issued_at, one.code),
            reverse=True,
        )

    def entered(self, staff: str) -> Entered | None:
        return self._entered.get(staff)

    def put(self, coupon: Coupon) -> None:
        place = self._places.get(coupon.code)
        if place is None:
            place = self._chains.add(self._row(coupon.phone))
            self._places.add(coupon.code, place)
            self._issued.reserve(place + 1)
        self._issued.put(place, coupon)

    def redeem(self, before: Coupon, use: Use) -> None:
        with self._campaigns.lock:
            made = self._uses.setdefault(use.code, {})
            if use.id in made:
                raise RequestKnown(made[use.id])
            standing = self._standing(before)
            made[use.id] = use
            self.put(used(standing, use))
            if use.staff:
                self._entered[use.staff] = Entered(use.code, use.id)
            is_first = not before.phone or (before.uses == 0 and self._does_count(before))
            self._count(before, taken(before, use, is_first=is_first))

    def undo(self, before: Coupon, use: Use, after: Coupon, now: datetime) -> None:
        with self._campaigns.lock:
            standing = self._standing(before)
            made = self._uses.get(use.code, {}).get(use.id)
            if made is None or made.undone_at:
                raise CouponChanged("it was taken back meanwhile")
            self._uses[use.code][use.id] = replace(made, undone_at=now)
            self.put(replace(after, uses=standing.uses + after.uses - before.uses))
            is_last = not before.phone or (after.uses == 0 and before.code in self._noted)
            if is_last and before.phone:
                self._noted.discard(before.code)
                self._outcomes.forget(before.phone, before.run_id, Outcome.REDEEMED)
            change = taken(before, use, is_first=is_last)
            self._count(before, Tally({name: -n for name, n in change.items()}))

    def ties(self, coupon: Coupon) -> bool:
        """Make the till system's code this coupon's: whether it is now."""
        return self.tied.setdefault(bare(coupon.shown), coupon.code) == coupon.code

    def _does_count(self, coupon: Coupon) -> bool:
        """Whether nobody had counted the person as having redeemed in this run."""
        if not self._outcomes.begins(coupon.phone, coupon.run_id, Outcome.REDEEMED):
            return False
        self._noted.add(coupon.code)
        return True

    def _standing(self, before: Coupon) -> Coupon:
        standing = self.get(before.code)
        if standing is None or (before.most_uses and standing.uses != before.uses):
            raise CouponChanged("it was used meanwhile")
        return standing

    def _count(self, coupon: Coupon, change: Tally) -> None:
        self._campaigns.tallies[coupon.run_id].update(change)

    def _contact(self, phone: str) -> Contact | None:
        if not phone:
            return None
        contact = self._contacts.get(self._row(phone))
        return contact if contact.revision else None

    def _row(self, phone: str) -> int:
        row = self._people.row(phone)
        if row >= self._people.size:
            self._chains.reserve(row + 1)
            self._contacts.reserve(row + 1)
        return row
