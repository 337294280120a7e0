"""What every VisitStore does: the one on the table and the fake of it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from sayso.adapters.dynamodb.visits import DynamoVisits
from sayso.domain.contact import Contact, Status
from sayso.domain.coupon import Use, Way
from sayso.domain.visiting import seen
from sayso.services.ports.visits import VisitChanged, VisitStore
from simulation.deeds import SimulatedVisits
from tests.fakes.visits import FakeVisits
from tests.support.bluebird import ANA, BEN, NOON
from tests.support.campaigns import Contacts, a_subscriber, table_contacts
from tests.support.coupons import KINDS_OF_COUPON_STORE
from tests.support.simulated_stores import SimulatedStores
from tests.support.table import TABLE, mocked_table

Shop = tuple[VisitStore, Contacts]


@pytest.fixture(params=KINDS_OF_COUPON_STORE)
def shop(request: pytest.FixtureRequest) -> Iterator[Shop]:
    if request.param == "fake":
        people: dict[str, Contact] = {}
        keep = Contacts(lambda one: people.update({one.phone: one}), people.get)
        yield FakeVisits(people), keep
        return
    if request.param == "simulation":
        made = SimulatedStores()
        yield SimulatedVisits(made.people, made.contacts), Contacts(made.put, made.contact)
        return
    with mocked_table() as client:
        yield DynamoVisits(client, TABLE), table_contacts(client)


def a_visit(place: str = "UPTOWN", hours: int = 0) -> Use:
    return Use(f"U{hours}", "CODE", NOON + timedelta(hours=hours), Way.TEXT, place=place)


def test_visits_are_noted_beside_all_else(shop: Shop) -> None:
    visits, contacts = shop
    ana = a_subscriber(ANA)
    contacts.put(ana)

    once = seen(ana, a_visit())
    visits.note(ana, once)
    twice = seen(once, a_visit("DENVER", 2))
    visits.note(once, twice)

    assert contacts.get(ANA) == twice
    assert twice.visits.keys() == {"UPTOWN", "DENVER"}
    assert (twice.location, twice.revision) == ("DOWNTOWN", 1)
    assert twice.visited_at == twice.redeemed_at == NOON + timedelta(hours=2)


def test_a_visit_that_was_noted_meanwhile_is_not_lost(shop: Shop) -> None:
    visits, contacts = shop
    ana = a_subscriber(ANA)
    contacts.put(ana)
    visits.note(ana, seen(ana, a_visit()))

    with pytest.raises(VisitChanged):
        visits.note(ana, seen(ana, a_visit("DENVER", 2)))

    assert contacts.get(ANA) == seen(ana, a_visit())


def test_nothing_is_noted_of_whom_nobody_knows_or_has_forgotten(shop: Shop) -> None:
    visits, contacts = shop
    gone = Contact(BEN, Status.FORGOTTEN, revision=3)
    contacts.put(gone)

    for person in (a_subscriber(ANA), gone):
        with pytest.raises(VisitChanged):
            visits.note(person, seen(person, a_visit()))

    assert contacts.get(ANA) is None
    assert contacts.get(BEN) == gone


def test_a_visit_nowhere_is_a_visit_too(shop: Shop) -> None:
    visits, contacts = shop
    ana = a_subscriber(ANA)
    contacts.put(ana)

    visits.note(ana, seen(ana, a_visit("")))

    assert contacts.get(ANA) == replace(ana, visited_at=NOON, redeemed_at=NOON)


def test_the_newest_visit_stays_whatever_the_order() -> None:
    late, early = a_visit(hours=5), a_visit(hours=1)
    ana = a_subscriber(ANA)

    assert seen(seen(ana, late), early) == seen(ana, late)
