"""Ids that sort by the time they were made: ULIDs (github.com/ulid/spec)."""

from ulid import ULID


def new_id() -> str:
    """A new ULID, 26 characters."""
    return str(ULID())
