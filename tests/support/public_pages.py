"""The public function as customers and staff meet it: requests in, pages out, moto behind it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import pytest
from moto import mock_aws

from sayso.adapters import aws
from sayso.adapters.dynamodb.campaigns import DynamoCampaigns
from sayso.adapters.dynamodb.coupons import DynamoCoupons
from sayso.adapters.dynamodb.subscribers import DynamoSubscribers
from sayso.adapters.pins import ScryptPins
from sayso.domain.catalog import Catalog, Staff
from sayso.domain.coupon import Coupon
from sayso.domain.offer import Links
from sayso.handlers import public
from sayso.handlers.counter_page import files
from tests.support.bluebird import NOON, SHOP
from tests.support.campaigns import a_run, sending
from tests.support.coupons import FREE_COFFEE
from tests.support.http_events import http_event
from tests.support.lambda_context import LambdaContext
from tests.support.pages import Page
from tests.support.repository import ROOT
from tests.support.shelves import DynamoShelf, OneCallAtATime
from tests.support.table import TABLE, create_table
from tests.support.user_agents import ON_AN_IPHONE
from tests.support.web_forms import HOME

BASE = "https://bluebird.example"
MENU = "https://menu.bluebird.example/today?from=text"
LINKS = Links({"menu": MENU, "plain": "http://menu.bluebird.example/"})
PIN = "471108"
MIA = Staff("+13125550155", "Mia", "DOWNTOWN", ScryptPins().seal(PIN))
OMAR = Staff("+13125550156", "Omar", pin=ScryptPins().seal("815815"))
STAFFED = replace(SHOP, staff=(MIA, OMAR))
OFFER = replace(FREE_COFFEE, terms="One per person. Not with other offers.")
_FORM = "application/x-www-form-urlencoded"


@dataclass
class PublicPages:
    """Bluebird Coffee's pages; campaign C1 is being sent with the runs R1 and R2."""

    dynamodb: Any
    now: datetime = NOON
    ip: str = HOME
    user_agent: str = ON_AN_IPHONE
    headers: dict[str, str] = field(default_factory=dict[str, str])

    @property
    def coupons(self) -> DynamoCoupons:
        return DynamoCoupons(self.dynamodb, TABLE)

    @property
    def subscribers(self) -> DynamoSubscribers:
        return DynamoSubscribers(self.dynamodb, TABLE)

    def issued(self, coupon: Coupon) -> Coupon:
        """A coupon that went out with a text."""
        self.coupons.put(coupon)
        return coupon

    def tally(self, run_id: str = "R1") -> dict[str, int]:
        """The run's counters that are not zero."""
        progress = DynamoCampaigns(self.dynamodb, TABLE).progress(run_id)
        assert progress is not None
        return {name: count for name, count in progress.tally.items() if count}

    def get(self, target: str, method: str = "GET", **headers: str) -> Page:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.ask(method, target, None, named)

    def send(self, target: str, **form: str) -> Page:
        """Send these very fields."""
        return self.ask("POST", target, urlencode(form).encode(), {"content-type": _FORM})

    def redeems(self, code: str, **form: str) -> Page:
        """Press twice, as a person does."""
        token = self.send(f"/o/{code}", do="ask").token
        return self.send(f"/o/{code}", do="redeem", token=token, **form)

    def ask(self, method: str, target: str, body: bytes | None, headers: Mapping[str, str]) -> Page:
        """Any request at all."""
        event = self.event(method, target, body, headers)
        return Page.of(public.handler(event, LambdaContext()))

    def event(
        self, method: str, target: str, body: bytes | None, headers: Mapping[str, str]
    ) -> dict[str, Any]:
        """The request as API Gateway hands it on. A client writes what it likes into headers."""
        sent = {**self.headers, **headers, "x-forwarded-for": "198.51.100.99"}
        route, named = _route(target.partition("?")[0].strip("/").split("/"))
        key = f"{method} {route}"
        event = http_event(method, target, body=body, headers=sent, route_key=key)
        event["pathParameters"] = named
        event["requestContext"]["http"] |= {"sourceIp": self.ip, "userAgent": self.user_agent}
        return event


def _route(parts: list[str]) -> tuple[str, dict[str, str]]:
    """The route that the gateway chooses, and what it reads out of the path."""
    match parts:
        case ["o", code]:
            return "/o/{code}", {"code": code}
        case ["o", code, link]:
            return "/o/{code}/{link}", {"code": code, "link": link}
        case ["counter", version, file]:
            return "/counter/{version}/{file}", {"version": version, "file": file}
    return f"/{'/'.join(parts)}", {}


@contextmanager
def opened_pages(catalog: Catalog = STAFFED, **settings: str) -> Iterator[PublicPages]:
    """The pages on a table of their own, at noon; `base` "" is an API without its own domain."""
    environment = {"TABLE_NAME": TABLE, "PUBLIC_URL": BASE, "JOIN_REGIONS": "US"} | settings
    with mock_aws(), pytest.MonkeyPatch.context() as patch:
        for name, value in environment.items():
            patch.setenv(name, value)
        _forget()
        dynamodb = OneCallAtATime(aws.client("dynamodb"))
        patch.setattr(public, "client", lambda _: dynamodb)
        patch.setattr(files, "FOLDER", ROOT / "web" / "counter")
        create_table(dynamodb)
        DynamoShelf(dynamodb, catalog)
        runs = (replace(a_run(one), offer=OFFER, links=LINKS) for one in ("R1", "R2"))
        sending(DynamoCampaigns(dynamodb, TABLE), *runs)
        pages = PublicPages(dynamodb)
        patch.setattr(public, "_now", lambda: pages.now)
        try:
            yield pages
        finally:
            _forget()


def _forget() -> None:
    for cached in (aws.client, public.offers, public.counter, public.staff, public.shelf):
        cached.cache_clear()
