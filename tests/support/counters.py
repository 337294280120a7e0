"""A counter at Bluebird Coffee, in memory."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from sayso.domain.catalog import Staff
from sayso.domain.contact import Contact
from sayso.domain.coupon import Coupon, Use, Way
from sayso.domain.ledger import Entry
from sayso.domain.slot import Slot, SlotState
from sayso.services.guessing import Guessing, Source
from sayso.services.outcomes import Outcomes
from sayso.services.redeeming import Attempt, Counter, Outcome
from sayso.services.visiting import Visiting
from tests.fakes.campaigns import FakeCampaigns
from tests.fakes.contacts import FakeContacts
from tests.fakes.coupons import FakeCoupons
from tests.fakes.outcomes import FakeOutcomes
from tests.fakes.slot_history import FakeSlotHistory
from tests.fakes.slots import FakeSlots
from tests.fakes.visits import FakeVisits
from tests.fakes.web_opt_ins import FakeSeals
from tests.fakes.windows import FakeWindows
from tests.support.bluebird import ANA, NOON
from tests.support.campaigns import a_run, sending
from tests.support.coupons import FREE_COFFEE

MIA = Staff("+13125550155", "Mia", "DOWNTOWN")
OMAR = Staff("+13125550156", "Omar", "UPTOWN")
LATER = NOON + timedelta(minutes=40)


@dataclass
class CounterWorld:
    """The use case with everything around it; campaign C1 is being sent with R1 and R2."""

    campaigns: FakeCampaigns = field(default_factory=FakeCampaigns)
    people: dict[str, Contact] = field(default_factory=dict[str, Contact])
    windows: FakeWindows = field(default_factory=FakeWindows)

    def __post_init__(self) -> None:
        self.outcomes = FakeOutcomes(self.campaigns)
        self.coupons = FakeCoupons(self.outcomes, self.people)
        self.slots = FakeSlots(self.campaigns)
        self.contacts = FakeContacts(self.people)
        self.counter = Counter(
            self.coupons,
            Guessing(self.windows, FakeSeals()),
            Visiting(self.contacts, FakeVisits(self.people)),
            Outcomes(FakeSlotHistory(self.slots), self.outcomes),
        )
        sending(self.campaigns, *(replace(a_run(one), offer=FREE_COFFEE) for one in ("R1", "R2")))

    @property
    def ledgers(self) -> dict[str, list[Entry]]:
        return self.contacts.ledgers

    def issued(self, coupon: Coupon, contact: Contact | None = None) -> Coupon:
        """A coupon that went out with a text."""
        self.coupons.put(coupon)
        if contact:
            self.people[contact.phone] = contact
        if coupon.phone:
            self.slots.slots[coupon.run_id, coupon.phone] = Slot(
                coupon.run_id, coupon.phone, SlotState.SENT, "DOWNTOWN#3#0", "claim", NOON
            )
        return coupon

    def redeems(
        self, typed: str, request: str = "U1", at: datetime = LATER, **changes: Any
    ) -> Outcome:
        """Mia redeems it by text, unless told otherwise."""
        by = changes.get("by", MIA)
        source = Source.phone(by.phone) if by else Source.address("203.0.113.9")
        way = Way.TEXT if by else Way.PAGE
        place = by.location if by else ""
        told = {"way": way, "source": source, "by": by, "place": place} | changes
        return self.counter.redeem(Attempt(id=request, typed=typed, at=at, **told))

    def tally(self, run_id: str = "R1") -> dict[str, int]:
        """The run's counters that are not zero."""
        return {name: n for name, n in self.campaigns.tallies[run_id].items() if n}

    def live_uses(self, code: str) -> list[Use]:
        """The uses that were not taken back."""
        return [use for use in self.coupons.uses(code) if use.undone_at is None]

    @property
    def ana(self) -> Contact:
        return self.people[ANA]
