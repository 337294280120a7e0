"""A customer's text as each door delivers it."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sayso.domain.exchange import InboundText
from sayso.domain.phone import NotAPhoneNumber, parse_phone


class Malformed(ValueError):
    """The payload lacks what makes it a text from a phone; the message names what, not whose."""


def json_object(content: str | bytes) -> dict[str, Any]:
    """The JSON object that `content` is. Raises Malformed."""
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        raise Malformed("what was sent is not JSON") from None
    if not isinstance(found, dict):
        raise Malformed("what was sent is not a JSON object")
    return found


def from_end_user_messaging(payload: Mapping[str, Any], received_at: datetime) -> InboundText:
    """The text in a two-way message's SNS payload, which has no time of its own.

    `messageKeyword` is what AWS matched among registered keywords: the body is parsed instead.
    """
    return InboundText(
        phone=_phone(payload, "originationNumber"),
        number=_said(payload, "destinationNumber"),
        body=_body(payload, "messageBody"),
        message_id=_said(payload, "inboundMessageId"),
        received_at=received_at,
        door="sns",
    )


def from_twilio(fields: Mapping[str, str], received_at: datetime) -> InboundText:
    """The text in Twilio's form fields. `OptOutType` names what Twilio has answered itself."""
    return InboundText(
        phone=_phone(fields, "From"),
        number=_said(fields, "To"),
        body=_body(fields, "Body"),
        message_id=_said(fields, "MessageSid"),
        received_at=received_at,
        door="twilio",
        answered_by_carrier=fields.get("OptOutType") in ("STOP", "HELP"),
    )


def _body(payload: Mapping[str, Any], name: str) -> str:
    """The customer's words, which may be none (a picture alone).

    A carrier that cuts an emoji in two leaves half a surrogate pair, which no storage takes.
    """
    value = payload.get(name) or ""
    if not isinstance(value, str):
        raise Malformed(f"{name} is not a text")
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _said(payload: Mapping[str, Any], name: str) -> str:
    value = payload.get(name)
    if not isinstance(value, str) or not value:
        raise Malformed(f"{name} is missing")
    return value


def _phone(payload: Mapping[str, Any], name: str) -> str:
    try:
        return parse_phone(_said(payload, name))
    except NotAPhoneNumber:
        raise Malformed(f"{name} is not a phone number in E.164") from None
