"""Delivery events as AWS End User Messaging SMS publishes them.

Source: AWS End User Messaging SMS user guide, "Example event data", as of 2026-11.
"""

import json
from datetime import UTC, datetime
from decimal import Decimal, DecimalException
from typing import Any

from sayso.domain.delivery import DeliveryEvent
from sayso.domain.phone import NotAPhoneNumber, parse_phone

_MILLION = 1_000_000
# No text costs a hundred dollars.
_DEAREST = 100 * _MILLION


class MalformedEvent(ValueError):
    """Not an event of a text, or one without what it takes to find the text."""


def parse_delivery_event(body: str) -> DeliveryEvent:
    """The event in a message that SNS delivers raw. Raises MalformedEvent, without quoting it."""
    try:
        values = json.loads(body)
        return _event(values)
    except (
        AttributeError,
        KeyError,
        NotAPhoneNumber,
        OSError,
        OverflowError,
        TypeError,
        ValueError,
    ):
        raise MalformedEvent("not the form of a delivery event") from None


def _event(values: dict[str, Any]) -> DeliveryEvent:
    context = values.get("context") or {}
    return DeliveryEvent(
        type=str(values["eventType"]),
        phone=parse_phone(values["destinationPhoneNumber"]),
        at=datetime.fromtimestamp(values["eventTimestamp"] / 1000, UTC),
        message_id=str(values["messageId"]),
        is_final=values["isFinal"] is True,
        context={str(name): str(value) for name, value in context.items()},
        price=_price(values),
    )


def _price(values: dict[str, Any]) -> int | None:
    """AWS's price and the carriers' fee together: they are billed beside each other, in dollars.

    None where they make no sense: what became of a text is not lost for want of its price.
    """
    amounts = [values.get(name) for name in ("totalMessagePrice", "totalCarrierFee")]
    if not isinstance(amounts[0], int | float):
        return None
    try:
        # Not by way of floats: 0.00581 dollars are 5,810 millionths, neither one more nor one less.
        price = int(sum(Decimal(str(amount or 0)) for amount in amounts) * _MILLION)
    except (DecimalException, OverflowError, ValueError):
        return None
    return price if 0 <= price <= _DEAREST else None
