"""What every WebhookStore and DeliveryLog does: those on the table and the fakes of them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from sayso.adapters.dynamodb.deliveries import DynamoDeliveries, delivery_from, delivery_item
from sayso.adapters.dynamodb.webhooks import DynamoWebhooks, endpoint_from, endpoint_item
from sayso.adapters.ids import first_id, id_of, time_of
from sayso.domain.activity import Kind
from sayso.domain.webhook import Attempt, Delivery, State
from sayso.services.ports.webhooks import DeliveryLog, WebhookChanged, WebhookStore
from tests.fakes.webhooks import FakeDeliveries, FakeWebhooks
from tests.support.bluebird import ANA, NOON
from tests.support.table import TABLE, mocked_table
from tests.support.webhooks import NEW_SECRET, an_endpoint

HOUR = timedelta(hours=1)
DELIVERY = Delivery("W1", id_of("r1", NOON), Kind.JOINED, ANA, "2026-11-23", NOON)


@dataclass(frozen=True)
class Shelf:
    webhooks: WebhookStore
    log: DeliveryLog


@pytest.fixture(params=["fake", "dynamodb"])
def shelf(request: pytest.FixtureRequest) -> Iterator[Shelf]:
    if request.param == "fake":
        yield Shelf(FakeWebhooks(), FakeDeliveries())
        return
    with mocked_table() as client:
        yield Shelf(DynamoWebhooks(client, TABLE), DynamoDeliveries(client, TABLE))


def events(log: DeliveryLog, count: int) -> list[str]:
    """So many deliveries to W1, and one to another endpoint: the events' ids, oldest first."""
    found = [id_of("r", NOON + n * HOUR) for n in range(count)]
    for event in found:
        log.add(replace(DELIVERY, event=event))
    log.add(replace(DELIVERY, webhook="W2"))
    return found


def test_an_endpoint_is_found_as_it_was_saved(shelf: Shelf) -> None:
    endpoint = an_endpoint(description="CRM").rotated(NEW_SECRET, NOON)
    shelf.webhooks.save(None, endpoint)
    shelf.webhooks.save(None, an_endpoint("W0"))

    assert shelf.webhooks.get("W1") == endpoint
    assert [one.id for one in shelf.webhooks.all()] == ["W0", "W1"]
    assert shelf.webhooks.get("W9") is None


def test_of_two_changes_at_once_one_loses(shelf: Shelf) -> None:
    before = an_endpoint()
    shelf.webhooks.save(None, before)
    shelf.webhooks.save(before, before.disabled("Disabled by hand.", NOON))

    with pytest.raises(WebhookChanged):
        shelf.webhooks.save(before, before.rotated(NEW_SECRET, NOON))
    with pytest.raises(WebhookChanged):
        shelf.webhooks.delete(before)
    with pytest.raises(WebhookChanged):
        shelf.webhooks.save(None, before)


def test_a_deleted_endpoint_is_gone(shelf: Shelf) -> None:
    shelf.webhooks.save(None, an_endpoint())
    shelf.webhooks.delete(an_endpoint())

    assert shelf.webhooks.all() == []


def test_a_delivery_is_added_once(shelf: Shelf) -> None:
    assert shelf.log.add(DELIVERY) == DELIVERY
    claimed = DELIVERY.claimed(NOON)
    assert shelf.log.change(DELIVERY, claimed)

    assert shelf.log.add(DELIVERY) == claimed


def test_a_delivery_is_changed_by_who_has_seen_it_as_it_is(shelf: Shelf) -> None:
    shelf.log.add(DELIVERY)
    claimed = DELIVERY.claimed(NOON)
    tried = claimed.after(Attempt(NOON, 503, "answered 503", 12, timedelta(seconds=30)))

    assert shelf.log.change(DELIVERY, claimed)
    assert not shelf.log.change(DELIVERY, claimed)
    assert shelf.log.change(claimed, tried)
    assert not shelf.log.change(claimed, tried)
    assert shelf.log.get("W1", DELIVERY.event) == tried


def test_what_is_not_there_is_not_changed(shelf: Shelf) -> None:
    assert not shelf.log.change(DELIVERY, DELIVERY.claimed(NOON))
    assert shelf.log.get("W1", DELIVERY.event) is None


def test_the_newest_events_come_first_page_by_page(shelf: Shelf) -> None:
    happened = events(shelf.log, 5)

    first = shelf.log.newest("W1", 2)
    second = shelf.log.newest("W1", 2, first.position)
    last = shelf.log.newest("W1", 2, second.position)

    found = [one.event for page in (first, second, last) for one in page.deliveries]
    assert found == happened[::-1]
    assert (bool(first.position), last.position) == (True, "")


def test_a_replay_finds_what_happened_since_a_moment_the_oldest_first(shelf: Shelf) -> None:
    happened = events(shelf.log, 5)

    page = shelf.log.since("W1", first_id(NOON + 2 * HOUR), 2)
    rest = shelf.log.since("W1", page.position + "0", 2)

    found = [one.event for one in (*page.deliveries, *rest.deliveries)]
    assert found == happened[2:]


def test_items_hold_all_of_an_endpoint_and_of_a_delivery() -> None:
    failing = an_endpoint().failed(Attempt(NOON, 503, "answered 503", 12))
    tried = DELIVERY.claimed(NOON).after(Attempt(NOON, 0, "no connection", 3))

    assert endpoint_from(endpoint_item(failing)) == failing
    assert delivery_from(delivery_item(tried)) == tried
    assert delivery_from(delivery_item(tried.held())).state is State.HELD


def test_ids_tell_the_moment_of_their_event() -> None:
    moment = NOON + timedelta(milliseconds=123)

    assert time_of(id_of("r1", moment)) == moment
    assert first_id(moment) <= id_of("r1", moment) < first_id(moment + timedelta(milliseconds=1))
