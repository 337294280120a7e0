"""PINs sealed by scrypt (RFC 7914), each with a salt of its own.

A PIN of four digits is no secret from whoever has the table and an hour; the seal keeps it from
whoever sees a row, and the limits on tries from everybody else.
"""

import base64
import binascii
import hashlib
import hmac
import os

# 16 MB and some 50 ms a try (RFC 7914, 2: N = 2^14, r = 8, p = 1 for interactive use).
_N, _R, _P = 2**14, 8, 1
_MEMORY = 64 * 1024 * 1024
_SALT, _LENGTH = 16, 32
_KIND = "scrypt"


class ScryptPins:
    """PinCheck, and the seals that it checks: `scrypt$<salt>$<hash>`, both in base64."""

    def seal(self, pin: str) -> str:
        """What is kept of a PIN."""
        salt = os.urandom(_SALT)
        return "$".join((_KIND, _written(salt), _written(_hashed(pin, salt))))

    def matches(self, pin: str, sealed: str) -> bool:
        kind, _, rest = sealed.partition("$")
        salt, _, kept = rest.partition("$")
        found = _hashed(pin, _read(salt) or b"nobody's")
        return kind == _KIND and hmac.compare_digest(found, _read(kept))


def _hashed(pin: str, salt: bytes) -> bytes:
    return hashlib.scrypt(pin.encode(), salt=salt, n=_N, r=_R, p=_P, maxmem=_MEMORY, dklen=_LENGTH)


def _written(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _read(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error:
        return b""
