"""DynamoDB's requests and answers without the SDK's walk through their shapes.

This table's items hold no bytes, so what an adapter hands to the client is already what goes over
the wire, and what comes back is already what it wants. The SDK looks at every attribute of every
item by its model all the same: a tenth of a sender's time, and as much for a page of items. Its own
events let a request's body be written, and an answer's be read, in one go (docs/decisions/0021).
"""

import json
from http import HTTPStatus
from typing import Any

_BODY = "sayso_body"
# Of the others the SDK reads the parameters once more, for the tables' names.
_WRITTEN_PLAINLY = frozenset({"PutItem", "Query", "TransactWriteItems", "UpdateItem"})


def speak_plainly(client: Any) -> None:
    """Have a DynamoDB client write and read plain JSON from now on; errors stay the SDK's."""
    events = client.meta.events
    # Last of all, by this name too: the SDK's own handlers have it, and one of them puts in the
    # token that makes a repeated transaction harmless.
    events.register_last("before-parameter-build", _write)
    events.register("before-call.dynamodb", _put_in)
    events.register("before-parse.dynamodb", _read)


def _write(params: dict[str, Any], model: Any, context: dict[str, Any], **_: Any) -> None:
    if model.name in _WRITTEN_PLAINLY:
        context[_BODY] = json.dumps(params).encode()
        params.clear()


def _put_in(params: dict[str, Any], context: dict[str, Any], **_: Any) -> None:
    if _BODY in context:
        params["body"] = context.pop(_BODY)


def _read(
    response_dict: dict[str, Any], customized_response_dict: dict[str, Any], **_: Any
) -> None:
    if response_dict["status_code"] == HTTPStatus.OK:
        customized_response_dict |= json.loads(response_dict["body"] or b"{}")
        response_dict["body"] = b"{}"
