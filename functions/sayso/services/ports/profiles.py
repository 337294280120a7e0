"""What a shop notes about its subscribers, beside what their texts decide."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from sayso.domain.contact import Contact
from sayso.domain.segment.filters import Event


class ProfileChanged(Exception):
    """The notes are not as they were read, or the number has been forgotten since."""


class ProfileStore(Protocol):
    """Keeps notes and events of subscribers; never touches consent, nor the contact's revision."""

    def get(self, phone: str) -> Contact | None:
        """The contact as it is now."""
        ...

    def write(self, before: Contact, attributes: Mapping[str, str]) -> None:
        """Replace the notes. Raises ProfileChanged unless they are still as in `before`."""
        ...

    def note(self, phone: str, event: Event, at: datetime) -> bool:
        """Note that the event happened; the newest time stays.

        Whether there is such a number, not forgotten: else nothing is written.
        """
        ...
