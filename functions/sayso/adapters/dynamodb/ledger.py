"""Ledger entries as items. They are put once and never updated."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.items import Item, from_item, to_item
from sayso.domain.ledger import EVIDENCE_FIELDS, Change, Entry, Evidence, Line, Unreadable


def entry_item(entry: Entry) -> Item:
    """The whole item of a ledger entry; it has no lifetime: proof is kept."""
    evidence = {name: getattr(entry.evidence, name) for name in EVIDENCE_FIELDS}
    return to_item(
        {
            **keys.ledger_entry(entry.evidence.phone, entry.seq),
            "seq": entry.seq,
            "previous": entry.previous,
            "change": entry.change,
            "digest": entry.digest,
            **evidence,
        }
    )


def line_from(item: Mapping[str, Any]) -> Line:
    """The entry that an item holds, or that it holds none: someone may have edited it."""
    try:
        entry = entry_from(item)
    except (KeyError, TypeError, ValueError):
        return Unreadable(item["sk"]["S"])
    key = keys.ledger_entry(entry.evidence.phone, entry.seq)
    return entry if item["sk"]["S"] == key["sk"] else Unreadable(item["sk"]["S"])


def entry_from(item: Mapping[str, Any]) -> Entry:
    """The entry that an item holds. Raises KeyError, TypeError or ValueError where it is none."""
    values = from_item(item)
    said: dict[str, Any] = {name: _text(values, name) for name in EVIDENCE_FIELDS}
    said["at"] = _instant(values["at"])
    if type(values["seq"]) is not int:
        raise TypeError("an entry's number is no number")
    return Entry(
        seq=values["seq"],
        previous=_text(values, "previous"),
        change=Change(values["change"]),
        evidence=Evidence(**said),
        digest=_text(values, "digest"),
    )


def _text(values: Mapping[str, Any], name: str) -> str:
    value = values.get(name, "")
    if not isinstance(value, str):
        raise TypeError(f"an entry's {name} is no text")
    return value


def _instant(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError("an entry's time names no offset")
    return at
