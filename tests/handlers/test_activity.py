"""The activity function: records of the table's stream in, activities and counters out."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest
from moto import mock_aws

from sayso.adapters import aws
from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.activities import DynamoActivities
from sayso.adapters.dynamodb.catalog import DynamoCatalog
from sayso.adapters.dynamodb.coupons import DynamoCoupons
from sayso.adapters.dynamodb.day_counters import DynamoDayCounters
from sayso.adapters.dynamodb.deliveries import DynamoDeliveries
from sayso.adapters.dynamodb.items import to_item
from sayso.adapters.dynamodb.webhooks import DynamoWebhooks
from sayso.adapters.queues import parse_notice
from sayso.domain.activity import Kind
from sayso.domain.campaign import State
from sayso.domain.catalog import Catalog
from sayso.domain.coupon import Use, Way
from sayso.domain.transitions import Event, move
from sayso.handlers import activity
from sayso.services.ports.queues import Notice
from tests.support.bluebird import ANA, BEN, NOON, PROGRAM
from tests.support.campaigns import a_campaign, a_subscriber, table_contacts
from tests.support.coupons import a_coupon
from tests.support.lambda_context import LambdaContext
from tests.support.stream_records import (
    a_record,
    of_coupon,
    of_plain_campaign,
    of_subscriber,
    of_use,
)
from tests.support.table import TABLE, create_table, everything_in
from tests.support.webhooks import an_endpoint

MONDAY = date(2026, 11, 23)
LATER = NOON + timedelta(minutes=40)
COUPON = a_coupon(ANA)
USE = Use("in-1", COUPON.code, LATER, Way.TEXT, place="UPTOWN", amount=23_500_000)


@dataclass
class Deployment:
    """What there is beside the function. `log` is all that it has logged."""

    dynamodb: Any
    sqs: Any
    notices: str
    log: io.StringIO

    def counted(self) -> dict[str, int]:
        """Monday's counters of everybody that are not zero."""
        found = DynamoDayCounters(self.dynamodb, TABLE).between(MONDAY, MONDAY)
        return {name: n for name, n in found.get(MONDAY, {}).items() if n and "|" not in name}

    def noticed(self) -> list[Notice]:
        """What was put into the queue of notices, taken out of it."""
        found = self.sqs.receive_message(QueueUrl=self.notices, MaxNumberOfMessages=10)
        return [parse_notice(one["Body"]) for one in found.get("Messages", ())]

    def kept(self) -> list[str]:
        """The kinds of all activities, by person and time."""
        items = everything_in(self.dynamodb)
        return [one["kind"]["S"] for one in items if one["sk"]["S"].startswith("ACT#")]


@pytest.fixture
def deployment(monkeypatch: pytest.MonkeyPatch) -> Iterator[Deployment]:
    with mock_aws():
        _forget()
        dynamodb = aws.client("dynamodb")
        create_table(dynamodb)
        DynamoCatalog(dynamodb, TABLE).put_program(PROGRAM, Catalog(program=None))
        DynamoCoupons(dynamodb, TABLE).put(COUPON)
        table_contacts(dynamodb).put(a_subscriber(ANA))
        sqs = aws.client("sqs")
        notices = sqs.create_queue(QueueName="notices")["QueueUrl"]
        monkeypatch.setenv("TABLE_NAME", TABLE)
        monkeypatch.setenv("NOTICES_QUEUE_URL", notices)
        log = io.StringIO()
        for handler in activity.logger.handlers:
            monkeypatch.setattr(handler, "stream", log)
        yield Deployment(dynamodb, sqs, notices, log)
        _forget()


def _forget() -> None:
    for cached in (activity.use_case, activity.telling, aws.client):
        cached.cache_clear()


def handle(*records: dict[str, Any]) -> None:
    activity.handler({"Records": list(records)}, LambdaContext())


