"""What the inbound use case needs where a text is about coupons: made only when one is."""

from typing import Protocol

from sayso.domain.catalog import Catalog
from sayso.domain.contact import Contact
from sayso.domain.exchange import InboundText
from sayso.domain.referrals import Referral
from sayso.domain.understanding import Reading


class CounterBusy(Exception):
    """It could not be said now what comes of it: deliver the text again."""


class CounterTexts(Protocol):
    """Answers texts from the counter, and knows whose code a friend has passed on."""

    def answer(
        self, text: InboundText, reading: Reading, contact: Contact, catalog: Catalog
    ) -> str:
        """Do what the text asks for and say what came of it; the same text again, the same answer.

        Raises CounterBusy.
        """
        ...

    def friends(self, code: str, phone: str) -> str:
        """The code if it is somebody else's than this number's, and counts; else ""."""
        ...

    def referral(self, code: str) -> Referral | None:
        """What a new subscriber by this code adds to which run."""
        ...
