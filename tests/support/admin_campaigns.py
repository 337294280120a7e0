"""Campaigns as a marketer writes them over the admin API, and people for them to go to."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.campaigns import DynamoCampaigns
from sayso.adapters.dynamodb.contacts import contact_attributes
from sayso.adapters.dynamodb.items import to_item
from sayso.domain.campaign import State
from sayso.domain.contact import Contact, Status
from sayso.domain.offer import Offer
from sayso.domain.run import RunState
from sayso.services.ports.campaigns import RunMove
from tests.support.campaigns import a_campaign, a_run
from tests.support.console import Console
from tests.support.table import TABLE

# It is 2026-11-23, 12:00 in Chicago.
TOMORROW = {"at": "2026-11-24T10:00:00", "timezone": "recipient"}
EVERY_TIME = {"now": False, "cron": None, "on": None, "days": 0, "delay_minutes": 0}
CAMPAIGN = {
    "name": "Cinnamon week",
    "kind": "offer",
    "body": "Bluebird Coffee: two cinnamon rolls for one today. Reply STOP to end.",
    "audience": {"locations": ["DOWNTOWN", "DENVER"]},
    "schedule": TOMORROW,
}
UNKNOWN = "01KAMZ3S8E5XQW0V7Y9T2B4C6D"


def draft(shop: Console, **changes: Any) -> str:
    """The id of a new campaign."""
    answer = shop.post("/admin/campaigns", CAMPAIGN | changes)
    assert answer.status == 201, answer.text
    found: str = answer.json["id"]
    return found


def finished(shop: Console, campaign_id: str, at: datetime, offer: Offer | None = None) -> None:
    """A campaign on the table whose only run, R1, came to its end then."""
    run = a_run("R1", RunState.FINISHED, campaign_id=campaign_id).finished(at)
    campaign = replace(a_campaign(campaign_id, State.FINISHED, runs=("R1",)), offer=offer)
    DynamoCampaigns(shop.dynamodb, TABLE).save(None, campaign, [RunMove(None, run)])


def subscribed(shop: Console, **locations: str) -> None:
    """Subscribers on the table: their numbers, by location."""
    for location, phone in locations.items():
        contact = Contact(phone, Status.SUBSCRIBED, revision=1, location=location)
        item = to_item(keys.subscriber(phone)) | contact_attributes(contact)
        shop.dynamodb.put_item(TableName=TABLE, Item=item)
