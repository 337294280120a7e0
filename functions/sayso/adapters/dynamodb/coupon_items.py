"""Coupons as items of the table."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.items import Item, from_item, parse_time, to_item
from sayso.domain.coupon import Coupon

_NAMES = tuple(one.name for one in fields(Coupon))
_TIMES = ("issued_at", "valid_from", "valid_until", "last_used_at", "clicked_at", "withdrawn_at")


def coupon_from(item: Mapping[str, Any]) -> Coupon:
    """The coupon that an item holds; "" stands for the phone of somebody who is forgotten."""
    values = from_item(item)
    known: dict[str, Any] = {name: values[name] for name in _NAMES if name in values}
    times = {name: parse_time(values.get(name)) for name in _TIMES}
    places = tuple(values.get("places", ()))
    return Coupon(**{"phone": "", **known, **times, "places": places})


def coupon_item(coupon: Coupon) -> Item:
    """The item of a coupon: it outlives its offer, so that a late visitor is told so."""
    values = asdict(coupon) | {"places": coupon.places or None}
    until = max(coupon.valid_until or coupon.issued_at, coupon.issued_at)
    lasting = {"expires_at": keys.expires_at(until)}
    return to_item(keys.coupon(coupon.code) | values | lasting)
