"""The stores of the simulation, with nobody in them, as the contract tests look at them."""

from collections.abc import Sequence

from sayso.domain.catalog import Catalog
from sayso.domain.contact import Contact
from sayso.domain.ledger import Kept
from simulation.audience import SimulatedAudience
from simulation.campaigns import SimulatedCampaigns
from simulation.columns import Digests
from simulation.conversations import SimulatedConversations
from simulation.coupons import SimulatedCoupons
from simulation.deeds import SimulatedOutcomes
from simulation.people import OwnPhone, People
from simulation.slots import SimulatedSlots
from simulation.tables import Table


class SimulatedStores:
    """All of them, over the same contacts."""

    def __init__(self, page_size: int = 1000, catalog: Catalog | None = None) -> None:
        self.people = People()
        self.contacts: Table[Contact] = Table(
            Contact, {"phone": OwnPhone(self.people), "ledger_head": Digests()}
        )
        self.campaigns = SimulatedCampaigns()
        self.audience = SimulatedAudience(self.people, self.contacts, page_size=page_size)
        self.outcomes = SimulatedOutcomes(self.people, self.campaigns)
        self.coupons = SimulatedCoupons(self.people, self.contacts, self.campaigns, self.outcomes)
        self.slots = SimulatedSlots(self.people, self.contacts, self.campaigns, self.coupons)
        self.conversations = SimulatedConversations(
            catalog or Catalog(program=None),
            self.people,
            self.contacts,
            self.audience,
            self.campaigns,
        )

    def put(self, contact: Contact) -> None:
        row = self.people.row(contact.phone)
        self.contacts.reserve(row + 1)
        self.contacts.put(row, contact)
        self.audience.note(row, contact)

    def contact(self, phone: str) -> Contact | None:
        return self.conversations.read([phone]).get(phone)

    def ledger(self, phone: str) -> Sequence[Kept]:
        return self.conversations.ledgers.get(self.people.row(phone), [])
