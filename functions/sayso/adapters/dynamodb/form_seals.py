"""Seals on the opt-in page's forms, and on whose uses are counted: HMAC by a key of the table."""

import hashlib
import hmac
from typing import Any

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.stored_key import StoredKey

# 128 of SHA-256's bits (RFC 2104, 5, allows half): short enough for a key and a hidden field.
_DIGITS = 32


class FormSeals:
    """Seals. `client` is a DynamoDB client; the key is read when first needed."""

    def __init__(self, client: Any, table: str) -> None:
        self._key = StoredKey(client, table, keys.form_key())

    def seal(self, text: str) -> str:
        return hmac.digest(self._key.get(), text.encode(), hashlib.sha256).hex()[:_DIGITS]
