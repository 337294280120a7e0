"""Texts about coupons: staff redeem and undo, customers ask for theirs, friends bring friends."""

from dataclasses import dataclass

from sayso.domain.catalog import Catalog, Staff
from sayso.domain.contact import Contact
from sayso.domain.counter_said import Teller
from sayso.domain.coupon import Coupon, Verdict, Way
from sayso.domain.exchange import InboundText
from sayso.domain.referrals import Referral
from sayso.domain.takings import referred
from sayso.domain.understanding import Reading
from sayso.domain.vocabulary import Intent
from sayso.services.guessing import Source
from sayso.services.ports.counter_texts import CounterBusy
from sayso.services.redeeming import Attempt, Counter, KeepsChanging
from sayso.services.wallet import Wallet


@dataclass(frozen=True, slots=True)
class TextsAtTheCounter:
    """CounterTexts over the counter and the customers' wallet."""

    counter: Counter
    wallet: Wallet

    def answer(
        self, text: InboundText, reading: Reading, contact: Contact, catalog: Catalog
    ) -> str:
        if reading.intent is Intent.OFFERS:
            return self.wallet.said(contact, text, catalog)
        staff = catalog.staff_member(text.phone)
        if staff is None:
            return Teller(catalog, contact.language).show(reading.code)
        try:
            if reading.intent is Intent.UNDO:
                return self._undone(staff, text, reading, catalog)
            return self._redeemed(staff, text, reading, catalog)
        except KeepsChanging as changing:
            raise CounterBusy(str(changing)) from None

    def friends(self, code: str, phone: str) -> str:
        coupon = self._of_a_customer(code)
        return coupon.code if coupon and coupon.phone != phone else ""

    def referral(self, code: str) -> Referral | None:
        coupon = self._of_a_customer(code)
        return Referral(coupon.run_id, coupon.phone, referred(coupon)) if coupon else None

    def _of_a_customer(self, code: str) -> Coupon | None:
        """A code that all share is nobody's."""
        coupon = self.counter.coupons.get(code)
        return coupon if coupon and coupon.phone else None

    def _redeemed(self, staff: Staff, text: InboundText, reading: Reading, catalog: Catalog) -> str:
        attempt = Attempt(
            id=text.message_id,
            typed=reading.code,
            way=Way.TEXT,
            at=text.received_at,
            source=Source.phone(text.phone),
            by=staff,
            place=staff.location,
            amount=reading.amount,
        )
        outcome, teller = self.counter.redeem(attempt), Teller(catalog)
        if outcome.verdict is Verdict.REDEEMED and outcome.coupon and outcome.use:
            title = outcome.offer.title if outcome.offer else ""
            return teller.redeemed(outcome.coupon, outcome.use, title)
        return teller.refused(outcome.verdict, outcome.coupon, reading.code, staff.location)

    def _undone(self, staff: Staff, text: InboundText, reading: Reading, catalog: Catalog) -> str:
        undone = self.counter.undo(staff.phone, text.received_at, code=reading.code)
        return Teller(catalog).undone(undone.undoing, undone.coupon, undone.use)
