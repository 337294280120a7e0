"""One SDK call to a carrier, and what its failure says about the text."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from botocore.exceptions import ClientError, HTTPClientError, ParamValidationError, SSLError
from botocore.exceptions import ConnectionError as NoConnection
from botocore.parsers import ResponseParserError

from sayso.services.ports.carrier import Certainty, Receipt, SendFailed

# Refused for now: too fast, or the spending quota of the month is used up.
_POSTPONED = frozenset(
    {"ThrottlingException", "Throttled", "Throttling", "ServiceQuotaExceededException"}
)


def hand_over(operation: Callable[..., dict[str, Any]], request: dict[str, Any]) -> dict[str, Any]:
    """The answer to one call, which is never repeated here.

    Raises SendFailed with the little that is certain: a connection that never came about has
    handed nothing over; one that broke, or a fault on the other side, may have.
    """
    try:
        return operation(**request)
    # What the carrier and the SDK say may quote the request: it is not chained, to reach no log.
    except ClientError as error:
        raise _failure(error) from None
    except ParamValidationError:
        raise SendFailed(Certainty.REFUSED, "ParamValidationError") from None
    except (SSLError, ResponseParserError) as error:
        # Encryption may break after the request went out; an unreadable answer is an answer.
        raise SendFailed(Certainty.UNKNOWN, type(error).__name__) from error
    except NoConnection as error:
        raise SendFailed(Certainty.POSTPONED, type(error).__name__) from error
    except HTTPClientError as error:
        raise SendFailed(Certainty.UNKNOWN, type(error).__name__) from error


def send_once(operation: Callable[..., dict[str, Any]], request: dict[str, Any]) -> Receipt:
    """The receipt for a text that `operation` hands over. Raises SendFailed."""
    answer = hand_over(operation, request)
    if "MessageId" not in answer:  # some proxy's page, with the status of a success
        raise SendFailed(Certainty.UNKNOWN, "NoMessageId")
    return Receipt(answer["MessageId"])


def _failure(error: ClientError) -> SendFailed:
    code = error.response["Error"]["Code"]
    reason = str(error.response.get("Reason") or code)
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    if code in _POSTPONED or status == HTTPStatus.TOO_MANY_REQUESTS:
        return SendFailed(Certainty.POSTPONED, reason)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return SendFailed(Certainty.UNKNOWN, reason)
    return SendFailed(Certainty.REFUSED, reason)
