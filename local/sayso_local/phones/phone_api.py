"""The phones' side: what a customer's hand, a script or the page can do."""

import dataclasses
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, StreamingResponse

from sayso_local.phones.carrier import Carrier, DifferentText
from sayso_local.phones.faults import Faults
from sayso_local.phones.fields import Field, read_fields
from sayso_local.phones.numbers import normal_destination
from sayso_local.phones.problems import Problem, read_json
from sayso_local.phones.texts import Delivery

_LONGEST = 1_600  # characters, as in the other direction
_NOT_BLANK = r"(?s).*\S.*"
_TEXT: Mapping[str, Field] = {
    "to": Field(str, required=True, longest=20, pattern=_NOT_BLANK),
    "body": Field(str, required=True, longest=_LONGEST, pattern=_NOT_BLANK),
    "inbound_message_id": Field(str, longest=100, pattern=r"[!-~]+"),
}
_PHONE: Mapping[str, Field] = {
    "delivery": Field(str, choices=tuple(Delivery)),
    "delay_ms": Field(int, least=0, most=86_400_000),
    "name": Field(str, longest=40),
    "opted_out": Field(bool),
}


async def post_text(request: Request) -> JSONResponse:
    """The customer texts: 202 with `inbound_message_id`."""
    carrier, phone = _carrier(request), _phone_number(request)
    fields = read_fields(await read_json(request), _TEXT)
    number = fields["to"].strip()
    if number not in (leased.number for leased in carrier.numbers):
        raise Problem(422, "to: nobody has that number.", [("to", "nobody has that number")])
    given = fields.get("inbound_message_id")
    try:
        text, is_new = carrier.receive(phone, number, fields["body"], given)
    except DifferentText as error:
        raise Problem(409, "That inbound_message_id was another text's.") from error
    answer = {
        "inbound_message_id": text.message_id,
        "duplicate": not is_new,
        "at": text.as_json()["at"],
    }
    return JSONResponse(answer, status_code=202)


async def get_thread(request: Request) -> JSONResponse:
    """The phone's thread, oldest first."""
    thread = _carrier(request).store.thread(_phone_number(request))
    return JSONResponse([text.as_json() for text in thread])


async def get_texts(request: Request) -> JSONResponse:
    """`?since=` an ISO 8601 time (its offset included; UTC if it has none), over all phones."""
    since = request.query_params.get("since")
    texts = _carrier(request).store.texts_since(_unix_time(since) if since else 0)
    return JSONResponse([text.as_json() for text in texts])


async def get_phones(request: Request) -> JSONResponse:
    """Every phone that the simulator knows."""
    carrier = _carrier(request)
    return JSONResponse([carrier.describe(phone) for phone in carrier.store.phones()])


async def get_phone(request: Request) -> JSONResponse:
    carrier = _carrier(request)
    return JSONResponse(carrier.describe(carrier.store.phone(_phone_number(request))))


async def put_phone(request: Request) -> JSONResponse:
    """How the carrier treats the number from now on; what isn't given stays as it is.

    `opted_out` changes the carrier's own list behind the shop's back: true as if the customer had
    told the carrier, false as if somebody had deleted the number at the console.
    """
    carrier, number = _carrier(request), _phone_number(request)
    fields = read_fields(await read_json(request), _PHONE)
    opted_out = fields.pop("opted_out", None)
    if opted_out is not None:
        carrier.list_behind_the_back(number, opted_out=opted_out)
    if "delivery" in fields:
        fields["delivery"] = Delivery(fields["delivery"])
    phone = dataclasses.replace(carrier.store.phone(number), **fields)
    carrier.put_phone(phone)
    return JSONResponse(carrier.describe(phone))


async def get_carrier(request: Request) -> JSONResponse:
    carrier = _carrier(request)
    return JSONResponse(_conditions(carrier))


async def put_carrier(request: Request) -> JSONResponse:
    """Change the carrier's conditions; what isn't given stays as it is."""
    carrier = _carrier(request)
    carrier.change_conditions(await read_json(request))
    return JSONResponse(_conditions(carrier))


async def put_faults(request: Request) -> JSONResponse:
    """Accidents to come, instead of those asked for before."""
    faults: Faults = request.app.state.faults
    faults.replace(await read_json(request))
    return JSONResponse(faults.waiting())


async def post_reset(request: Request) -> JSONResponse:
    """Forget threads, phones and opt-outs."""
    _carrier(request).reset()
    return JSONResponse({"status": "reset"})


async def get_health(request: Request) -> JSONResponse:
    """Ready, and whether the topics can be reached."""
    carrier = _carrier(request)
    return JSONResponse(
        {
            "status": "ok",
            "unpublished": carrier.store.outbox_size(),
            "trouble": carrier.publisher.trouble(),
        }
    )


async def get_events(request: Request) -> StreamingResponse:
    """The live stream: `text`, `phone`, `carrier`, `reset`; `hello` at its start."""
    return StreamingResponse(
        _carrier(request).live.listen(),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store"},
    )


def _carrier(request: Request) -> Carrier:
    carrier: Carrier = request.app.state.carrier
    return carrier


def _conditions(carrier: Carrier) -> dict[str, Any]:
    return {
        "numbers": [leased.number for leased in carrier.numbers],
        "opt_out_list": carrier.settings.opt_out_list,
        **carrier.conditions.as_json(),
    }


def _phone_number(request: Request) -> str:
    given: str = request.path_params["phone"]
    phone = normal_destination(given) if given.startswith("+") else None
    if phone is None:
        raise Problem(422, "The phone must be a number in E.164 form, such as +13125550101.")
    return phone


def _unix_time(text: str) -> float:
    # In a query string a plus sign means a space, and few people escape it.
    try:
        moment = datetime.fromisoformat(text.replace(" ", "+") if "T" in text else text)
    except ValueError as error:
        raise Problem(422, "since: not an ISO 8601 time.", [("since", "not ISO 8601")]) from error
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
