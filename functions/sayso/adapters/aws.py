"""AWS clients, made once a worker and cheaply.

botocore's session is used directly: importing boto3's on top of it costs a fifth more start-up
time and adds nothing that a Lambda here uses. What the SDK does anew for every call is kept short
(docs/decisions/0009): `make bench` shows what it is worth.
"""

from functools import cache
from typing import Any

import botocore.session
from botocore import __version__ as botocore_version
from botocore.config import Config

from sayso.adapters.plain_json import speak_plainly

# Lambda retries by redelivery and DynamoDB calls are short: fail fast rather than hang on a socket.
_PATIENT = Config(
    connect_timeout=2,
    read_timeout=5,
    retries={"mode": "standard", "total_max_attempts": 4},
    max_pool_connections=16,
    # The usual one is put together twice a call from two dozen components.
    user_agent=f"Sayso Botocore/{botocore_version}",
)
# Items are made by typed code and checked by DynamoDB: checking here is a tenth of a text's time.
_UNCHECKED = _PATIENT.merge(Config(parameter_validation=False))
# A second attempt by the SDK could text a person twice: these operations have no idempotency token.
_ONCE = _PATIENT.merge(Config(retries={"mode": "standard", "total_max_attempts": 1}))


_DYNAMODB = "dynamodb"


@cache
def _session() -> botocore.session.Session:
    return botocore.session.get_session()


@cache
def client(service: str) -> Any:
    """A client whose calls may safely be retried by the SDK."""
    if service != _DYNAMODB:
        return _session().create_client(service, config=_PATIENT)
    made = _session().create_client(service, config=_UNCHECKED)
    speak_plainly(made)
    return made


@cache
def client_with(service: str, config: Config) -> Any:
    """A client like `client`, with settings of its own on top."""
    return _session().create_client(service, config=_PATIENT.merge(config))


@cache
def client_without_retries(service: str) -> Any:
    """A client that never repeats a call by itself, for sends that have no idempotency token."""
    return _session().create_client(service, config=_ONCE)
