"""Cursors sealed with a key that the table keeps (docs/decisions/0004-cursors.md)."""

import base64
import binascii
import os
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.stored_key import StoredKey
from sayso.services.ports.cursors import NotACursor

_NONCE_BYTES = 12  # NIST SP 800-38D, 8.2: 96 random bits, for far fewer than 2**32 cursors


class SealedCursors:
    """Cursors by AES-GCM. `client` is a DynamoDB client; the key is read when first needed."""

    def __init__(self, client: Any, table: str) -> None:
        self._key = StoredKey(client, table, keys.cursor_key())

    def seal(self, position: str, purpose: str) -> str:
        nonce = os.urandom(_NONCE_BYTES)
        sealed = self._cipher().encrypt(nonce, position.encode(), purpose.encode())
        return base64.urlsafe_b64encode(nonce + sealed).decode().rstrip("=")

    def unseal(self, token: str, purpose: str) -> str:
        try:
            raw = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
            nonce, sealed = raw[:_NONCE_BYTES], raw[_NONCE_BYTES:]
            plain: bytes = self._cipher().decrypt(nonce, sealed, purpose.encode())
        except (binascii.Error, ValueError, InvalidTag):
            raise NotACursor("made elsewhere, for another list, or changed on the way") from None
        return plain.decode()

    def _cipher(self) -> AESGCM:
        return AESGCM(self._key.get())
