"""One person on their offer's page: what they see, and what a press of theirs comes to."""

from dataclasses import dataclass, replace
from datetime import datetime
from http import HTTPStatus
from urllib.parse import parse_qsl

from sayso.domain.catalog import Catalog
from sayso.domain.coupon import Coupon, Verdict, Way
from sayso.domain.offer import Offer
from sayso.domain.redeeming import judged
from sayso.handlers.offer_page.answers import Answered, told
from sayso.handlers.offer_page.ticket import Ticket
from sayso.handlers.offer_page.view import (
    DO,
    REDEEM,
    nothing_page,
    offer_page,
    proof_page,
    question_page,
    refused_page,
)
from sayso.services.form_tokens import FormTokens
from sayso.services.form_tokens import Verdict as Form
from sayso.services.redeeming import Attempt, Counter

BODY_AT_MOST = 4 * 1024
# Beside those of texts and of the counter's page, whose ids are made elsewhere.
REQUEST = "page-"


@dataclass(frozen=True, slots=True)
class OfferVisit:
    """One request for one coupon's page, in one language. `address` is the page's own."""

    coupon: Coupon
    offer: Offer
    is_withdrawn: bool
    catalog: Catalog
    counter: Counter
    tokens: FormTokens
    address: str
    language: str
    now: datetime

    def show(self, what: str) -> Answered:
        """The offer as it stands."""
        return told(HTTPStatus.OK, offer_page(self._ticket(self.coupon)), what)

    def press(self, body: bytes) -> Answered:
        """The question before it counts; and, with that question's own token, the redemption.

        A code that all share is nobody's to redeem by themselves: staff enter it.
        """
        if len(body) > BODY_AT_MOST:
            page = nothing_page(self.language, "busy")
            return told(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, page, "too_large")
        form = dict(parse_qsl(body.decode("utf-8", "replace")))
        if not self.coupon.phone:
            return self.show("shown")
        if form.get(DO) == REDEEM:
            return self._redeem(form.get("token", ""), form.get("place", ""))
        if self._verdict(self.coupon) is not Verdict.REDEEMED:
            return self.show("over")
        return self._ask(HTTPStatus.OK, "asked")

    def _ask(self, status: HTTPStatus, what: str, notice: str = "") -> Answered:
        token = self.tokens.make(self._named, self.now)
        return told(status, question_page(self._ticket(self.coupon), token, notice), what)

    def _redeem(self, token: str, place: str) -> Answered:
        checked = self.tokens.check(token, self._named, self.now)
        if checked.verdict is not Form.GOOD:
            return self._ask(HTTPStatus.UNPROCESSABLE_ENTITY, "stale", "stale_form")
        location = self.catalog.location(place)
        attempt = Attempt(
            id=f"{REQUEST}{checked.id}",
            typed=self.coupon.code,
            way=Way.PAGE,
            at=self.now,
            source=None,  # its form was on a page that only this code opens: nobody is guessing
            place=location.code if location else "",
        )
        outcome = self.counter.redeem(attempt)
        ticket = self._ticket(outcome.coupon or self.coupon)
        if outcome.use and outcome.use.undone_at:
            return self.show("undone")
        if outcome.use:
            return told(HTTPStatus.OK, proof_page(ticket, outcome.use), outcome.verdict)
        if outcome.verdict is Verdict.WRONG_LOCATION:
            return told(HTTPStatus.OK, refused_page(ticket, outcome.verdict), outcome.verdict)
        over = replace(ticket, verdict=outcome.verdict)
        return told(HTTPStatus.OK, offer_page(over), outcome.verdict)

    @property
    def _named(self) -> str:
        """What the token is for: this coupon's redemption, and no other form of the shop."""
        return f"redeem {self.coupon.code}"

    def _ticket(self, coupon: Coupon) -> Ticket:
        return Ticket(
            coupon=coupon,
            offer=self.offer,
            verdict=self._verdict(coupon),
            catalog=self.catalog,
            address=self.address,
            language=self.language,
            now=self.now,
        )

    def _verdict(self, coupon: Coupon) -> Verdict:
        return judged(coupon, "", self.now, is_withdrawn=self.is_withdrawn)
