"""What the shop notes about a subscriber, and what a till or a script reports of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sayso.domain.attributes import merged
from sayso.domain.catalog_rules import Fault
from sayso.domain.comparing import Outcome
from sayso.domain.contact import Contact, Status
from sayso.domain.refusal import Refused
from sayso.domain.segment.filters import Event
from sayso.services.outcomes import Outcomes
from sayso.services.ports.profiles import ProfileChanged, ProfileStore
from sayso.services.refusals import Busy, Conflict, Invalid, NotFound

_TRIES = 5
# Clocks of tills are not always right.
_AHEAD = timedelta(minutes=5)
_OLDEST = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class ProfileDesk:
    """Writes profiles. Consent is none of its business: nothing here subscribes anybody."""

    profiles: ProfileStore
    outcomes: Outcomes

    def annotate(self, phone: str, changes: Mapping[str, str | None]) -> Contact:
        """Change the shop's notes; None takes one out. Raises Invalid, NotFound, Conflict, Busy."""
        for _ in range(_TRIES):
            before = self._known(phone)
            try:
                self.profiles.write(before, merged(before.attributes, changes))
            except Refused as refused:
                raise Invalid.because(refused) from None
            except ProfileChanged:
                continue
            return self._known(phone)
        raise Busy("others are writing about this number right now; try again in a moment")

    def report(self, phone: str, event: Event, at: datetime | None, now: datetime) -> Contact:
        """Note that they visited, clicked or redeemed `at` a time, or now.

        Of several reports the newest time stays, whatever their order. It counts in the reports of
        the campaigns that it follows. Raises Invalid, NotFound, Conflict.
        """
        happened = at or now
        if not now - _OLDEST <= happened <= now + _AHEAD:
            raise Invalid([Fault("at", f"from {_OLDEST.days} days ago to now")])
        self._known(phone)
        if not self.profiles.note(phone, event, happened):
            raise _forgotten()
        self.outcomes.happened(phone, Outcome(event), happened, now)
        return self._known(phone)

    def _known(self, phone: str) -> Contact:
        contact = self.profiles.get(phone)
        if contact is None:
            raise NotFound("this number has never texted")
        if contact.status is Status.FORGOTTEN:
            raise _forgotten()
        return contact


def _forgotten() -> Conflict:
    return Conflict("they asked to be forgotten: nothing about them is kept")
