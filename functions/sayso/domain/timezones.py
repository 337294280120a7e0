"""Time zones by their IANA names."""

import re
from zoneinfo import ZoneInfo

# An area and a place. The bare names (EST, localtime) are offsets or somebody's machine: no place.
_FORM = re.compile(r"[A-Z][A-Za-z]+(/[A-Za-z0-9_+-]{1,20}){1,2}")


def is_timezone(name: str) -> bool:
    """Whether `name` is a time zone of the IANA database, such as America/Chicago, or UTC."""
    if name == "UTC":
        return True
    if not _FORM.fullmatch(name):
        return False
    try:
        ZoneInfo(name)
    except (ValueError, KeyError, OSError):
        return False
    return True
