"""What the customers' links do with a request: show the offer, have it redeemed, or lead on."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from http import HTTPStatus
from urllib.parse import parse_qsl

from sayso.domain.codes import bare, parsed
from sayso.domain.coupon import Coupon
from sayso.domain.visitors import Visit
from sayso.handlers.http import Request, preferred_language
from sayso.handlers.offer_page.answers import Answered, sent_on, told
from sayso.handlers.offer_page.view import nothing_page
from sayso.handlers.offer_page.visit import OfferVisit
from sayso.handlers.offer_page.words import LANGUAGES
from sayso.services.clicks import Clicks
from sayso.services.form_tokens import FormTokens
from sayso.services.guessing import Guessing, Source
from sayso.services.ports.campaigns import CampaignStore
from sayso.services.ports.catalog import CatalogStore
from sayso.services.ports.coupons import CouponStore
from sayso.services.redeeming import Counter, KeepsChanging

_CODE_AT_MOST = 40
_SAFE = "https://"


@dataclass(frozen=True, slots=True)
class OfferDesk:
    """The pages behind `/o/{code}`. `base` is the address that the world calls the API by, if set.

    `is_passing` knows the failures of what stands behind it that end by themselves.
    """

    coupons: CouponStore
    campaigns: CampaignStore
    catalog: CatalogStore
    counter: Counter
    guessing: Guessing
    clicks: Clicks
    tokens: FormTokens
    base: str
    clock: Callable[[], datetime]
    is_passing: Callable[[Exception], bool]

    def answer(self, request: Request, ip: str, user_agent: str) -> Answered:
        """The answer to a request from this address, which is never what a header claims.

        Storage that is too busy is told as such: pressed again, the same form redeems once.
        """
        method = request.route.partition(" ")[0]
        visit = Visit(method, user_agent, request.headers)
        try:
            answered = self._answer(request, Source.address(ip), visit)
        except Exception as failure:
            if not (isinstance(failure, KeepsChanging) or self.is_passing(failure)):
                raise
            answered = _nothing(request, "busy", HTTPStatus.SERVICE_UNAVAILABLE)
            answered.response["headers"]["retry-after"] = "60"
        if method == "HEAD":
            answered.response["body"] = ""
        return answered

    def _answer(self, request: Request, source: Source, visit: Visit) -> Answered:
        now = self.clock()
        *_, before, last = request.path.split("/")
        code, link = (before, last) if request.route.endswith("{link}") else (last, "")
        # Read, not counted: a campaign's previews all come from a few addresses at one moment.
        if self.guessing.is_locked(source, now):
            return _nothing(request, "locked", HTTPStatus.TOO_MANY_REQUESTS)
        coupon = self._found(code)
        if coupon is None:
            self.guessing.begin(source, now)  # as many as race each other, and then no more
            return _nothing(request, "unknown", HTTPStatus.NOT_FOUND)
        if link:
            return self._led_on(request, coupon, link, visit, now)
        return self._shown(request, coupon, visit, now)

    def _found(self, code: str) -> Coupon | None:
        """Looked for in the same way whatever was written, so that all take the same time."""
        written = code[:_CODE_AT_MOST]
        return self.coupons.get(parsed(written) or bare(written) or "-")

    def _led_on(
        self, request: Request, coupon: Coupon, link: str, visit: Visit, now: datetime
    ) -> Answered:
        """To what the campaign has under this name, and nowhere else."""
        run = self.campaigns.run(coupon.run_id)
        target = run.links.targets.get(link, "") if run else ""
        if not target.startswith(_SAFE):
            return _nothing(request, "unknown", HTTPStatus.NOT_FOUND)
        is_persons = self.clicks.happened(coupon, visit, now)
        return replace(sent_on(target), what="followed" if is_persons else "previewed")

    def _shown(self, request: Request, coupon: Coupon, visit: Visit, now: datetime) -> Answered:
        background = self.coupons.background(coupon)
        if background.offer is None:
            return _nothing(request, "unknown", HTTPStatus.NOT_FOUND)
        shown = OfferVisit(
            coupon=coupon,
            offer=background.offer,
            is_withdrawn=background.is_withdrawn,
            catalog=self.catalog.load(),
            counter=self.counter,
            tokens=self.tokens,
            address=f"{self.base.rstrip('/') or f'https://{request.host}'}/o/{coupon.code}",
            language=_language(request, coupon.language),
            now=now,
        )
        if visit.method == "POST":
            return shown.press(request.body)
        is_persons = self.clicks.happened(coupon, visit, now)
        return shown.show("shown" if is_persons else "previewed")


def _nothing(request: Request, reason: str, status: HTTPStatus) -> Answered:
    return told(status, nothing_page(_language(request), reason), reason)


def _language(request: Request, of_text: str = "") -> str:
    """The one that the address asks for, that of the text that brought them, or the browser's."""
    wanted = dict(parse_qsl(request.query)).get("lang", "")
    known = next((one for one in (wanted, of_text) if one in LANGUAGES), "")
    return known or preferred_language(request.headers.get("accept-language", ""), LANGUAGES)
