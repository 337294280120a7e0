"""A whole Sayso in memory: people text it, campaigns text them, and both meet in one table."""

from dataclasses import replace

from sayso.domain.catalog import Catalog, OptIn
from sayso.domain.contact import Contact
from sayso.domain.exchange import InboundText
from sayso.domain.ledger import Audit, Kept
from sayso.services.inbound import Handled, Inbound
from tests.fakes.conversations import FakeConversations
from tests.support.bluebird import SHOP
from tests.support.campaign_world import CampaignWorld


class ConsentWorld(CampaignWorld):
    """Bluebird Coffee's campaigns and conversations, over the same people."""

    def __init__(self) -> None:
        super().__init__(page_size=3)
        self.conversations = FakeConversations(SHOP)
        self.conversations.contacts = self.slots.contacts
        self.conversations.ledgers = self.ledgers
        self.inbound = Inbound(self.conversations, self.network, self.network.opt_outs)

    def receive(self, text: InboundText) -> Handled:
        """One delivery of a text, to its end."""
        try:
            return self.inbound.handle(text, self.now)
        finally:
            # The index follows the table at once here; what lags is tested with the planner.
            self.audience.contacts = list(self.slots.contacts.values())

    def shop_opts_in_by(self, opt_in: OptIn) -> None:
        catalog = self.conversations.catalog
        assert catalog.program is not None
        self.set_catalog(replace(catalog, program=replace(catalog.program, opt_in=opt_in)))

    def set_catalog(self, catalog: Catalog) -> None:
        self.conversations.catalog = self.catalog.catalog = catalog

    def contact(self, phone: str) -> Contact:
        return self.slots.contacts.get(phone) or Contact.stranger(phone)

    def faults(self, phone: str) -> list[str]:
        """What an audit of the number's ledger finds."""
        audit, contact = Audit(phone), self.slots.contacts.get(phone)
        lines: list[Kept] = [*self.conversations.ledgers[phone], *self.conversations.erased[phone]]
        for line in sorted(lines, key=lambda one: one.seq):
            audit.read(line)
        audit.end(contact, contact)
        return audit.faults
