"""What the shop notes about subscribers, in memory."""

from collections.abc import Mapping, MutableMapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sayso.domain.contact import Contact, Status
from sayso.domain.segment.filters import Event
from sayso.services.ports.profiles import ProfileChanged


class FakeProfiles:
    """A ProfileStore on these contacts."""

    def __init__(self, contacts: MutableMapping[str, Contact]) -> None:
        self.contacts = contacts

    def get(self, phone: str) -> Contact | None:
        return self.contacts.get(phone)

    def write(self, before: Contact, attributes: Mapping[str, str]) -> None:
        standing = self._remembered(before.phone)
        if standing is None or standing.attributes != before.attributes:
            raise ProfileChanged("the notes have changed")
        self.contacts[before.phone] = replace(standing, attributes=dict(attributes))

    def note(self, phone: str, event: Event, at: datetime) -> bool:
        standing = self._remembered(phone)
        if standing is None:
            return False
        newest: datetime | None = getattr(standing, f"{event}_at")
        if newest is None or newest < at:
            changes: dict[str, Any] = {f"{event}_at": at}
            self.contacts[phone] = replace(standing, **changes)
        return True

    def _remembered(self, phone: str) -> Contact | None:
        standing = self.contacts.get(phone)
        return None if standing and standing.status is Status.FORGOTTEN else standing
