"""Ids that sort by the time they were made: ULIDs (github.com/ulid/spec)."""

from datetime import datetime
from hashlib import sha256

from ulid import ULID

_RANDOM_BYTES = 10


def new_id() -> str:
    """A new ULID, 26 characters."""
    return str(ULID())


def id_of(source: str, at: datetime) -> str:
    """The ULID of what has this source, which happened then: the same one each time."""
    time = int(at.timestamp() * 1000).to_bytes(6, "big")
    return str(ULID.from_bytes(time + sha256(source.encode()).digest()[:_RANDOM_BYTES]))


def first_id(at: datetime) -> str:
    """The first that an id of that moment could be."""
    time = int(at.timestamp() * 1000).to_bytes(6, "big")
    return str(ULID.from_bytes(time + bytes(_RANDOM_BYTES)))


def time_of(ulid: str) -> datetime:
    """The moment of an id, aware UTC."""
    return ULID.from_str(ulid).datetime
