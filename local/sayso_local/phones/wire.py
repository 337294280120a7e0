"""The carrier's wire protocol (AWS JSON 1.0), so that an unmodified AWS client can talk to it."""

import asyncio
import json
import uuid
from collections.abc import Callable, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from sayso_local.phones.carrier import Carrier
from sayso_local.phones.problems import Problem, read_body
from sayso_local.phones.refusals import (
    Refusal,
    invalid_fields,
    not_serializable,
    unknown_operation,
)
from sayso_local.phones.resources import (
    create_opt_out_list,
    delete_opted_out_number,
    describe_configuration_sets,
    describe_opt_out_lists,
    describe_opted_out_numbers,
    describe_phone_numbers,
    put_opted_out_number,
)
from sayso_local.phones.sending import send_text_message
from sayso_local.phones.shapes import check_for, service_model

_PREFIX = "PinpointSMSVoiceV2."
_MEDIA_TYPE = "application/x-amz-json-1.0"

Operation = Callable[[Carrier, Mapping[str, Any]], dict[str, Any]]
OPERATIONS: Mapping[str, Operation] = {
    "SendTextMessage": send_text_message,
    "PutOptedOutNumber": put_opted_out_number,
    "DeleteOptedOutNumber": delete_opted_out_number,
    "DescribeOptedOutNumbers": describe_opted_out_numbers,
    "DescribeOptOutLists": describe_opt_out_lists,
    "CreateOptOutList": create_opt_out_list,
    "DescribePhoneNumbers": describe_phone_numbers,
    "DescribeConfigurationSets": describe_configuration_sets,
}


async def carrier_api(request: Request) -> Response:
    """`POST /` with an `X-Amz-Target`."""
    carrier: Carrier = request.app.state.carrier
    try:
        document, status = await _perform(carrier, request), 200
    except Refusal as refusal:
        document, status = refusal.as_json(), refusal.status
    if carrier.conditions.latency_ms:
        await asyncio.sleep(carrier.conditions.latency_ms / 1000)
    return _answer(document, status)


async def _perform(carrier: Carrier, request: Request) -> dict[str, Any]:
    operation = _operation(request.headers.get("x-amz-target", ""))
    if not request.headers.get("authorization", "").startswith("AWS4-"):
        raise Refusal("MissingAuthenticationTokenException", "Missing Authentication Token")
    document = await _document(request)
    faults = list(check_for(operation)(document, ""))
    if faults:
        raise invalid_fields(faults)
    fault = request.app.state.faults.next(operation)
    if fault and not fault.after_effect:
        raise fault.refusal()
    answer = OPERATIONS[operation](carrier, document)
    if fault:
        raise fault.refusal()
    return answer


def _operation(target: str) -> str:
    operation = target.removeprefix(_PREFIX)
    if operation == target or operation not in service_model().operation_names:
        raise unknown_operation(f"There is no operation {target[:100]!r}.")
    if operation not in OPERATIONS:
        raise unknown_operation(f"The phone simulator does not stand in for {operation}.")
    return operation


async def _document(request: Request) -> Any:
    try:
        body = await read_body(request)
        return json.loads(body.decode())
    except Problem as problem:
        raise Refusal("RequestEntityTooLargeException", str(problem), status=413) from problem
    except (ValueError, RecursionError) as error:
        raise not_serializable("The request is not JSON in UTF-8.") from error


def _answer(document: Mapping[str, Any], status: int) -> Response:
    headers = {"x-amzn-RequestId": str(uuid.uuid4())}
    return Response(json.dumps(document), status, headers, _MEDIA_TYPE)
