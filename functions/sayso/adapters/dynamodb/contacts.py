"""The subscriber item: a Contact's attributes, and the index keys that make it findable."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import time, timedelta
from typing import Any

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.items import Item, from_item, parse_time, to_item
from sayso.domain.contact import Contact, Status
from sayso.domain.preference import NO_PREFERENCE, Preference

_ENDINGS = ("_at", "_since", "_until")
_TIMES = frozenset(one.name for one in fields(Contact) if one.name.endswith(_ENDINGS))
_A_SECOND = timedelta(seconds=1)
_NAMES = tuple(one.name for one in fields(Contact))
# Sends write these, without a new revision: an inbound text must never put an older value back.
_OWNED_BY_SENDS = frozenset({"last_run", "last_run_at", "last_run_groups"})
# So do the shop and what happens at its counters.
OWNED_BY_THE_SHOP = frozenset({"visited_at", "clicked_at", "redeemed_at", "attributes", "visits"})
OWNED_BY_TEXTS = frozenset(_NAMES) - _OWNED_BY_SENDS - OWNED_BY_THE_SHOP | {"gsi1pk", "gsi1sk"}


def contact_from(item: Mapping[str, Any]) -> Contact:
    """The contact that a subscriber item holds."""
    values = from_item({name: item[name] for name in _NAMES if name in item})
    values["status"] = Status(values["status"])
    for name in _TIMES & values.keys():
        values[name] = parse_time(values[name])
    values["preference"] = preference_from(values.get("preference"))
    return Contact(**values)


def contact_attributes(contact: Contact) -> Item:
    """The attributes of a subscriber item that inbound texts decide, its key not included.

    A stranger who only asked for help is no audience: such an item has no index keys.
    """
    values: dict[str, Any] = {
        name: getattr(contact, name) for name in _NAMES if name in OWNED_BY_TEXTS
    }
    if contact.status is not Status.UNKNOWN:
        shard = keys.shard_of(contact.phone)
        values["gsi1pk"] = keys.audience(contact.location, shard)
        values["gsi1sk"] = keys.standing(contact.status, contact.phone)
    values["preference"] = preference_values(contact.preference)
    return to_item(values)


def preference_values(preference: Preference) -> Mapping[str, Any] | None:
    """The map that the subscriber item holds; None for no preference, which is not stored."""
    if preference == NO_PREFERENCE:
        return None
    return {
        "most": preference.most,
        "within_s": preference.within // _A_SECOND,
        "opens": preference.opens.isoformat() if preference.opens else None,
        "closes": preference.closes.isoformat() if preference.closes else None,
    }


def preference_from(values: Mapping[str, Any] | None) -> Preference:
    """The preference that such a map holds."""
    if not values:
        return NO_PREFERENCE
    opens, closes = values.get("opens"), values.get("closes")
    return Preference(
        most=values.get("most"),
        within=values["within_s"] * _A_SECOND,
        opens=time.fromisoformat(opens) if opens else None,
        closes=time.fromisoformat(closes) if closes else None,
    )
