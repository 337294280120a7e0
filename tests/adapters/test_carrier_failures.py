"""What each failure of a carrier says about the text: the table that every caller relies on."""

from collections.abc import Iterator
from typing import Any

import pytest
from botocore.exceptions import (
    ConnectionClosedError,
    ConnectTimeoutError,
    EndpointConnectionError,
    ParamValidationError,
    ProxyConnectionError,
    ReadTimeoutError,
    SSLError,
)
from botocore.parsers import ResponseParserError
from botocore.stub import Stubber

from sayso.adapters import aws
from sayso.adapters.carrier_calls import hand_over
from sayso.adapters.end_user_messaging import EndUserMessaging, EndUserMessagingOptOutList
from sayso.adapters.sns_carrier import SnsCarrier, SnsOptOutList
from sayso.services.ports.carrier import Certainty, OutboundText, Purpose, SendFailed
from tests.support.bluebird import ANA, NUMBER

TEXT = OutboundText(ANA, "hello", Purpose.ANSWER)
URL = "https://sms-voice.us-east-1.amazonaws.com/"
REFUSED, POSTPONED, UNKNOWN = Certainty.REFUSED, Certainty.POSTPONED, Certainty.UNKNOWN


@pytest.fixture(autouse=True)
def fresh_clients() -> Iterator[None]:
    yield
    aws.client_without_retries.cache_clear()


def failing(service: str, operation: str, code: str, status: int, **members: str) -> Any:
    """A client whose every call fails in this way, as the service model shapes it."""
    aws.client_without_retries.cache_clear()
    client = aws.client_without_retries(service)
    stubber = Stubber(client)
    message = f"the number {ANA} is not right"
    stubber.add_client_error(operation, code, message, status, modeled_fields=members or None)
    stubber.activate()
    return client


END_USER_MESSAGING = [
    ("ThrottlingException", 400, {}, POSTPONED, "ThrottlingException"),
    (
        "ServiceQuotaExceededException",
        400,
        {"Reason": "MONTHLY_SPEND_LIMIT_REACHED_FOR_TEXT"},
        POSTPONED,
        "MONTHLY_SPEND_LIMIT_REACHED_FOR_TEXT",
    ),
    (
        "ConflictException",
        400,
        {"Reason": "DESTINATION_PHONE_NUMBER_OPTED_OUT"},
        REFUSED,
        "DESTINATION_PHONE_NUMBER_OPTED_OUT",
    ),
    ("ValidationException", 400, {"Reason": "INVALID_PARAMETER"}, REFUSED, "INVALID_PARAMETER"),
    ("AccessDeniedException", 400, {}, REFUSED, "AccessDeniedException"),
    ("ResourceNotFoundException", 400, {}, REFUSED, "ResourceNotFoundException"),
    ("TooManyRequests", 429, {}, POSTPONED, "TooManyRequests"),
    ("InternalServerException", 500, {}, UNKNOWN, "InternalServerException"),
    ("ServiceUnavailable", 503, {}, UNKNOWN, "ServiceUnavailable"),
]
SNS = [
    ("Throttled", 429, POSTPONED),
    ("Throttling", 400, POSTPONED),
    ("InvalidParameter", 400, REFUSED),
    ("AuthorizationError", 403, REFUSED),
    ("InternalError", 500, UNKNOWN),
]


@pytest.mark.parametrize(
    ("code", "status", "members", "certainty", "reason"),
    END_USER_MESSAGING,
    ids=[f"{row[0]} {row[1]}" for row in END_USER_MESSAGING],
)
def test_each_error_of_end_user_messaging_has_its_meaning(
    code: str, status: int, members: dict[str, str], certainty: Certainty, reason: str
) -> None:
    client = failing("pinpoint-sms-voice-v2", "send_text_message", code, status, **members)
    with pytest.raises(SendFailed) as failure:
        EndUserMessaging(client, NUMBER).send(TEXT)
    assert (failure.value.certainty, failure.value.reason) == (certainty, reason)


@pytest.mark.parametrize(("code", "status", "certainty"), SNS)
def test_each_error_of_sns_has_its_meaning(code: str, status: int, certainty: Certainty) -> None:
    client = failing("sns", "publish", code, status)
    with pytest.raises(SendFailed) as failure:
        SnsCarrier(client, NUMBER).send(TEXT)
    assert (failure.value.certainty, failure.value.reason) == (certainty, code)


@pytest.mark.parametrize(
    ("error", "certainty"),
    [
        (ConnectTimeoutError(endpoint_url=URL), POSTPONED),
        (EndpointConnectionError(endpoint_url=URL), POSTPONED),
        (ProxyConnectionError(proxy_url=URL), POSTPONED),
        (ReadTimeoutError(endpoint_url=URL), UNKNOWN),
        (ConnectionClosedError(endpoint_url=URL), UNKNOWN),
        (SSLError(endpoint_url=URL, error=OSError("record layer")), UNKNOWN),
        (ResponseParserError("no JSON"), UNKNOWN),
        (ParamValidationError(report=f"{ANA} is too short"), REFUSED),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else str(value),
)
def test_each_way_in_which_a_connection_fails_has_its_meaning(
    error: Exception, certainty: Certainty
) -> None:
    def call(**_: Any) -> dict[str, Any]:
        raise error

    with pytest.raises(SendFailed) as failure:
        hand_over(call, {})
    assert (failure.value.certainty, failure.value.reason) == (certainty, type(error).__name__)


def test_a_failure_of_ours_is_not_mistaken_for_the_carriers() -> None:
    def call(**_: Any) -> dict[str, Any]:
        raise KeyError("bug")

    with pytest.raises(KeyError):
        hand_over(call, {})


def test_what_the_carrier_quotes_of_the_request_does_not_travel_along() -> None:
    client = failing("sns", "publish", "InvalidParameter", 400)
    with pytest.raises(SendFailed) as failure:
        SnsCarrier(client, NUMBER).send(TEXT)
    assert failure.value.__cause__ is None
    assert failure.value.__suppress_context__
    assert ANA not in str(failure.value)


def test_taking_off_a_number_that_is_not_listed_is_fine() -> None:
    client = failing(
        "pinpoint-sms-voice-v2", "delete_opted_out_number", "ResourceNotFoundException", 400
    )
    EndUserMessagingOptOutList(client, "Default").remove(ANA)


@pytest.mark.parametrize(
    ("code", "status", "certainty"),
    [
        ("ThrottlingException", 400, POSTPONED),
        ("ConflictException", 400, REFUSED),
        ("InternalServerException", 500, UNKNOWN),
    ],
)
def test_the_list_fails_in_the_same_terms(code: str, status: int, certainty: Certainty) -> None:
    for operation in ("put_opted_out_number", "delete_opted_out_number"):
        client = failing("pinpoint-sms-voice-v2", operation, code, status)
        opt_outs = EndUserMessagingOptOutList(client, "Default")
        call = opt_outs.add if operation.startswith("put") else opt_outs.remove
        with pytest.raises(SendFailed) as failure:
            call(ANA)
        assert failure.value.certainty is certainty


def test_sns_lets_a_number_back_in_once_in_thirty_days_only() -> None:
    client = failing("sns", "opt_in_phone_number", "InvalidParameter", 400)
    with pytest.raises(SendFailed) as failure:
        SnsOptOutList(client).remove(ANA)
    assert failure.value.certainty is REFUSED
