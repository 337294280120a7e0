"""A pool of 500 on the table: too small for 501 people, enough for 500, and none goes to two.

Through the functions themselves. Time stands still: by a real clock a slow machine's deliveries
would last so long that some of their people go on in another (services.pacing).
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from sayso.adapters.dynamodb.audience import DynamoAudience
from sayso.adapters.dynamodb.catalog import DynamoCatalog
from sayso.adapters.dynamodb.history import DynamoCampaignHistory
from sayso.adapters.dynamodb.items import to_item
from sayso.adapters.dynamodb.keys import subscriber
from sayso.adapters.dynamodb.pools import DynamoPools
from sayso.adapters.queues import launch_message
from sayso.domain.campaign import State
from sayso.domain.codes import bare
from sayso.domain.offer import Codes, Offer
from sayso.domain.run import RunState
from sayso.handlers import launch, plan, send
from sayso.services.choosing import Chooser
from sayso.services.counting import AudienceCount
from sayso.services.pool_reserving import PoolReserving
from sayso.services.pools import PoolDesk
from sayso.services.ports.campaigns import RunMove
from sayso.services.refusals import Invalid
from tests.support.bluebird import NOON
from tests.support.campaign_pipeline import Pipeline, failed, opened_pipeline
from tests.support.campaigns import a_campaign, a_run, a_subscriber
from tests.support.queue_driver import frozen
from tests.support.table import TABLE

PEOPLE = [f"+13125{number:06d}" for number in range(501)]
CODES = [f"TILL-{number:04d}" for number in range(500)]
OFFER = Offer("A till roll", Codes.POOL, pool="P1")
CAMPAIGN = replace(a_campaign(state=State.SCHEDULED, runs=("R1",)), offer=OFFER)


@pytest.fixture
def pipeline(monkeypatch: pytest.MonkeyPatch) -> Iterator[Pipeline]:
    """Everybody is downtown, and it is noon."""
    with opened_pipeline() as opened:
        for module in (launch, plan, send):
            monkeypatch.setattr(module, "datetime", frozen(NOON, [timedelta()]))
        for phone in PEOPLE:
            opened.put(a_subscriber(phone))
        run = replace(a_run("R1", RunState.WAITING), body="Your code: {{ code }}", offer=OFFER)
        opened.store.save(None, CAMPAIGN, [RunMove(None, run)])
        yield opened


def desk_on(pipeline: Pipeline) -> PoolDesk:
    client = pipeline.dynamodb
    catalog, pools = DynamoCatalog(client, TABLE), DynamoPools(client, TABLE)
    chooser = Chooser(DynamoCampaignHistory(client, TABLE), catalog)
    counting = AudienceCount(DynamoAudience(client, TABLE), chooser)
    return PoolDesk(
        pools, PoolReserving(pools, counting, catalog, pipeline.store.get), lambda: "P1"
    )


def taken(pipeline: Pipeline, queue: str) -> list[str]:
    return [body for body, _ in pipeline.taken_from(queue)]


def test_500_codes_are_one_too_few_for_501_people_and_go_to_500_once_each(
    pipeline: Pipeline,
) -> None:
    desk = desk_on(pipeline)
    desk.create("Till rolls", CODES, NOON)
    with pytest.raises(Invalid, match="1 code is missing: the audience has 501 people"):
        desk.reserving.reserve(CAMPAIGN, NOON)

    pipeline.dynamodb.delete_item(TableName=TABLE, Key=to_item(subscriber(PEOPLE[-1])))
    desk.reserving.reserve(CAMPAIGN, NOON)
    assert failed(launch.handler, [launch_message("R1")]) == []
    assert failed(plan.handler, taken(pipeline, "slices")) == []
    assert failed(send.handler, taken(pipeline, "batches")) == []

    assert taken(pipeline, "batches") == [], "nobody is put off"
    texts = pipeline.campaign_texts("C1")
    assert sorted(one["to"] for one in texts) == PEOPLE[:500]
    read = sorted(one["body"].removeprefix("Your code: ") for one in texts)
    assert [bare(one) for one in read] == [bare(code) for code in CODES]
    left = desk.get("P1", NOON)
    assert (left.given, left.free, left.reserved) == (500, 0, {})
