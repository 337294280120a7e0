"""The items of a coupon and of its uses."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.items import Item, from_item, parse_time, to_item
from sayso.domain.coupon import Coupon, Use, Way

_ENDINGS = ("_at", "_from", "_until", "at")
_COUPON = {one.name for one in fields(Coupon)}
_USE = {one.name for one in fields(Use)}


def coupon_item(coupon: Coupon) -> Item:
    """The whole item of a coupon: it outlives its offer, so that a late visitor is told so."""
    values = asdict(coupon) | {"places": coupon.places or None}
    ends = keys.expires_at(max(coupon.valid_until or coupon.issued_at, coupon.issued_at))
    return to_item(keys.coupon(coupon.code) | values | {"expires_at": ends})


def coupon_from(item: Mapping[str, Any]) -> Coupon:
    """The coupon that an item holds; "" stands for the phone of somebody who is forgotten."""
    values = _values(item, _COUPON)
    return Coupon(**{"phone": "", **values, "places": tuple(values.get("places", ()))})


def use_item(use: Use) -> Item:
    """The whole item of a use, key and lifetime included."""
    values = keys.use(use.code, use.id) | asdict(use)
    return to_item(values | {"expires_at": keys.expires_at(use.at)})


def use_from(item: Mapping[str, Any]) -> Use:
    """The use that an item holds."""
    values = _values(item, _USE)
    return Use(**{**values, "way": Way(values["way"])})


def _values(item: Mapping[str, Any], names: set[str]) -> dict[str, Any]:
    values = from_item({name: item[name] for name in names if name in item})
    times = {name for name in values if name.endswith(_ENDINGS)}
    return values | {name: parse_time(values[name]) for name in times}
