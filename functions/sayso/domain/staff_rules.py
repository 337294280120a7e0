"""What makes a member of staff right, beyond the form of each value."""

import re
from collections.abc import Iterator

from sayso.domain.catalog import Catalog, Staff
from sayso.domain.catalog_rules import Fault

AT_MOST = 200
_PIN = re.compile(r"[0-9]{4,8}")
_DIGITS = "01234567890"


def staff_faults(member: Staff, catalog: Catalog) -> Iterator[Fault]:
    """What is wrong with the member, beside the others of the catalog."""
    if member.location and catalog.location(member.location) is None:
        yield Fault("location", f"there is no location {member.location}")
    is_new = catalog.staff_member(member.phone) is None
    if is_new and len(catalog.staff) >= AT_MOST:
        yield Fault("phone", f"there are {AT_MOST} members of staff already")


def pin_fault(pin: str) -> str:
    """Why this PIN will not do; "" where it will."""
    if not _PIN.fullmatch(pin):
        return "a PIN is 4 to 8 digits"
    is_a_row = pin in _DIGITS or pin[::-1] in _DIGITS
    if len(set(pin)) == 1 or is_a_row:
        return "too easily guessed: not one digit again and again, nor a row such as 1234"
    return ""
