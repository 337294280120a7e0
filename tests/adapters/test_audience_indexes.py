"""What every AudienceIndex does: the one on the table's index and the fake of it."""

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import time

import pytest

from sayso.adapters.dynamodb.audience import DynamoAudience
from sayso.adapters.dynamodb.profiles import DynamoProfiles
from sayso.adapters.dynamodb.visits import DynamoVisits
from sayso.domain.contact import Status
from sayso.domain.listed import Listed
from sayso.domain.preference import Preference
from sayso.services.ports.audience import AudienceIndex
from tests.support.bluebird import ANA, BEN, CHLOE, NOON
from tests.support.campaigns import KINDS_OF_STORE, Stores, a_subscriber, opened_stores
from tests.support.table import TABLE

MANY = [f"+1312555{number:04d}" for number in range(40)]


@pytest.fixture(params=KINDS_OF_STORE)
def stores(request: pytest.FixtureRequest) -> Iterator[Stores]:
    with opened_stores(request.param, page_size=3) as opened:
        yield opened


def listed(audience: AudienceIndex, location: str) -> list[str]:
    """Everyone of a location, as a planner reads them."""
    found: list[str] = []
    for shard in audience.shards():
        position, is_first = "", True
        while position or is_first:
            page = audience.page(location, shard, position)
            assert len(page.phones) <= 3
            found += page.phones
            position, is_first = page.position, False
    return found


def test_nobody_is_found_where_nobody_is(stores: Stores) -> None:
    assert listed(stores.audience, "DOWNTOWN") == []
    assert stores.audience.count("DOWNTOWN") == 0


def test_everyone_is_found_once_over_all_pages_and_partitions(stores: Stores) -> None:
    for phone in MANY:
        stores.contacts.put(a_subscriber(phone))

    assert sorted(listed(stores.audience, "DOWNTOWN")) == MANY
    assert stores.audience.count("DOWNTOWN") == len(MANY)


def test_a_page_may_be_gone_on_from_any_of_its_numbers(stores: Stores) -> None:
    for phone in MANY:
        stores.contacts.put(a_subscriber(phone))
    shard = stores.audience.shards()[0]
    page = stores.audience.page("DOWNTOWN", shard)

    following = stores.audience.page("DOWNTOWN", shard, page.phones[0])

    assert following.phones[:2] == page.phones[1:]


def test_only_subscribers_of_the_location_are_found(stores: Stores) -> None:
    stores.contacts.put(a_subscriber(ANA))
    stores.contacts.put(a_subscriber(BEN, "UPTOWN"))
    stores.contacts.put(a_subscriber(CHLOE, ""))
    stores.contacts.put(a_subscriber(MANY[0], status=Status.OPTED_OUT))
    stores.contacts.put(a_subscriber(MANY[1], status=Status.PENDING))
    stores.contacts.put(a_subscriber(MANY[2], status=Status.UNKNOWN))

    assert listed(stores.audience, "DOWNTOWN") == [ANA]
    assert listed(stores.audience, "") == [CHLOE]
    assert [stores.audience.count(place) for place in ("DOWNTOWN", "UPTOWN", "")] == [1, 1, 1]


def test_all_that_segments_ask_for_is_listed() -> None:
    """On the table: what texts decide and what the shop notes come from the index together."""
    ana = replace(
        a_subscriber(ANA),
        channel="window sign",
        keyword="COFFEE",
        language="en",
        last_heard_at=NOON,
        preference=Preference(most=1, opens=time(9)),
        zip="60614",
    )
    with opened_stores("dynamodb") as stores:
        assert isinstance(stores.audience, DynamoAudience)
        stores.contacts.put(ana)
        profiles = DynamoProfiles(stores.audience.client, TABLE)
        profiles.write(ana, {"first_name": "Ana"})
        visits = {"UPTOWN": NOON.isoformat()}
        DynamoVisits(stores.audience.client, TABLE).note(
            replace(ana, attributes={"first_name": "Ana"}),
            replace(ana, visits=visits, visited_at=NOON),
        )

        (found,) = (
            one
            for shard in stores.audience.shards()
            for one in stores.audience.page("DOWNTOWN", shard).people
        )

    noted = replace(ana, attributes={"first_name": "Ana"}, visited_at=NOON, visits=visits)
    assert found == Listed(**{one.name: getattr(noted, one.name) for one in fields(Listed)})
