"""Records of the table's stream: what has become of a subscriber, or of a triggered campaign."""

from collections.abc import Mapping
from typing import Any

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.campaigns import campaign_from
from sayso.adapters.dynamodb.contacts import contact_from
from sayso.adapters.dynamodb.keys import TRIGGERED
from sayso.domain.campaign import Campaign
from sayso.domain.contact import Contact

_SUBSCRIBER = keys.subscriber("")["sk"]

ContactChange = tuple[Contact | None, Contact]
CampaignChange = tuple[Campaign | None, Campaign]


def contact_change(record: Mapping[str, Any]) -> ContactChange | None:
    """The subscriber before (None: new) and after; None for a record of something else."""
    images = record["dynamodb"]
    if images["Keys"]["sk"]["S"] != _SUBSCRIBER or "NewImage" not in images:
        return None
    before = images.get("OldImage")
    return contact_from(before) if before else None, contact_from(images["NewImage"])


def campaign_change(record: Mapping[str, Any]) -> CampaignChange | None:
    """The triggered campaign before (None: new) and after; None for a record of something else."""
    images = record["dynamodb"]
    if images["Keys"]["pk"]["S"] != TRIGGERED or "NewImage" not in images:
        return None
    before = images.get("OldImage")
    return campaign_from(before) if before else None, campaign_from(images["NewImage"])
