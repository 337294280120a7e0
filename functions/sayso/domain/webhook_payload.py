"""What an endpoint is told: the event as JSON, the same bytes on every attempt."""

import json
from decimal import Decimal
from typing import Any

from sayso.domain.activity import Activity

_A_DOLLAR = 1_000_000
_PLAIN = ("phone", "campaign", "run", "variant", "channel", "location", "place", "code")


def payload(activity: Activity) -> str:
    """`{"type", "timestamp", "data"}`, as Standard Webhooks has it; what is not known is null."""
    data: dict[str, Any] = {"id": activity.id}
    data |= {name: getattr(activity, name) or None for name in _PLAIN}
    data["amount"] = _dollars(activity.amount)
    data["redeemed_at"] = activity.undoes.isoformat() if activity.undoes else None
    told = {"type": str(activity.kind), "timestamp": activity.at.isoformat(), "data": data}
    return json.dumps(told, separators=(",", ":"))


def _dollars(amount: int | None) -> str | None:
    """Millionths of a dollar as text, since JSON's readers make money inexact: `23.50`."""
    return None if amount is None else f"{Decimal(amount) / _A_DOLLAR:.2f}"
