"""Between domain values and DynamoDB's attribute values.

boto3's own serializer is not used: importing it loads all of boto3 (a fifth of an inbound
function's start), and it turns every number into a Decimal. The few kinds of value that this
table holds are spelled out here instead: text, whole numbers, booleans, times, lists and maps.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

Item = dict[str, Any]

_EMPTY = (None, "")


def to_item(values: Mapping[str, Any]) -> Item:
    """Attribute values of the given ones; None and "" are left out, times become ISO 8601.

    Raises TypeError for a value of a kind that this table does not hold (a float, say).
    """
    return {name: to_attribute(value) for name, value in values.items() if value not in _EMPTY}


def from_item(item: Mapping[str, Any]) -> dict[str, Any]:
    """The plain values of an item."""
    return {name: from_attribute(value) for name, value in item.items()}


def to_attribute(value: Any) -> dict[str, Any]:
    """One value as DynamoDB's wire protocol spells it."""
    if isinstance(value, str):
        return {"S": str(value)}
    if isinstance(value, bool):
        return {"BOOL": value}
    if isinstance(value, int):
        return {"N": str(value)}
    if isinstance(value, datetime):
        return {"S": timestamp(value)}
    if isinstance(value, Mapping):
        return {"M": to_item(value)}
    if isinstance(value, list | tuple):
        return {"L": [to_attribute(one) for one in value]}
    raise TypeError(f"the table holds no values of type {type(value).__name__}")


def from_attribute(attribute: Mapping[str, Any]) -> Any:
    """The plain value of one attribute."""
    ((kind, value),) = attribute.items()
    match kind:
        case "S" | "BOOL":
            return value
        case "N":
            return int(value)
        case "M":
            return from_item(value)
        case "L":
            return [from_attribute(one) for one in value]
    raise TypeError(f"the table holds no attributes of type {kind}")


def timestamp(at: datetime) -> str:
    """ISO 8601 in UTC with milliseconds: sorts as text."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds")


def parse_time(text: str | None) -> datetime | None:
    """The time of an attribute that `timestamp` wrote; None where there was none."""
    return datetime.fromisoformat(text) if text else None
