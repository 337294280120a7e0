"""Errors of AWS and of the network in words that say what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import httpx
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    EndpointConnectionError,
    NoCredentialsError,
    NoRegionError,
    PartialCredentialsError,
    ProfileNotFound,
    TokenRetrievalError,
)

from sayso_local.errors import CommandError

_REFUSED = frozenset({"AccessDenied", "AccessDeniedException", "UnauthorizedOperation"})
_STALE = frozenset(
    {"ExpiredToken", "ExpiredTokenException", "InvalidClientTokenId", "UnrecognizedClientException"}
)


@contextmanager
def explained() -> Iterator[None]:
    """Turn what calls to AWS and to the local stack foreseeably fail with into a CommandError."""
    try:
        yield
    except (NoCredentialsError, PartialCredentialsError, ProfileNotFound) as error:
        raise CommandError(
            f"No usable AWS credentials ({error}). Set AWS_PROFILE, or run: aws sso login"
        ) from error
    except TokenRetrievalError as error:
        raise CommandError(f"The AWS sign-in has expired ({error}). Run: aws sso login") from error
    except NoRegionError as error:
        raise CommandError(
            "No AWS region is set. Add --region, for example --region us-east-1"
        ) from error
    except EndpointConnectionError as error:
        raise CommandError(f"AWS did not answer ({error}).") from error
    except ClientError as error:
        raise _from_answer(error) from error
    except httpx.HTTPError as error:
        raise CommandError(f"The local stack did not answer: {error!r}") from error
    except BotoCoreError as error:
        raise CommandError(f"The call to AWS failed: {error}") from error


def _from_answer(error: ClientError) -> CommandError:
    code = error.response["Error"].get("Code", "")
    message = error.response["Error"].get("Message", str(error))
    if code in _STALE:
        return CommandError(f"AWS does not accept the credentials ({code}). Sign in again.")
    if code in _REFUSED:
        return CommandError(f"These credentials may not do that: {message}")
    return CommandError(f"AWS answered {code}: {message}")
