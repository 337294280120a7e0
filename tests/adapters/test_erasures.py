"""What an erasure leaves in the table."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.activities import DynamoActivities
from sayso.adapters.dynamodb.buckets import DynamoBuckets
from sayso.adapters.dynamodb.conversations import DynamoConversations
from sayso.adapters.dynamodb.coupon_items import coupon_from, coupon_item
from sayso.adapters.dynamodb.enrolments import DynamoEnrolments
from sayso.adapters.dynamodb.erasures import DynamoErasures
from sayso.adapters.dynamodb.items import from_item, to_item
from sayso.adapters.dynamodb.numbers import DynamoNumbers
from sayso.adapters.dynamodb.outcomes import DynamoOutcomes
from sayso.adapters.dynamodb.profiles import DynamoProfiles
from sayso.adapters.dynamodb.slot_history import DynamoSlotHistory
from sayso.adapters.dynamodb.subscribers import DynamoSubscribers
from sayso.domain.activity import Activity, Kind
from sayso.domain.codes import derived
from sayso.domain.coupon import Coupon
from sayso.domain.firing_names import Does, FiringName
from sayso.domain.listed import Listed
from sayso.domain.segment.filters import Event
from sayso.domain.series import Enrolment
from sayso.domain.slot import Tally
from sayso.services.inbound import Inbound
from sayso.services.ledgers import Ledgers
from sayso.services.outcomes import Outcomes
from sayso.services.ports.erasures import Traces
from sayso.services.ports.series import EnrolmentMove
from sayso.services.profiles import ProfileDesk
from sayso.services.refusals import Conflict
from tests.fakes.carrier import FakeCarrier
from tests.fakes.opt_out_list import FakeOptOutList
from tests.support.bluebird import ANA, BEN, NOON, SHOP, a_text
from tests.support.shelves import put_catalog
from tests.support.table import TABLE, mocked_table

WEEK = timedelta(days=7)
IN_A_YEAR = NOON + timedelta(days=365)
BUCKET = str(FiringName("C1", Does.BUCKET, IN_A_YEAR))
JUST_TEXTED = NOON + timedelta(minutes=1)


@pytest.fixture
def table() -> Iterator[Any]:
    """Ana and Ben have joined in the same words, and a campaign has texted both."""
    with mocked_table() as client:
        put_catalog(client, SHOP)
        for phone in (ANA, BEN):
            hear(client, phone, "coffee for my cousin Chloe")
            texted = JUST_TEXTED
            slot = {"run_id": "R1", "phone": phone, "touched_at": texted, "state": "sent"}
            slot["batch"] = "-#0#0"
            lasts = {"expires_at": keys.expires_at(texted)}
            client.put_item(TableName=TABLE, Item=to_item(keys.slot(phone, "R1") | slot | lasts))
            client.update_item(
                TableName=TABLE,
                Key=to_item(keys.subscriber(phone)),
                UpdateExpression=(
                    "SET last_run = :run, last_run_at = :at, last_run_groups = :groups"
                ),
                ExpressionAttributeValues=to_item(
                    {":run": "R1", ":at": texted, ":groups": "l=DOWNTOWN\nc=window sign"}
                ),
            )
        yield client


def hear(client: Any, phone: str, body: str, after: timedelta = timedelta()) -> None:
    inbound = Inbound(DynamoConversations(client, TABLE), FakeCarrier(), FakeOptOutList())
    text = a_text(body, phone=phone, at=NOON + after)
    inbound.handle(text, text.received_at)


def everything_about(client: Any, phone: str) -> list[dict[str, Any]]:
    found = client.scan(TableName=TABLE, ConsistentRead=True)["Items"]
    return [from_item(item) for item in found if item["pk"]["S"] == f"S#{phone}"]


def faults(client: Any, phone: str) -> list[str]:
    ledgers = Ledgers(DynamoSubscribers(client, TABLE), DynamoNumbers(client, TABLE))
    return ledgers.audit(phone).faults


def test_nothing_that_was_said_or_known_before_is_left_anywhere(table: Any) -> None:
    hear(table, ANA, "FORGET ME", timedelta(hours=1))
    left = repr(everything_about(table, ANA))
    for word in ("cousin", "COFFEE", "DOWNTOWN", "window sign", "you're in", "last_run"):
        assert word not in left
    assert "FORGET ME" in left
    assert faults(table, ANA) == []


def test_what_the_shop_noted_goes_too_and_nothing_more_is_noted(table: Any) -> None:
    profiles = DynamoProfiles(table, TABLE)
    outcomes = Outcomes(DynamoSlotHistory(table, TABLE), DynamoOutcomes(table, TABLE))
    desk = ProfileDesk(profiles, outcomes)
    for phone in (ANA, BEN):
        desk.annotate(phone, {"first_name": "Anastasia", "birthday": "03-24"})
        for event in (Event.VISITED, Event.CLICKED, Event.REDEEMED):
            desk.report(phone, event, JUST_TEXTED, JUST_TEXTED)

    hear(table, ANA, "FORGET ME", timedelta(hours=1))

    (left,) = (one for one in everything_about(table, ANA) if one["sk"] == "SUBSCRIBER")
    noted = {"attributes", "visited_at", "clicked_at", "redeemed_at"}
    noted |= {"last_run", "last_run_at", "last_run_groups"}
    assert left.keys() & noted == set()
    assert "Anastasia" not in repr(everything_about(table, ANA))
    ends = {one["sk"]: one.get("expires_at") for one in everything_about(table, ANA)}
    soon = int((NOON + timedelta(hours=1) + WEEK).timestamp())
    assert [ends[f"DID#R1#{what}"] for what in ("visited", "clicked", "redeemed")] == [soon] * 3
    assert "Anastasia" in repr(everything_about(table, BEN))
    with pytest.raises(Conflict):
        desk.annotate(ANA, {"first_name": "Ana"})
    with pytest.raises(Conflict):
        desk.report(ANA, Event.VISITED, NOON, NOON)
    assert not profiles.note(ANA, Event.VISITED, NOON)


def test_who_waits_in_a_bucket_is_counted_there_and_not_known_any_more(table: Any) -> None:
    for phone in (ANA, BEN):
        wait_a_year(table, phone)

    hear(table, ANA, "FORGET ME", timedelta(hours=1))

    (ana, ben) = DynamoBuckets(table, TABLE).page(BUCKET, "DOWNTOWN").people
    assert ana == Listed(ANA)
    assert ben.attributes == {"first_name": "Anastasia"}
    ends = {one["sk"]: one["expires_at"] for one in everything_about(table, ANA) if "since" in one}
    assert ends == {"SERIES#C1": int((NOON + timedelta(hours=1) + WEEK).timestamp())}


def test_who_joins_anew_waits_as_anybody_does(table: Any) -> None:
    hear(table, ANA, "FORGET ME", timedelta(hours=1))
    wait_a_year(table, ANA, since=NOON + timedelta(hours=2))

    DynamoErasures(table, TABLE).erase(ANA, NOON + timedelta(hours=3))

    (ana,) = DynamoBuckets(table, TABLE).page(BUCKET, "DOWNTOWN").people
    assert ana.attributes == {"first_name": "Anastasia"}


def wait_a_year(client: Any, phone: str, since: datetime = NOON) -> None:
    person = Listed(phone, "DOWNTOWN", "window sign", attributes={"first_name": "Anastasia"})
    place = Enrolment("C1", phone, since, since, IN_A_YEAR, BUCKET)
    DynamoEnrolments(client, TABLE).enrol(BUCKET, [EnrolmentMove(None, place, person)], since)


def test_the_other_numbers_items_are_as_they_were(table: Any) -> None:
    before = everything_about(table, BEN)
    hear(table, ANA, "FORGET ME", timedelta(hours=1))
    assert everything_about(table, BEN) == before


def test_texts_go_at_once_and_slots_when_their_runs_have_surely_ended(table: Any) -> None:
    hear(table, ANA, "FORGET ME", timedelta(hours=1))
    now = NOON + timedelta(hours=1)
    lives = {item["sk"]: item.get("expires_at", 0) for item in everything_about(table, ANA)}
    assert lives["RUN#R1"] == int((now + WEEK).timestamp())
    texts = [expires for key, expires in lives.items() if key.startswith("IN#")]
    assert sorted(texts) == [int(now.timestamp()), keys.expires_at(now)]


def test_a_coupon_forgets_whose_it_was_and_what_it_was_used_for_stays(table: Any) -> None:
    coupons = {phone: a_coupon(table, phone) for phone in (ANA, BEN)}

    hear(table, ANA, "FORGET ME", timedelta(hours=1))

    found = coupon_in(table, coupons[ANA].code)
    assert found == replace(
        coupons[ANA],
        phone="",
        channel="",
        location="",
        language="",
        variant="",
        clicked_at=None,
        withdrawn_at=NOON + timedelta(hours=1),
    )
    assert found.uses == 1
    assert coupons[ANA].code not in repr(everything_about(table, ANA))
    assert coupon_in(table, coupons[BEN].code) == coupons[BEN]


def test_a_coupon_of_who_joined_anew_is_not_withdrawn(table: Any) -> None:
    hear(table, ANA, "FORGET ME", timedelta(hours=1))
    hear(table, ANA, "JOIN DENVER", timedelta(hours=2))
    coupon = a_coupon(table, ANA, NOON + timedelta(hours=3))
    DynamoErasures(table, TABLE).erase(ANA, NOON + timedelta(hours=4))
    assert coupon_in(table, coupon.code) == coupon


def a_coupon(client: Any, phone: str, at: datetime = JUST_TEXTED) -> Coupon:
    """One that was clicked and used, and brought by the newest text."""
    coupon = Coupon(
        code=derived(b"bluebird", "R1", phone),
        phone=phone,
        campaign_id="C1",
        run_id="R1",
        issued_at=at,
        variant="A",
        channel="window sign",
        location="DOWNTOWN",
        language="en",
        uses=1,
        last_use="in-1",
        clicked_at=at,
    )
    client.put_item(TableName=TABLE, Item=coupon_item(coupon))
    client.update_item(
        TableName=TABLE,
        Key=to_item(keys.slot(phone, "R1")),
        UpdateExpression="SET code = :code",
        ExpressionAttributeValues=to_item({":code": coupon.code}),
    )
    return coupon


def coupon_in(client: Any, code: str) -> Coupon:
    key = to_item(keys.coupon(code))
    return coupon_from(client.get_item(TableName=TABLE, Key=key, ConsistentRead=True)["Item"])


def test_done_again_there_is_nothing_left_to_do(table: Any) -> None:
    hear(table, ANA, "FORGET ME", timedelta(hours=1))
    before = everything_about(table, ANA)
    again = DynamoErasures(table, TABLE).erase(ANA, NOON + timedelta(hours=2))
    assert again == Traces()
    assert everything_about(table, ANA) == before


def test_who_joins_anew_keeps_what_is_new_and_what_was_erased_stays_erased(table: Any) -> None:
    hear(table, ANA, "FORGET ME", timedelta(hours=1))
    hear(table, ANA, "JOIN DENVER", timedelta(hours=2))
    table.update_item(
        TableName=TABLE,
        Key=to_item(keys.subscriber(ANA)),
        UpdateExpression="SET last_run = :run",
        ExpressionAttributeValues=to_item({":run": "R2"}),
    )
    before = everything_about(table, ANA)
    DynamoErasures(table, TABLE).erase(ANA, NOON + timedelta(hours=3))
    assert everything_about(table, ANA) == before
    assert "JOIN DENVER" in repr(before)
    assert faults(table, ANA) == []


def test_an_edited_digest_of_what_was_erased_is_found(table: Any) -> None:
    hear(table, ANA, "FORGET ME", timedelta(hours=1))
    place = to_item(keys.ledger_entry(ANA, 1))
    table.update_item(
        TableName=TABLE,
        Key=place,
        UpdateExpression="SET digest = :other",
        ExpressionAttributeValues=to_item({":other": "0" * 64}),
    )
    assert faults(table, ANA) == ["entry 2 does not name entry 1 as its predecessor"]


def test_a_place_made_by_an_attacker_is_found(table: Any) -> None:
    item = table.get_item(TableName=TABLE, Key=to_item(keys.ledger_entry(BEN, 1)))["Item"]
    place = {name: item[name] for name in ("pk", "sk", "seq", "digest")}
    table.put_item(TableName=TABLE, Item=place)
    assert "entry 1 is erased, and no later entry says that it was to be" in faults(table, BEN)


def test_what_somebody_did_goes_with_them_within_a_week(table: Any) -> None:
    store = DynamoActivities(table, TABLE)
    for phone in (ANA, BEN):
        joined = Activity(Kind.JOINED, NOON, id="A1", phone=phone, location="DOWNTOWN")
        store.record(joined, NOON.date(), Tally(), NOON)
    hear(table, ANA, "FORGET ME", after=timedelta(hours=1))

    DynamoErasures(table, TABLE).erase(ANA, NOON + timedelta(hours=1))

    def ends(phone: str) -> int:
        (item,) = (one for one in everything_about(table, phone) if one["sk"] == "ACT#A1")
        return int(item["expires_at"])

    assert ends(ANA) == int((NOON + timedelta(hours=1) + WEEK).timestamp())
    assert ends(BEN) == keys.expires_at(NOON)
