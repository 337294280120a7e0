"""The signature on what SNS delivers over HTTPS.

Source: Amazon SNS Developer Guide, "Verifying the signatures of Amazon SNS messages": version 1
is SHA-1 with RSA, version 2 SHA-256, over named fields in a fixed order.
"""

import base64
import re
import urllib.request
from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA1, SHA256

from sayso.adapters.signatures import Forged

# SNS gives up on an HTTPS endpoint after an hour at most (its longest delivery policy).
STALE_AFTER = timedelta(hours=1)
_CLOCK_SKEW = timedelta(minutes=5)
_HOST = re.compile(r"sns\.[a-z]{2}(-[a-z]+)+-\d\.amazonaws\.com(\.cn)?")
_CERTIFICATE = re.compile(r"/SimpleNotificationService-[0-9A-Za-z]+\.pem")
_HASHES = {"1": SHA1, "2": SHA256}
_NOTIFICATION = ("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type")
_CONFIRMATION = (
    "Message",
    "MessageId",
    "SubscribeURL",
    "Timestamp",
    "Token",
    "TopicArn",
    "Type",
)
SIGNED_FIELDS = {
    "Notification": _NOTIFICATION,
    "SubscriptionConfirmation": _CONFIRMATION,
    "UnsubscribeConfirmation": _CONFIRMATION,
}

FetchCertificate = Callable[[str], bytes]


def is_sns_url(url: str) -> bool:
    """Whether the address is SNS's own, over HTTPS: nothing else may be fetched on its word."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme == "https" and bool(_HOST.fullmatch(parts.netloc))


def _is_certificate_url(url: str) -> bool:
    """Whether SNS keeps its certificates there; its other addresses answer with others' words."""
    return is_sns_url(url) and bool(_CERTIFICATE.fullmatch(url.split("amazonaws.com", 1)[1]))


@cache
def fetch_certificate(url: str) -> bytes:
    """The PEM certificate at an address that `is_sns_url` approved; kept for the worker's life."""
    with urllib.request.urlopen(url, timeout=3) as answer:  # noqa: S310  (is_sns_url: https only)
        content: bytes = answer.read(64 * 1024)
        return content


def verify(
    message: Mapping[str, Any],
    *,
    topics: Collection[str],
    now: datetime,
    fetch: FetchCertificate = fetch_certificate,
) -> None:
    """Raise Forged unless SNS signed `message` for one of our `topics`, and lately."""
    if str(message.get("TopicArn")) not in topics:
        raise Forged("the topic is not one of ours")
    _check_time(message, now)
    url = str(message.get("SigningCertURL", ""))
    if not _is_certificate_url(url):
        raise Forged("the certificate's address is not one of SNS's")
    _check_signature(message, fetch(url))


def confirm(message: Mapping[str, Any]) -> None:
    """Accept the subscription that a verified SubscriptionConfirmation asks about."""
    url = str(message["SubscribeURL"])
    if not is_sns_url(url):
        raise Forged("the confirmation's address is not one of SNS's")
    with urllib.request.urlopen(url, timeout=3):  # noqa: S310  (is_sns_url: https only)
        pass


def _check_time(message: Mapping[str, Any], now: datetime) -> None:
    try:
        age = now - datetime.fromisoformat(str(message.get("Timestamp")))
    except (ValueError, TypeError):
        raise Forged("the Timestamp is not a time") from None
    if not -_CLOCK_SKEW <= age <= STALE_AFTER:
        raise Forged("the message is stale")


def _check_signature(message: Mapping[str, Any], certificate: bytes) -> None:
    fields = SIGNED_FIELDS.get(str(message.get("Type")))
    hash_ = _HASHES.get(str(message.get("SignatureVersion")))
    if fields is None or hash_ is None:
        raise Forged("the message has no type or signature version that SNS uses")
    try:
        key = x509.load_pem_x509_certificate(certificate).public_key()
    except ValueError:
        raise Forged("the certificate cannot be read") from None
    if not isinstance(key, RSAPublicKey):
        raise Forged("the certificate holds no RSA key")
    try:
        signature = base64.b64decode(str(message.get("Signature", "")), validate=True)
        key.verify(signature, string_to_sign(message, fields), PKCS1v15(), hash_())
    except (InvalidSignature, ValueError):
        raise Forged("the signature does not fit the message") from None


def string_to_sign(message: Mapping[str, Any], fields: Collection[str]) -> bytes:
    """The signed form: each field that is present, its name and its value on lines of their own."""
    return "".join(f"{name}\n{message[name]}\n" for name in fields if name in message).encode()
