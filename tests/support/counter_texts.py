"""Texts about coupons to Bluebird Coffee, whose counter and conversations are in memory."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from sayso.domain.catalog import Catalog, OptIn
from sayso.domain.exchange import InboundText
from sayso.services.counter_texts import TextsAtTheCounter
from sayso.services.inbound import Handled, Inbound
from sayso.services.wallet import Wallet
from tests.fakes.carrier import FakeCarrier
from tests.fakes.conversations import FakeConversations
from tests.fakes.opt_out_list import FakeOptOutList
from tests.support.bluebird import PROGRAM, SHOP, a_text
from tests.support.counters import LATER, MIA, OMAR, CounterWorld

STAFFED = replace(SHOP, staff=(MIA, OMAR))
DOUBLE = replace(STAFFED, program=replace(PROGRAM, opt_in=OptIn.DOUBLE))
A_MINUTE = timedelta(minutes=1)


@dataclass
class World:
    """The inbound use case with a counter, everything around it in memory."""

    catalog: Catalog = STAFFED
    opt_outs: FakeOptOutList = field(default_factory=FakeOptOutList)
    address: str = ""

    def __post_init__(self) -> None:
        self.conversations = FakeConversations(self.catalog)
        self.till = CounterWorld(people=self.conversations.contacts)
        self.carrier = FakeCarrier(self.opt_outs)
        texts = TextsAtTheCounter(self.till.counter, Wallet(self.till.coupons, self.address))
        self.inbound = Inbound(self.conversations, self.carrier, self.opt_outs, lambda: texts)

    def handle(self, text: InboundText) -> Handled:
        return self.inbound.handle(text, text.received_at)

    def says(self, phone: str, body: str, at: datetime = LATER) -> str:
        """What is said, and the answer to it; "" for none."""
        told = len(self.carrier.bodies_to(phone))
        self.handle(a_text(body, phone=phone, at=at))
        return "".join(self.carrier.bodies_to(phone)[told:])

    def brings(self, code: str) -> int:
        """How many friends the run of R1 has counted."""
        assert code
        return self.conversations.credits["R1"]["referred"]
