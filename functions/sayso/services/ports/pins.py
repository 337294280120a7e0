"""The PINs of the staff, of which only seals are kept."""

from typing import Protocol


class PinCheck(Protocol):
    """Compares a PIN with what is kept of it."""

    def matches(self, pin: str, sealed: str) -> bool:
        """Whether it is the one; as slow for a wrong one, and where nothing is sealed."""
        ...


class PinSeals(PinCheck, Protocol):
    """Makes what is kept of a PIN, too."""

    def seal(self, pin: str) -> str:
        """The seal of a PIN; another one each time."""
        ...
