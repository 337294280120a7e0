"""Five hundred codes of the till's through the functions themselves, claims and all."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from sayso.adapters.dynamodb.audience import DynamoAudience
from sayso.adapters.dynamodb.catalog import DynamoCatalog
from sayso.adapters.dynamodb.history import DynamoCampaignHistory
from sayso.adapters.dynamodb.pools import DynamoPools
from sayso.domain.campaign import Campaign, State
from sayso.domain.offer import Codes, Offer
from sayso.domain.pool import Pool
from sayso.domain.run import RunState
from sayso.services.choosing import Chooser
from sayso.services.counting import AudienceCount
from sayso.services.pool_reserving import PoolReserving
from sayso.services.pools import PoolDesk
from sayso.services.ports.campaigns import RunMove
from sayso.services.refusals import Invalid
from tests.support.campaign_pipeline import Pipeline, opened_pipeline
from tests.support.campaigns import a_campaign, a_run, a_subscriber
from tests.support.table import TABLE

CODES = [f"TILL-{number:04d}" for number in range(500)]
TEXT = "Bluebird Coffee: {{ offer }}! Show {{ code }} at the till. Reply STOP to end."


@pytest.fixture
def pipeline() -> Iterator[Pipeline]:
    with opened_pipeline() as opened:
        for number in range(501):
            opened.put(a_subscriber(f"+13125{number:06d}"))
        yield opened


def desk_of(pipeline: Pipeline) -> PoolDesk:
    client, store = pipeline.dynamodb, pipeline.store
    catalog, pools = DynamoCatalog(client, TABLE), DynamoPools(client, TABLE)
    counting = AudienceCount(
        DynamoAudience(client, TABLE), Chooser(DynamoCampaignHistory(client, TABLE), catalog)
    )
    reserving = PoolReserving(pools, counting, catalog, store.get)
    return PoolDesk(pools, reserving, lambda: "P1")


def due(pipeline: Pipeline, pool: Pool) -> Campaign:
    """A campaign that has been scheduled with the pool, but for its reservation."""
    now = datetime.now(UTC)
    offer = Offer("A till roll", Codes.POOL, pool=pool.id)
    campaign = replace(a_campaign(state=State.SCHEDULED, runs=("R1",)), body=TEXT, offer=offer)
    run = replace(
        a_run(due_at=now),
        state=RunState.WAITING,
        body=TEXT,
        offer=offer,
        valid_until=now + timedelta(9),
    )
    pipeline.store.save(None, campaign, [RunMove(None, run)])
    return campaign


def test_a_pool_of_500_is_too_small_for_501_and_enough_for_500(pipeline: Pipeline) -> None:
    now, desk = datetime.now(UTC), desk_of(pipeline)
    pool = desk.create("Till rolls", CODES, now).pool
    campaign = due(pipeline, pool)
    with pytest.raises(Invalid, match="1 code is missing: the audience has 501 people"):
        desk.reserving.reserve(campaign, now)

    pipeline.dynamodb.delete_item(
        TableName=TABLE, Key={"pk": {"S": "S#+13125000500"}, "sk": {"S": "SUBSCRIBER"}}
    )
    desk.reserving.reserve(campaign, now)
    pipeline.run("R1")

    texts = pipeline.campaign_texts("C1")
    shown = Counter(text["body"].partition("Show ")[2].split()[0] for text in texts)
    assert len({text["to"] for text in texts}) == 500
    assert shown == Counter(CODES)
    left = desk.get(pool.id, now)
    assert (left.given, left.free, left.reserved) == (500, 0, {})
    assert pipeline.report("C1").sent == 500
