"""Signing as SNS and Twilio do, with a key and a certificate of our own."""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.x509.oid import NameOID

from sayso.adapters.signatures.sns import SIGNED_FIELDS

TOPIC = "arn:aws:sns:us-east-1:123456789012:sayso-inbound"
CERTIFICATE_URL = "https://sns.us-east-1.amazonaws.com/SimpleNotificationService-0a1b2c3d4e5f.pem"
HASHES = {"1": hashes.SHA1, "2": hashes.SHA256}


@cache
def key(name: str = "sns") -> rsa.RSAPrivateKey:
    """An RSA key; another name, another key."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@cache
def certificate(name: str = "sns") -> bytes:
    """The key's certificate in PEM."""
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "sns.amazonaws.com")])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key(name).public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key(name), hashes.SHA256())
    )
    return signed.public_bytes(serialization.Encoding.PEM)


def sns_message(
    body: str, at: datetime, *, version: str = "2", signer: str = "sns", **fields: Any
) -> dict[str, Any]:
    """A delivery as SNS signs it; `fields` are other or further fields, None leaves one out."""
    message: dict[str, Any] = {
        "Type": "Notification",
        "MessageId": "22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324",
        "TopicArn": TOPIC,
        "Message": body,
        "Timestamp": at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "SignatureVersion": version,
        "SigningCertURL": CERTIFICATE_URL,
        **fields,
    }
    message = {name: value for name, value in message.items() if value is not None}
    names = sorted(SIGNED_FIELDS.get(message["Type"], ()))
    signed = "".join(f"{name}\n{message[name]}\n" for name in names if name in message)
    hash_ = HASHES.get(version, hashes.SHA256)()
    signature = key(signer).sign(signed.encode(), PKCS1v15(), hash_)
    return {"Signature": base64.b64encode(signature).decode(), **message}


def twilio_signature(url: str, fields: Mapping[str, str], auth_token: str) -> str:
    """The X-Twilio-Signature of a form that is posted to `url`."""
    signed = url + "".join(name + value for name, value in sorted(fields.items()))
    digest = hmac.new(auth_token.encode(), signed.encode(), hashlib.sha1).digest()
    return base64.b64encode(digest).decode()
