"""Telling failures that pass from failures that stay."""

from botocore.exceptions import ClientError, HTTPClientError
from botocore.exceptions import ConnectionError as NoConnection

# Source: the common errors of DynamoDB, SQS and EventBridge Scheduler, as of 2026-11.
_PASSING = frozenset(
    {
        "InternalFailure",
        "InternalServerError",
        "InternalServerException",
        "LimitExceededException",
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "RequestThrottled",
        "ServiceUnavailable",
        "ThrottlingException",
        "TransactionCanceledException",
        "TransactionConflictException",
        "TransactionInProgressException",
    }
)


def is_passing(failure: Exception) -> bool:
    """Whether the same call to AWS may well succeed in a moment."""
    if isinstance(failure, ClientError):
        return failure.response["Error"]["Code"] in _PASSING
    return isinstance(failure, HTTPClientError | NoConnection | TimeoutError)