def test_everything_that_people_do_is_kept_and_counted(deployment: Deployment) -> None:
    left, _ = move(a_subscriber(ANA).heard(LATER), Event.LEFT, LATER)
    finished = a_campaign(state=State.FINISHED)

    handle(
        of_subscriber(None, a_subscriber(ANA)),
        of_coupon(COUPON, replace(COUPON, clicked_at=LATER)),
        of_use(None, USE),
        of_subscriber(a_subscriber(ANA), left),
        of_plain_campaign(a_campaign(state=State.SENDING), finished),
    )

    assert sorted(deployment.kept()) == [
        *("campaign_finished", "clicked", "joined", "opted_out", "redeemed"),
    ]
    assert deployment.counted() == {
        "joined": 1,
        "clicked": 1,
        "opted_out": 1,
        "redeemed": 1,
        "sales": 1,
        "revenue": 23_500_000,
    }


def test_records_that_come_again_change_nothing(deployment: Deployment) -> None:
    records = (of_subscriber(None, a_subscriber(BEN)), of_use(None, USE))
    handle(*records)
    before = everything_in(deployment.dynamodb)

    handle(*records, *records)

    assert everything_in(deployment.dynamodb) == before


def test_a_redemption_that_was_broken_off_is_finished_from_its_use(deployment: Deployment) -> None:
    DynamoCoupons(deployment.dynamodb, TABLE).redeem(COUPON, USE)

    handle(of_use(None, USE))

    ana = table_contacts(deployment.dynamodb).get(ANA)
    assert ana is not None
    assert (ana.redeemed_at, ana.visited_at, set(ana.visits)) == (LATER, LATER, {"UPTOWN"})


def test_a_use_that_is_taken_back_leaves_the_day_as_it_was(deployment: Deployment) -> None:
    handle(of_use(None, USE), of_use(USE, replace(USE, undone_at=LATER + timedelta(minutes=3))))

    assert deployment.counted() == {}
    assert deployment.kept() == ["redeemed", "redemption_undone"]


def test_deleted_items_and_those_of_other_kinds_are_passed_over(deployment: Deployment) -> None:
    gone, slot = to_item(keys.subscriber(ANA)), to_item(keys.slot(ANA, "R1"))

    handle(a_record(gone, gone, None), a_record(slot, None, slot))

    assert deployment.kept() == []


def test_a_failure_has_the_whole_event_delivered_again(
    deployment: Deployment,
) -> None:
    join = of_subscriber(None, a_subscriber(BEN))
    deployment.dynamodb.delete_table(TableName=TABLE)

    with pytest.raises(deployment.dynamodb.exceptions.ResourceNotFoundException):
        handle(join)


def test_endpoints_are_told_of_what_they_want_to_hear(deployment: Deployment) -> None:
    store = DynamoWebhooks(deployment.dynamodb, TABLE)
    store.save(None, an_endpoint("W1", events=(Kind.JOINED,)))
    store.save(None, an_endpoint("W2", events=(Kind.REDEEMED, Kind.UNDONE)))

    handle(of_subscriber(None, a_subscriber(BEN)), of_use(None, USE))

    joined, redeemed = sorted(deployment.noticed(), key=lambda one: one.webhook)
    assert (joined.webhook, redeemed.webhook) == ("W1", "W2")
    log = DynamoDeliveries(deployment.dynamodb, TABLE)
    delivery = log.get("W2", redeemed.event)
    assert delivery is not None
    kept = DynamoActivities(deployment.dynamodb, TABLE).get(
        delivery.phone, delivery.day, delivery.event
    )
    assert kept is not None
    assert (kept.kind, kept.phone, kept.amount) == (Kind.REDEEMED, ANA, 23_500_000)


def test_neither_numbers_nor_codes_are_logged(deployment: Deployment) -> None:
    handle(of_subscriber(None, a_subscriber(ANA)), of_use(None, USE))

    log = deployment.log.getvalue()
    assert '"activities":2' in log
    for secret in (ANA, ANA[2:], COUPON.code, "DOWNTOWN"):
        assert secret not in log
