"""`python -m benchmarks.redeem_calls_worker`: what DynamoDB does for a redemption, as JSON.

A batch of offers is sent to a table of moto's, and staff redeem one person's code and then, which
is counted, another's: a worker's first text finds nothing that it knows.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from moto import mock_aws

from benchmarks.campaign import NOON, OFFERED
from benchmarks.send_calls_worker import Meter, sent
from benchmarks.shop import TABLE
from benchmarks.texting import Context, inbound_event
from benchmarks.worker import NoonClock, take_stdout
from sayso.adapters.aws import client
from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.campaigns import DynamoCampaigns
from sayso.adapters.dynamodb.items import to_item
from sayso.domain.campaign import Campaign, Kind, State
from sayso.domain.catalog import Staff
from sayso.handlers import inbound, inbound_texts, send

_MIA = Staff("+13125550155", "Mia", "DOWNTOWN")
_CAMPAIGN = Campaign(
    *(OFFERED.campaign_id, "Cinnamon week", Kind.OFFER, OFFERED.body, NOON, NOON),
    locations=OFFERED.locations,
    state=State.SENDING,
    runs=(OFFERED.id,),
    open_runs=1,
)


def main() -> None:
    """Print the counts. Raises RuntimeError where nothing was redeemed."""
    results = take_stdout()
    for function in (send, inbound):
        NoonClock.give_to(function, NOON)
    with mock_aws():
        sent(OFFERED)
        results.write(f"{json.dumps(_redeemed())}\n")


def _redeemed() -> dict[str, Any]:
    dynamodb = client("dynamodb")
    dynamodb.put_item(TableName=TABLE, Item=to_item(keys.staff(_MIA.phone) | asdict(_MIA)))
    DynamoCampaigns(dynamodb, TABLE).save(None, _CAMPAIGN, [])
    inbound_texts.use_case.cache_clear()
    first, second, *_ = _codes(dynamodb)
    inbound.handler(inbound_event(_MIA.phone, f"USE {first}"), Context())
    meter = Meter(dynamodb)
    inbound.handler(inbound_event(_MIA.phone, f"USE {second} 4.50"), Context())
    counts = meter.counts
    if _uses(dynamodb) != 2:
        raise RuntimeError("the codes were not redeemed")
    return counts


def _codes(dynamodb: Any) -> Iterator[str]:
    return (one["pk"]["S"].partition("#")[2] for one in _items(dynamodb) if _is(one, "COUPON"))


def _uses(dynamodb: Any) -> int:
    return sum(_is(one, "USE#") for one in _items(dynamodb))


def _items(dynamodb: Any) -> Iterator[dict[str, Any]]:
    pages = dynamodb.get_paginator("scan").paginate(TableName=TABLE)
    return (item for page in pages for item in page["Items"] if _is_of_code(item))


def _is(item: dict[str, Any], beginning: str) -> bool:
    return str(item["sk"]["S"]).startswith(beginning)


def _is_of_code(item: dict[str, Any]) -> bool:
    return str(item["pk"]["S"]).startswith("CODE#")


if __name__ == "__main__":
    main()
