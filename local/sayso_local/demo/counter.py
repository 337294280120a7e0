"""The act at the counter: an offer with codes goes out, and comes back over the till."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import httpx

from sayso_local.client import Stack, Text
from sayso_local.demo.cast import Store
from sayso_local.demo.shop import PROGRAM, Shop
from sayso_local.demo.snapshot import snapshot
from sayso_local.demo.stage import Stage
from sayso_local.demo.told import Redeemed, Told
from sayso_local.errors import CommandError
from sayso_local.places import Places
from sayso_local.progress import step

TITLE = "Free coffee"
BODY = (
    f"{PROGRAM}: {{{{ offer }}}} until {{{{ valid_until }}}}. Show {{{{ code }}}} or open "
    "{{ link }} Reply STOP to end."
)
SALE = "23.50"
# Well formed, and nobody's: samples show it.
NOBODYS_CODE = "K7P4-XQ9M"
# A phone's browser: what previews a link, or scans it, is counted apart.
_PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
    "Gecko) Version/18.6 Mobile/15E148 Safari/604.1"
)
_CODE = re.compile(r"\b[2-9A-Z]{4}-[2-9A-Z]{4}\b")
_LINK = re.compile(r"https?://\S+/o/\S+")
_TOKEN = re.compile(r'name="token" value="([^"]+)"')
# Of the store's numbers those of nobody else.
EXTRAS = range(190, 194)
_MIA, _NOAH, _FRIEND, _PASSER_BY = EXTRAS
_AT_ONCE, _SALES = 4, 10
_HOLDS = timedelta(days=3)

Say = Callable[[str, str], None]
Until = Callable[[Callable[[], bool]], None]


@dataclass(frozen=True)
class CounterAct:
    """Plays at one store; `say` texts and waits for the answer, `until` waits for anything."""

    stack: Stack
    shop: Shop
    stage: Stage
    places: Places
    told: Told
    store: Store
    elsewhere: Store
    customers: Sequence[str]
    say: Say
    until: Until

    def play(self) -> None:
        """The offer, the page, the counter, friends, and what the report makes of it."""
        campaign = self._the_offer_goes_out()
        first, second, *rest = self.customers
        self._a_page_is_opened(first)
        self._staff_redeem(first)
        self._a_customer_presses(second)
        with step(f"{_SALES} more are redeemed by text, each code tried twice"):
            self._many_redeem(rest[:_SALES])
        self._friends_come(first)
        self._the_report_knows(campaign)

    def _the_offer_goes_out(self) -> str:
        self.stage.act(
            f"An offer with a code for everybody at {self.store.code}",
            "Each text brings a code of its own and a link to its page. No till is changed for it.",
        )
        for number, name, store in ((_MIA, "Mia", self.store), (_NOAH, "Noah", self.elsewhere)):
            self.shop.employ(self._phone(number), name, store)
        ends = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) + _HOLDS
        campaign = self.shop.draft_offer(TITLE, BODY, self.store, ends)
        self.told.campaigns[campaign] = (self.store.code,)
        self.told.names[campaign] = TITLE
        with step("the offer goes out"):
            self.shop.send_now(campaign)
            self.until(lambda: self.shop.is_settled(campaign))
        return campaign

    def _a_page_is_opened(self, customer: str) -> None:
        self.stage.thread(customer, [self._offer_to(customer)])
        page = self._page_of(customer)
        with self._browser() as browser:
            browser.get(page).raise_for_status()
        picture = snapshot(page, self.places.state / "offer-page.png", self.places.scratch)
        self.stage.line()
        where = f"this is what they see: {picture}" if picture else "no browser here to show it by"
        self.stage.note(f"They open the link: {where}.")

    def _staff_redeem(self, customer: str) -> None:
        mia, noah, code = self._phone(_MIA), self._phone(_NOAH), self._code_of(customer)
        self.stage.act(
            "At the counter",
            f"Mia at {self.store.code} and Noah at {self.elsewhere.code} are registered staff: "
            "they text the code, and the sale if they like.",
        )
        self._use(noah, code)
        self._use(mia, code, SALE)
        self._use(mia, code)
        self._use(mia, NOBODYS_CODE)
        for phone in (noah, mia):
            self.stage.thread(phone, self.stack.thread(phone))
        self.told.redeemed[code] = Redeemed(self.store.code, SALE)

    def _use(self, staff: str, code: str, amount: str = "") -> None:
        self.say(staff, f"USE {code} {amount}".strip())

    def _a_customer_presses(self, customer: str) -> None:
        page = self._page_of(customer)
        with self._browser() as browser:
            (token,) = _TOKEN.findall(browser.post(page, data={"do": "ask"}).text)
            press = {"do": "redeem", "token": token, "place": self.store.code}
            pressed = [browser.post(page, data=press).text for _ in range(2)]
        self.told.redeemed[self._code_of(customer)] = Redeemed(self.store.code)
        shown = sum("✓ Redeemed" in one for one in pressed)
        self.stage.line()
        self.stage.note(
            f"{customer} presses redeem on the page while staff watch, and the phone sends it "
            f"twice: it is told so {shown} times, and it is one redemption."
        )

    def _many_redeem(self, customers: Sequence[str]) -> None:
        mia = self._phone(_MIA)
        tries = [(mia, f"USE {self._code_of(one)}") for one in customers for _ in range(2)]
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            for trying in [pool.submit(self.say, phone, words) for phone, words in tries]:
                trying.result()
        self.told.redeemed |= {self._code_of(one): Redeemed(self.store.code) for one in customers}

    def _friends_come(self, customer: str) -> None:
        code = self._code_of(customer)
        self.stage.act(
            "Word of mouth" + (", and a ZIP code instead of a store" if self.store.zip else ""),
            f"{customer} gives their code to a friend"
            + ("; somebody else knows only where they live." if self.store.zip else "."),
        )
        friend, passer_by = self._phone(_FRIEND), self._phone(_PASSER_BY)
        self.say(friend, f"JOIN {self.store.code} FROM {code}")
        self.told.newcomers[friend] = {"location": self.store.code, "channel": "friend"}
        self.stage.thread(friend, self.stack.thread(friend))
        if self.store.zip:
            self.say(passer_by, f"JOIN {self.store.zip}")
            self.told.newcomers[passer_by] = {"location": self.store.code}
            self.stage.thread(passer_by, self.stack.thread(passer_by))
        self.say(self.customers[-1], "OFFERS")
        self.stage.thread(self.customers[-1], self.stack.thread(self.customers[-1])[-2:])
        for phone in self.told.newcomers:
            self.told.entered[phone] = self.shop.subscriber(phone)

    def _the_report_knows(self, campaign: str) -> None:
        expected = len(self.told.redeemed)
        with step("the reports take it in"):
            self.until(lambda: self._counted() == expected)
        for code in self.told.redeemed:
            self.told.coupons[code] = self.shop.coupon(code)
        self.told.till = (campaign, self.shop.report(campaign)["till"])
        self.told.overall = {
            by: self.shop.overall(by)["items"] for by in ("campaign", "channel", "location")
        }

    def _counted(self) -> int:
        return int(self.shop.overall("campaign")["all"]["redeemed"])

    def _offer_to(self, phone: str) -> Text:
        return next(text for text in self.stack.received(phone) if TITLE in text.body)

    def _code_of(self, phone: str) -> str:
        return _found(_CODE, self._offer_to(phone).body)

    def _page_of(self, phone: str) -> str:
        return _found(_LINK, self._offer_to(phone).body)

    def _phone(self, index: int) -> str:
        return self.store.phone(index)

    def _browser(self) -> httpx.Client:
        headers = {"user-agent": _PHONE, "accept-language": "en"}
        return httpx.Client(trust_env=False, timeout=30, headers=headers)


def _found(pattern: re.Pattern[str], body: str) -> str:
    found = pattern.search(body)
    if found is None:
        raise CommandError(f"the text brings no code or link: {body}")
    return found[0]
