"""Delivery events as AWS End User Messaging SMS writes them (its user guide's example)."""

from collections.abc import Mapping
from typing import Any


def delivery_event(
    phone: str, kind: str, context: Mapping[str, str] | None, *, final: bool = True
) -> dict[str, Any]:
    """The event of a text to `phone`; without a context, the carrier leaves the field out."""
    event = {
        "eventType": kind,
        "eventVersion": "1.0",
        "eventTimestamp": 1686975103470,
        "isFinal": final,
        "originationPhoneNumber": "80808",
        "destinationPhoneNumber": phone,
        "isoCountryCode": "US",
        "mcc": "310",
        "mnc": "800",
        "messageId": "862a8790-60c0-4430-9b2b-658bdexample",
        "messageRequestTimestamp": 1686975103170,
        "messageEncoding": "GSM",
        "messageType": "PROMOTIONAL",
        "messageStatus": kind.removeprefix("TEXT_"),
        "messageStatusDescription": "Message has been accepted by phone carrier",
        "totalMessageParts": 1,
        "totalMessagePrice": 0.00645,
        "totalCarrierFee": 0.0,
    }
    return event if context is None else event | {"context": dict(context)}
