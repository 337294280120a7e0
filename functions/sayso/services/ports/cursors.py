"""Cursors of lists, which travel in addresses and so must not show where they point."""

from typing import Protocol


class NotACursor(ValueError):
    """It was not made here for this list, or was changed on the way."""


class Cursors(Protocol):
    """Turns a position in a list into an opaque token, and back.

    `purpose` names the list, filters included: a token of one list is none of another.
    """

    def seal(self, position: str, purpose: str) -> str:
        """A token, safe in an address, from which nobody else can read the position."""
        ...

    def unseal(self, token: str, purpose: str) -> str:
        """The position. Raises NotACursor."""
        ...
