"""Twilio's request signature.

Source: Twilio documentation, "Validating requests": base64 of the HMAC-SHA1, keyed with the auth
token, over the full URL followed by each form field's name and value, sorted by name.
"""

import base64
import hashlib
import hmac
from collections.abc import Mapping

from sayso.adapters.signatures import Forged


def verify(*, url: str, fields: Mapping[str, str], signature: str, auth_token: str) -> None:
    """Raise Forged unless `signature` is Twilio's for this URL and these form fields."""
    signed = url + "".join(f"{name}{fields[name]}" for name in sorted(fields))
    expected = hmac.new(auth_token.encode(), signed.encode(), hashlib.sha1).digest()
    if not hmac.compare_digest(base64.b64encode(expected), signature.encode()):
        raise Forged("the X-Twilio-Signature does not fit this request")
