"""Ledger entries as items. They are put once and never updated."""

from collections.abc import Mapping
from typing import Any

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.items import Item, from_item, parse_time, to_item
from sayso.domain.ledger import EVIDENCE_FIELDS, Change, Entry, Evidence


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


def entry_from(item: Mapping[str, Any]) -> Entry:
    """The entry that an item holds."""
    values = from_item(item)
    evidence = {name: values.get(name, "") for name in EVIDENCE_FIELDS}
    evidence["at"] = parse_time(values["at"])
    return Entry(
        seq=values["seq"],
        previous=values.get("previous", ""),
        change=Change(values["change"]),
        evidence=Evidence(**evidence),
        digest=values["digest"],
    )
