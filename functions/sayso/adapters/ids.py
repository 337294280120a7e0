"""Ids that sort by the time they were made: ULIDs (github.com/ulid/spec)."""

import secrets
import time

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32
_LENGTH = 26
_RANDOM_BITS = 80


def new_id() -> str:
    """A ULID: 48 bits of milliseconds since 1970, then 80 random ones; 26 characters."""
    milliseconds = time.time_ns() // 1_000_000
    value = milliseconds << _RANDOM_BITS | secrets.randbits(_RANDOM_BITS)
    digits = (_ALPHABET[value >> 5 * place & 31] for place in reversed(range(_LENGTH)))
    return "".join(digits)
