"""What lies in a queue of moto's, without waiting for the time that it is put off for."""

from typing import Any

from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.sqs.models import sqs_backends

REGION = "us-east-1"


def taken_from(url: str) -> list[tuple[str, int]]:
    """Every message of a queue, which is empty then, with the seconds that it was put off for.

    Messages that have been received and not deleted are among them.
    """
    messages: list[Any] = sqs_backends[DEFAULT_ACCOUNT_ID][REGION].queues[_name(url)]._messages
    found = [
        (one.body, max(0, round((one.delayed_until - one.sent_timestamp) / 1000)))
        for one in messages
    ]
    messages.clear()
    return found


def _name(url: str) -> str:
    return url.rpartition("/")[2]
