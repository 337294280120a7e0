"""Records of the table's stream that tell what people did, or that a campaign has ended."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.campaigns import campaign_from
from sayso.adapters.dynamodb.contacts import contact_from
from sayso.adapters.dynamodb.coupon_items import coupon_from, use_from
from sayso.services.ports.activities import (
    CampaignChange,
    Change,
    ContactChange,
    CouponChange,
    UseChange,
)

_SUBSCRIBER = keys.subscriber("")["sk"]
_COUPON, _USE = keys.coupon("")["sk"], keys.use("", "")["sk"]
_Images = Mapping[str, Any]
_T = TypeVar("_T")


def change_of(record: Mapping[str, Any]) -> Change | None:
    """What a record says that has changed; None for one of something else, or of a deletion."""
    images = record["dynamodb"]
    pk, sk = images["Keys"]["pk"]["S"], images["Keys"]["sk"]["S"]
    if "NewImage" not in images:
        return None
    # Nobody who knows a number can tell its activities' ids from this: AWS makes the first part up.
    source = "|".join((record["eventID"], pk, sk))
    if sk == _SUBSCRIBER:
        return ContactChange(source, *_both(images, contact_from))
    if sk == _COUPON:
        return CouponChange(source, *_both(images, coupon_from))
    if sk.startswith(_USE):
        return UseChange(source, *_both(images, use_from))
    if pk == keys.CAMPAIGN:
        return CampaignChange(source, *_both(images, campaign_from))
    return None


def _both(images: _Images, read: Callable[[Mapping[str, Any]], _T]) -> tuple[_T | None, _T]:
    before = images.get("OldImage")
    return read(before) if before else None, read(images["NewImage"])
