"""The shop's own notes about a subscriber: first name, birthday, and whatever else it keeps."""

import re
from collections.abc import Mapping

from sayso.domain.birthdays import is_birthday_form
from sayso.domain.refusal import Refused

NAME_FORM = re.compile(r"[a-z][a-z0-9_]{0,29}")
BIRTHDAY = "birthday"
ATTRIBUTES_AT_MOST = 20
VALUE_AT_MOST = 100
# They mean something else in a segment, or in a text.
RESERVED = frozenset(
    """
    and any at attribute before channel clicked code ever heard home in is joined keyword language
    last link links location never not offer on or over phone prefers program received redeemed
    segment since today unknown known valid_from valid_until visited where within
    """.split()
)


class BadAttribute(Refused):
    """A note that cannot be kept; `field` says which."""


def merged(before: Mapping[str, str], changes: Mapping[str, str | None]) -> dict[str, str]:
    """The notes after the changes; None or "" takes one out. Raises BadAttribute."""
    after = dict(before)
    for name, value in changes.items():
        if tidy := _checked(name, value or ""):
            after[name] = tidy
        else:
            after.pop(name, None)
    if len(after) > ATTRIBUTES_AT_MOST:
        raise BadAttribute("attributes", f"at most {ATTRIBUTES_AT_MOST} are kept of a subscriber")
    return after


def _checked(name: str, value: str) -> str:
    field = f"attributes.{name[:40]}"
    if not NAME_FORM.fullmatch(name):
        raise BadAttribute(field, "a name has small letters, digits and _, such as first_name")
    if name in RESERVED:
        raise BadAttribute(field, f"{name} means something else in a segment; take another name")
    if not value.isprintable():
        raise BadAttribute(field, "may hold one line of visible characters only")
    tidy = " ".join(value.split())
    if len(tidy) > VALUE_AT_MOST:
        raise BadAttribute(field, f"at most {VALUE_AT_MOST} characters")
    if name == BIRTHDAY and tidy and not is_birthday_form(tidy):
        raise BadAttribute(field, "month and day, such as 03-24; the year is not asked for")
    return tidy
