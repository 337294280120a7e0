"""The carrier's resources: opt-out lists, origination numbers, configuration sets."""

import base64
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from sayso_local.phones.carrier import Carrier
from sayso_local.phones.numbers import normal_destination
from sayso_local.phones.opt_outs import OptedInTooSoon, OptedOut
from sayso_local.phones.refusals import conflict, invalid, not_found

_T = TypeVar("_T")
_PAGE = 100
_TOKEN = "after:"
_STARTED = 1_700_000_000  # the numbers and the configuration set were there before the simulator


def put_opted_out_number(carrier: Carrier, request: Mapping[str, Any]) -> dict[str, Any]:
    name, phone = _list_name(carrier, request), _phone(request["OptedOutNumber"])
    entry = carrier.opt_outs.put(name, phone)
    carrier.tell_opt_out(phone)
    return {**_list_answer(carrier, name), **_entry(entry)}


def delete_opted_out_number(carrier: Carrier, request: Mapping[str, Any]) -> dict[str, Any]:
    name, phone = _list_name(carrier, request), _phone(request["OptedOutNumber"])
    entry = carrier.opt_outs.find(name, phone)
    if entry is None:
        raise not_found("opted-out-number", phone)
    try:
        carrier.opt_outs.delete(name, phone, carrier.conditions.opt_in_interval_days)
    except OptedInTooSoon as error:
        raise invalid(
            "PHONE_NUMBER_CANNOT_BE_OPTED_IN",
            "The number was taken off the opt-out list too recently.",
            ("OptedOutNumber", "Taken off too recently"),
        ) from error
    carrier.tell_opt_out(phone)
    return {**_list_answer(carrier, name), **_entry(entry)}


def describe_opted_out_numbers(carrier: Carrier, request: Mapping[str, Any]) -> dict[str, Any]:
    name = _list_name(carrier, request)
    wanted = request.get("OptedOutNumbers")
    if wanted:
        entries = [_required_entry(carrier, name, number) for number in wanted]
    else:
        entries = carrier.opt_outs.all(name)
    for condition in request.get("Filters") or ():
        values = [value.lower() for value in condition["Values"]]
        entries = [entry for entry in entries if str(entry.by_customer).lower() in values]
    page, token = _page(entries, request, lambda entry: entry.phone)
    answer = {**_list_answer(carrier, name), "OptedOutNumbers": [_entry(e) for e in page]}
    return {**answer, **token}


def describe_opt_out_lists(carrier: Carrier, request: Mapping[str, Any]) -> dict[str, Any]:
    lists = carrier.opt_outs.names()
    wanted = [
        _known_list(carrier, name) for name in request.get("OptOutListNames") or sorted(lists)
    ]
    page, token = _page(wanted, request, str)
    described = [{**_list_answer(carrier, name), "CreatedTimestamp": lists[name]} for name in page]
    return {"OptOutLists": described, **token}


def create_opt_out_list(carrier: Carrier, request: Mapping[str, Any]) -> dict[str, Any]:
    name = request["OptOutListName"]
    if name in carrier.opt_outs.names():
        raise conflict("RESOURCE_ALREADY_EXISTS", "The opt-out list exists.", "opt-out-list", name)
    made = carrier.opt_outs.create(name)
    tags = request.get("Tags") or []
    return {**_list_answer(carrier, name), "Tags": tags, "CreatedTimestamp": made}


def describe_phone_numbers(carrier: Carrier, request: Mapping[str, Any]) -> dict[str, Any]:
    numbers = list(carrier.numbers)
    for identity in request.get("PhoneNumberIds") or ():
        if not any(number.is_named(identity) for number in carrier.numbers):
            raise not_found("phone-number", identity)
    if request.get("PhoneNumberIds"):
        numbers = [n for n in numbers if any(n.is_named(i) for i in request["PhoneNumberIds"])]
    page, token = _page(numbers, request, lambda number: number.number)
    described = [
        number.described(carrier.settings.opt_out_list, carrier.conditions.inbound_topic, _STARTED)
        for number in page
    ]
    return {"PhoneNumbers": described, **token}


def describe_configuration_sets(carrier: Carrier, request: Mapping[str, Any]) -> dict[str, Any]:
    known = carrier.conditions.configuration_set
    for name in request.get("ConfigurationSetNames") or ():
        if name.rpartition("/")[2] != known:
            raise not_found("configuration-set", name)
    return {"ConfigurationSets": [_configuration_set(carrier, known)] if known else []}


def _configuration_set(carrier: Carrier, name: str) -> dict[str, Any]:
    topic = carrier.conditions.event_topic
    destination = {
        "EventDestinationName": "delivery-events",
        "Enabled": True,
        "MatchingEventTypes": ["TEXT_ALL"],
        "SnsDestination": {"TopicArn": topic},
    }
    return {
        "ConfigurationSetArn": _arn(carrier, f"configuration-set/{name}"),
        "ConfigurationSetName": name,
        "EventDestinations": [destination] if topic else [],
        "CreatedTimestamp": _STARTED,
    }


def _list_name(carrier: Carrier, request: Mapping[str, Any]) -> str:
    return _known_list(carrier, request["OptOutListName"])


def _known_list(carrier: Carrier, name_or_arn: str) -> str:
    name = name_or_arn.rpartition("/")[2]
    if name not in carrier.opt_outs.names():
        raise not_found("opt-out-list", name_or_arn)
    return name


def _phone(number: str) -> str:
    phone = normal_destination(number)
    if phone is None:
        raise invalid(
            "INVALID_PARAMETER",
            "The phone number is not valid.",
            ("OptedOutNumber", "Not a phone number in E.164 format"),
        )
    return phone


def _required_entry(carrier: Carrier, name: str, number: str) -> OptedOut:
    entry = carrier.opt_outs.find(name, _phone(number))
    if entry is None:
        raise not_found("opted-out-number", number)
    return entry


def _entry(entry: OptedOut) -> dict[str, Any]:
    return {
        "OptedOutNumber": entry.phone,
        "OptedOutTimestamp": entry.at,
        "EndUserOptedOut": entry.by_customer,
    }


def _list_answer(carrier: Carrier, name: str) -> dict[str, Any]:
    return {"OptOutListArn": _arn(carrier, f"opt-out-list/{name}"), "OptOutListName": name}


def _arn(carrier: Carrier, resource: str) -> str:
    settings = carrier.settings
    return f"arn:aws:sms-voice:{settings.region}:{settings.account}:{resource}"


def _page(
    items: Sequence[_T], request: Mapping[str, Any], key: Callable[[_T], str]
) -> tuple[Sequence[_T], dict[str, str]]:
    """A page of sorted items, and the token of the next one, which starts after this one's last.

    Items may come and go between two pages.
    """
    token = request.get("NextToken")
    start = bisect_right(items, _key_in(token), key=key) if token else 0
    end = start + (request.get("MaxResults") or _PAGE)
    page = items[start:end]
    return page, ({"NextToken": _token(key(page[-1]))} if end < len(items) else {})


def _token(key: str) -> str:
    return base64.urlsafe_b64encode(f"{_TOKEN}{key}".encode()).decode()


def _key_in(token: str) -> str:
    try:
        key = base64.urlsafe_b64decode(token).decode()
    except ValueError:
        key = ""
    if not key.startswith(_TOKEN):
        raise invalid("INVALID_NEXT_TOKEN", "The token is not valid.", ("NextToken", "Invalid"))
    return key.removeprefix(_TOKEN)
