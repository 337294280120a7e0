"""The PINs of the staff, of which only seals are kept."""

from typing import Protocol


class PinCheck(Protocol):
    """Compares a PIN with what is kept of it."""

    def matches(self, pin: str, sealed: str) -> bool:
        """Whether it is the one; as slow for a wrong one, and where nothing is sealed."""
        ...
