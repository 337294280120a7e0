"""SendTextMessage: what the carrier checks before it takes a text, in this order."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sayso.domain.parts import Parts, count_parts
from sayso_local.phones.carrier import Carrier
from sayso_local.phones.numbers import OriginationNumber, normal_destination
from sayso_local.phones.refusals import Refusal, invalid, not_found, opted_out, throttled
from sayso_local.phones.texts import Outbound

# The most that AWS takes in one text, in the units of its encoding.
_LARGEST = {"GSM-7": 1_530, "UCS-2": 630}


@dataclass(frozen=True, slots=True)
class _Checked:
    number: str
    phone: str
    parts: Parts


def send_text_message(carrier: Carrier, request: Mapping[str, Any]) -> dict[str, Any]:
    """Take the text, or only say that it would be taken (DryRun). Raises Refusal."""
    checked = _check(carrier, request)
    if not carrier.throughput.take(
        checked.number, checked.parts.parts, carrier.conditions.parts_per_second
    ):
        raise throttled()
    if request.get("DryRun"):
        return {"MessageId": str(uuid.uuid4())}
    return {"MessageId": carrier.send(_outbound(carrier, request, checked)).message_id}


def _outbound(carrier: Carrier, request: Mapping[str, Any], checked: _Checked) -> Outbound:
    return Outbound(
        number=checked.number,
        phone=checked.phone,
        body=request["MessageBody"],
        message_type=request.get("MessageType") or "TRANSACTIONAL",
        context=request.get("Context") or {},
        time_to_live_s=request.get("TimeToLive"),
        wants_events=_has_event_destination(carrier, request),
    )


def _has_event_destination(carrier: Carrier, request: Mapping[str, Any]) -> bool:
    """Events follow a configuration set. With none set up here, every text has them."""
    if carrier.conditions.event_topic is None:
        return False
    return carrier.conditions.configuration_set is None or bool(request.get("ConfigurationSetName"))


def _check(carrier: Carrier, request: Mapping[str, Any]) -> _Checked:
    phone = _destination(request)
    number = _origination(carrier, request)
    _check_resources(carrier, request)
    parts = _size(request)
    _check_price(carrier, request, parts)
    if carrier.opt_outs.find(carrier.settings.opt_out_list, phone):
        raise opted_out(phone)
    return _Checked(number.number, phone, parts)


def _destination(request: Mapping[str, Any]) -> str:
    phone = normal_destination(request["DestinationPhoneNumber"])
    if phone is None:
        raise invalid(
            "INVALID_PARAMETER",
            "The destination phone number is not valid.",
            ("DestinationPhoneNumber", "Not a phone number in E.164 format"),
        )
    return phone


def _origination(carrier: Carrier, request: Mapping[str, Any]) -> OriginationNumber:
    identity = request.get("OriginationIdentity")
    if identity is None:
        return carrier.numbers[0]
    for number in carrier.numbers:
        if number.is_named(identity):
            return number
    raise not_found(_kind_of(identity), identity)


def _kind_of(identity: str) -> str:
    if "pool-" in identity:
        return "pool"
    looks_like_number = "phone-" in identity or identity.removeprefix("+").isdigit()
    return "phone-number" if looks_like_number else "sender-id"


def _check_resources(carrier: Carrier, request: Mapping[str, Any]) -> None:
    name = request.get("ConfigurationSetName")
    known = carrier.conditions.configuration_set
    if name and known and name.rpartition("/")[2] != known:
        raise not_found("configuration-set", name)
    if request.get("ProtectConfigurationId"):
        raise not_found("protect-configuration", request["ProtectConfigurationId"])


def _size(request: Mapping[str, Any]) -> Parts:
    body = request.get("MessageBody")
    if body is None:
        raise _missing_body()
    parts = count_parts(body)
    if parts.units > _LARGEST[parts.encoding]:
        raise invalid(
            "MAXIMUM_SIZE_EXCEEDED",
            f"The message body takes {parts.units} {parts.encoding} units in {parts.parts} parts; "
            f"the limit is {_LARGEST[parts.encoding]} units.",
            ("MessageBody", "Too long"),
        )
    return parts


def _missing_body() -> Refusal:
    return invalid(
        "MISSING_PARAMETER", "The message body is missing.", ("MessageBody", "Missing parameter")
    )


def _check_price(carrier: Carrier, request: Mapping[str, Any], parts: Parts) -> None:
    limit = request.get("MaxPrice")
    conditions = carrier.conditions
    price = (conditions.price_per_part + conditions.carrier_fee_per_part) * parts.parts
    if limit is not None and price > float(limit):
        raise invalid(
            "PRICE_OVER_THRESHOLD",
            f"The text costs {price:.5f} US dollars, more than MaxPrice.",
            ("MaxPrice", "Below the price of the text"),
        )
