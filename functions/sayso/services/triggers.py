"""What happens to subscribers, told to the triggered campaigns that wait for it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta

from sayso.domain.campaign import Campaign
from sayso.domain.catalog import Catalog
from sayso.domain.contact import Contact
from sayso.domain.listed import Listed
from sayso.domain.series import LATEST, Candidate, Trigger, happened
from sayso.domain.terms import Basis, Timing, terms_on
from sayso.services.enrolling import Enroller, Entrant
from sayso.services.ports.campaigns import CatalogReader
from sayso.services.ports.series import SeriesReader

# Those of some people whom a segment's text form means at a moment, as services.choosing says it.
Chooses = Callable[[str, Sequence[Listed], datetime], Sequence[Listed]]
ContactChange = tuple[Contact | None, Contact]


@dataclass(frozen=True, slots=True)
class Triggers:
    """Enrols whoever joins, visits or redeems. No consent is decided here: the claim does that."""

    series: SeriesReader
    catalog: CatalogReader
    enroller: Enroller
    chooses: Chooses
    clock: Callable[[], datetime]

    def tell(self, changes: Sequence[ContactChange]) -> int:
        """Take changes of subscribers in, in their order. How many were enrolled by it.

        Raises enrolling.StillChanging, NotQueued.
        """
        found = [
            (trigger, candidate, contact)
            for before, contact in changes
            for trigger, candidate in happened(before, contact).items()
        ]
        if not found:
            return 0
        now = self.clock()
        active = [one for one in self.series.triggered() if one.is_active(now)]
        catalog = self.catalog.load() if active else Catalog(program=None)
        enrolled = 0
        for campaign in active:
            entrants = [
                self._entrant(campaign, catalog, candidate, contact)
                for trigger, candidate, contact in found
                if self._is_meant(campaign, trigger, contact, now)
            ]
            in_time = [one for one in entrants if now - one.due_at <= LATEST]
            enrolled += self.enroller.enrol(campaign, in_time)
        return enrolled

    def _is_meant(
        self, campaign: Campaign, trigger: Trigger, contact: Contact, now: datetime
    ) -> bool:
        if campaign.schedule is None or campaign.schedule.on != trigger:
            return False
        if campaign.locations and contact.location not in campaign.locations:
            return False
        return not campaign.where or bool(self.chooses(campaign.where, [_listed(contact)], now))

    def _entrant(
        self, campaign: Campaign, catalog: Catalog, candidate: Candidate, contact: Contact
    ) -> Entrant:
        minutes = campaign.schedule.delay_minutes if campaign.schedule else 0
        due_at = candidate.happened_at + timedelta(minutes=minutes)
        if due_at > self.clock() - LATEST:
            due_at = _opening(catalog, contact, due_at)
        return Entrant(candidate, _listed(contact), due_at)


def _opening(catalog: Catalog, contact: Contact, due_at: datetime) -> datetime:
    """When their window lets them in: who joins at night is due in the morning, with all others.

    It is judged again when the text is sent.
    """
    terms = terms_on(catalog, Basis(contact.location, contact.preference))
    moment = terms.at(contact.phone, due_at, due_at)
    return moment.until if moment.timing is Timing.WAIT and moment.until else due_at


def _listed(contact: Contact) -> Listed:
    """The contact as the index lists them."""
    return Listed(**{one.name: getattr(contact, one.name) for one in fields(Listed)})
