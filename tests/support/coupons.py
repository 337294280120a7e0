"""Coupons of Bluebird Coffee, and the stores that keep them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from sayso.adapters.dynamodb.campaigns import DynamoCampaigns
from sayso.adapters.dynamodb.coupons import DynamoCoupons
from sayso.adapters.dynamodb.outcomes import DynamoOutcomes
from sayso.domain.codes import derived
from sayso.domain.coupon import Coupon
from sayso.domain.offer import Offer
from sayso.services.ports.campaigns import CampaignStore
from sayso.services.ports.coupons import CouponStore
from sayso.services.ports.outcomes import OutcomeStore
from tests.fakes.campaigns import FakeCampaigns
from tests.fakes.coupons import FakeCoupons
from tests.fakes.outcomes import FakeOutcomes
from tests.support.bluebird import ANA, NOON
from tests.support.campaigns import Contacts, a_run, sending, table_contacts
from tests.support.shelves import OneCallAtATime
from tests.support.simulated_stores import SimulatedStores
from tests.support.table import TABLE, mocked_table

KINDS_OF_COUPON_STORE = ("fake", "simulation", "dynamodb")
KEY = b"the key that makes codes in tests"
FREE_COFFEE = Offer("A free filter coffee")


def code_of(phone: str, run_id: str = "R1") -> str:
    """The code that somebody has been sent in a run."""
    return derived(KEY, run_id, phone)


def a_coupon(phone: str = ANA, run_id: str = "R1", **changes: Any) -> Coupon:
    """A coupon good once, everywhere, without an end, that went to a downtown customer."""
    code = changes.get("code", code_of(phone, run_id))
    coupon = Coupon(code, phone, "C1", run_id, NOON, code, location="DOWNTOWN", channel="sign")
    return replace(coupon, **changes)


@dataclass(frozen=True)
class Till:
    """The stores around coupons; campaign C1 is being sent with the runs R1 and R2."""

    coupons: CouponStore
    outcomes: OutcomeStore
    campaigns: CampaignStore
    contacts: Contacts

    def tally(self, run_id: str = "R1") -> dict[str, int]:
        """The run's counters that are not zero."""
        progress = self.campaigns.progress(run_id)
        assert progress is not None
        return {name: count for name, count in progress.tally.items() if count}


@contextmanager
def opened_till(kind: str) -> Iterator[Till]:
    """The fakes, the simulation's, or the adapters on a mocked table."""
    if kind == "simulation":
        made = SimulatedStores()
        contacts = Contacts(made.put, made.contact)
        yield _opened(Till(made.coupons, made.outcomes, made.campaigns, contacts))
        return
    if kind == "fake":
        fakes = FakeOutcomes(FakeCampaigns())
        coupons = FakeCoupons(fakes)
        contacts = Contacts(
            lambda contact: coupons.contacts.update({contact.phone: contact}), coupons.contacts.get
        )
        yield _opened(Till(coupons, fakes, fakes.campaigns, contacts))
        return
    with mocked_table() as mocked:
        client = OneCallAtATime(mocked)
        yield _opened(
            Till(
                DynamoCoupons(client, TABLE),
                DynamoOutcomes(client, TABLE),
                DynamoCampaigns(client, TABLE),
                table_contacts(client),
            )
        )


def _opened(till: Till) -> Till:
    runs = (replace(a_run(one), offer=FREE_COFFEE) for one in ("R1", "R2"))
    sending(till.campaigns, *runs)
    return till
