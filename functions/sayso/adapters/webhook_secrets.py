"""Secrets that sign web hooks (standardwebhooks.com: 24 to 64 random bytes, as base64)."""

import base64
import secrets

_BYTES = 32


def new_secret() -> str:
    """A new one, as receivers' libraries take it."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(_BYTES)).decode()
