"""Calls of the carrier's API, good ones and such as no AWS client would make."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest
from botocore.exceptions import ClientError

from tests.support.phones import ANA, SHORT_CODE, Simulator

SEND: dict[str, Any] = {
    "DestinationPhoneNumber": ANA,
    "OriginationIdentity": SHORT_CODE,
    "MessageBody": "Bluebird Coffee: hello Ana",
}


def post(phones: Simulator, operation: str, body: bytes) -> httpx.Response:
    """A request that no AWS client would make."""
    headers = {
        "X-Amz-Target": f"PinpointSMSVoiceV2.{operation}",
        "Content-Type": "application/x-amz-json-1.0",
        "Authorization": "AWS4-HMAC-SHA256 Credential=testing",
    }
    return phones.http.post("/", content=body, headers=headers)


def refusal(call: Callable[[], Any]) -> dict[str, Any]:
    with pytest.raises(ClientError) as caught:
        call()
    response: dict[str, Any] = dict(caught.value.response)
    return response
