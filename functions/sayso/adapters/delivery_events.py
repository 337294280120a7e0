"""Delivery events as AWS End User Messaging SMS publishes them.

Source: AWS End User Messaging SMS user guide, "Example event data", as of 2026-11.
"""

import json
from datetime import UTC, datetime
from typing import Any

from sayso.domain.delivery import DeliveryEvent
from sayso.domain.phone import NotAPhoneNumber, parse_phone


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
    )
