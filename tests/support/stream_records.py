"""Records of the table's stream, as Lambda gets them."""

from typing import Any

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.campaigns import campaign_item
from sayso.adapters.dynamodb.contacts import contact_attributes
from sayso.adapters.dynamodb.coupon_items import coupon_item, use_item
from sayso.adapters.dynamodb.items import Item, to_item
from sayso.domain.campaign import Campaign
from sayso.domain.contact import Contact
from sayso.domain.coupon import Coupon, Use


def of_subscriber(before: Contact | None, after: Contact) -> dict[str, Any]:
    """What the table says when a subscriber is written."""
    key = to_item(keys.subscriber(after.phone))
    old = key | contact_attributes(before) | _of_the_shop(before) if before else None
    return a_record(key, old, key | contact_attributes(after) | _of_the_shop(after))


def of_campaign(before: Campaign | None, after: Campaign) -> dict[str, Any]:
    """What the table says when a triggered campaign is written."""
    key = to_item(keys.triggered(after.id))
    old = campaign_item(before) | key if before else None
    return a_record(key, old, campaign_item(after) | key)


def of_coupon(before: Coupon | None, after: Coupon) -> dict[str, Any]:
    """What the table says when a coupon is written."""
    old = coupon_item(before) if before else None
    return a_record(to_item(keys.coupon(after.code)), old, coupon_item(after))


def of_use(before: Use | None, after: Use) -> dict[str, Any]:
    """What the table says when a use of a coupon is written."""
    old = use_item(before) if before else None
    return a_record(to_item(keys.use(after.code, after.id)), old, use_item(after))


def of_plain_campaign(before: Campaign | None, after: Campaign) -> dict[str, Any]:
    """What the table says when a campaign is written, its copy aside."""
    old = campaign_item(before) if before else None
    return a_record(to_item(keys.campaign(after.id)), old, campaign_item(after))


def a_record(key: Item, old: Item | None, new: Item | None) -> dict[str, Any]:
    images = {"OldImage": old, "NewImage": new}
    return {
        "eventID": "c4ca4238a0b923820dcc509a6f75849b",
        "eventName": "REMOVE" if new is None else "MODIFY" if old else "INSERT",
        "eventVersion": "1.1",
        "eventSource": "aws:dynamodb",
        "awsRegion": "us-east-1",
        "dynamodb": {
            "ApproximateCreationDateTime": 1795456800,
            "Keys": key,
            "SequenceNumber": "4421584500000000017450439091",
            "SizeBytes": 26,
            "StreamViewType": "NEW_AND_OLD_IMAGES",
            **{name: image for name, image in images.items() if image},
        },
        "eventSourceARN": "arn:aws:dynamodb:us-east-1:123456789012:table/sayso-test/stream/x",
    }


def _of_the_shop(contact: Contact) -> Item:
    return to_item({"visited_at": contact.visited_at, "redeemed_at": contact.redeemed_at})
