"""A pool of 500 on the table: too small for 501 people, enough for 500, and none goes to two."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from sayso.adapters.dynamodb.audience import DynamoAudience
from sayso.adapters.dynamodb.campaigns import DynamoCampaigns
from sayso.adapters.dynamodb.catalog import DynamoCatalog
from sayso.adapters.dynamodb.history import DynamoCampaignHistory
from sayso.adapters.dynamodb.items import to_item
from sayso.adapters.dynamodb.keys import subscriber
from sayso.adapters.dynamodb.pools import DynamoPools
from sayso.adapters.dynamodb.slots import DynamoSlots
from sayso.adapters.dynamodb.till_codes import DynamoTillCodes
from sayso.domain.campaign import State
from sayso.domain.codes import derived
from sayso.domain.coupon import Coupon
from sayso.domain.offer import Codes, Offer
from sayso.domain.slot import Slot, SlotState
from sayso.services.choosing import Chooser
from sayso.services.counting import AudienceCount
from sayso.services.pool_reserving import PoolReserving
from sayso.services.pools import PoolDesk
from sayso.services.ports.slots import Wanted
from sayso.services.refusals import Invalid
from tests.fakes.issuing import FakeCodeKey
from tests.support.bluebird import NOON
from tests.support.campaigns import a_campaign, a_run, a_subscriber, sending, table_contacts
from tests.support.table import TABLE, mocked_table

PEOPLE = [f"+13125{number:06d}" for number in range(501)]
CODES = [f"TILL-{number:04d}" for number in range(500)]
OFFER = Offer("A till roll", Codes.POOL, pool="P1")
RUN = replace(a_run(), offer=OFFER)
A_BATCH, A_HANDFUL = 50, 25


@pytest.fixture
def client() -> Iterator[Any]:
    """Everybody is downtown."""
    with mocked_table() as opened:
        for phone in PEOPLE:
            table_contacts(opened).put(a_subscriber(phone))
        yield opened


def desk_on(client: Any) -> PoolDesk:
    store, catalog = DynamoCampaigns(client, TABLE), DynamoCatalog(client, TABLE)
    chooser = Chooser(DynamoCampaignHistory(client, TABLE), catalog)
    counting, pools = (
        AudienceCount(DynamoAudience(client, TABLE), chooser),
        DynamoPools(client, TABLE),
    )
    return PoolDesk(pools, PoolReserving(pools, counting, catalog, store.get), lambda: "P1")


def claimed(client: Any, batch: str, phones: list[str]) -> dict[str, str]:
    """What the people of a batch were given, once each of their slots is claimed with it."""
    key = FakeCodeKey()
    given = DynamoTillCodes(client, TABLE, key, lambda: NOON).take(RUN, batch, phones)
    coupons = [
        Coupon(derived(key.get(), "R1", phone), phone, "C1", "R1", NOON, shown)
        for phone, shown in given.items()
    ]
    wanted = [
        Wanted(
            Slot("R1", one.phone, SlotState.CLAIMED, batch, one.phone, NOON, code=one.code),
            coupon=one,
        )
        for one in coupons
    ]
    slots = DynamoSlots(client, TABLE)
    for start in range(0, len(wanted), A_HANDFUL):
        assert slots.claim_all(RUN, wanted[start : start + A_HANDFUL], NOON) == {}
    return dict(given)


def test_500_codes_are_one_too_few_for_501_people_and_go_to_500_once_each(client: Any) -> None:
    desk = desk_on(client)
    desk.create("Till rolls", CODES, NOON)
    campaign = replace(a_campaign(state=State.SENDING, runs=("R1",)), offer=OFFER)
    sending(DynamoCampaigns(client, TABLE), RUN)
    with pytest.raises(Invalid, match="1 code is missing: the audience has 501 people"):
        desk.reserving.reserve(campaign, NOON)

    client.delete_item(TableName=TABLE, Key=to_item(subscriber(PEOPLE[-1])))
    desk.reserving.reserve(campaign, NOON)
    given: dict[str, str] = {}
    for start in range(0, 500, A_BATCH):
        given |= claimed(client, f"DOWNTOWN#0#{start}", PEOPLE[start : start + A_BATCH])

    assert sorted(given) == PEOPLE[:500]
    assert sorted(given.values()) == CODES
    left = desk.get("P1", NOON)
    assert (left.given, left.free, left.reserved) == (500, 0, {})
