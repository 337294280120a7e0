"""Ledger entries as items. They are put once; an erasure leaves their place in the chain."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.items import Item, from_item, to_item
from sayso.domain.ledger import (
    EVIDENCE_FIELDS,
    Change,
    Entry,
    Erased,
    Evidence,
    Kept,
    Line,
    Unreadable,
)


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


def erased_item(phone: str, erased: Erased) -> Item:
    """The whole item of what stays of an entry."""
    said = {"seq": erased.seq, "previous": erased.previous, "digest": erased.digest}
    return to_item({**keys.ledger_entry(phone, erased.seq), **said})


def line_from(item: Mapping[str, Any]) -> Line:
    """The entry that an item holds, or that it holds none: someone may have edited it."""
    try:
        line: Kept = entry_from(item) if item.keys() - _OF_ERASED else _erased_from(item)
    except (KeyError, TypeError, ValueError):
        return Unreadable(item["sk"]["S"])
    key = keys.ledger_entry("", line.seq)
    return line if item["sk"]["S"] == key["sk"] else Unreadable(item["sk"]["S"])


_OF_ERASED = frozenset({"pk", "sk", "seq", "previous", "digest"})


def _erased_from(item: Mapping[str, Any]) -> Erased:
    values = from_item(item)
    return Erased(_number(values), _text(values, "previous"), _text(values, "digest"))


def entry_from(item: Mapping[str, Any]) -> Entry:
    """The entry that an item holds. Raises KeyError, TypeError or ValueError where it is none."""
    values = from_item(item)
    said: dict[str, Any] = {name: _text(values, name) for name in EVIDENCE_FIELDS}
    said["at"] = _instant(values["at"])
    return Entry(
        seq=_number(values),
        previous=_text(values, "previous"),
        change=Change(values["change"]),
        evidence=Evidence(**said),
        digest=_text(values, "digest"),
    )


def _number(values: Mapping[str, Any]) -> int:
    seq = values["seq"]
    if type(seq) is not int:
        raise TypeError("an entry's number is no number")
    return seq


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
