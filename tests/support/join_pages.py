"""The opt-in page's function, with moto and the phone simulator behind it."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

import pytest
from moto import mock_aws

from sayso.adapters import aws
from sayso.adapters.end_user_messaging import SERVICE
from sayso.domain.catalog import Catalog
from sayso.handlers import join
from tests.support.bluebird import NOON, NUMBER, PROGRAM, SHOP
from tests.support.http_events import http_event
from tests.support.lambda_context import LambdaContext
from tests.support.pages import Page
from tests.support.shelves import DynamoShelf
from tests.support.simulated_carrier import Phones, simulated
from tests.support.table import TABLE, create_table
from tests.support.web_forms import BROWSER, HOME

TERMS, PRIVACY = "https://bluebird.example/terms", "https://bluebird.example/privacy"
LINKED_SHOP = replace(SHOP, program=replace(PROGRAM, terms_url=TERMS, privacy_url=PRIVACY))
_ENVIRONMENT = {
    "TABLE_NAME": TABLE,
    "CARRIER": "end-user-messaging",
    "ORIGINATION_IDENTITY": NUMBER,
    "PUBLIC_NUMBER": NUMBER,
    "JOIN_PER_HOUR": "300",
    "JOIN_REGIONS": "US PR",
}


@dataclass
class Browser:
    """Somebody at home; `now` is theirs to move."""

    shelf: DynamoShelf
    phones: Phones
    now: datetime = NOON
    ip: str = HOME
    user_agent: str = BROWSER

    def get(self, target: str = "/join/COFFEE", language: str = "") -> Page:
        headers = {"accept-language": language} if language else {}
        return self._ask("GET", target, None, headers)

    def send(self, form: Mapping[str, str], target: str = "/join/COFFEE") -> Page:
        """Send these very fields."""
        headers = {"content-type": "application/x-www-form-urlencoded"}
        return self._ask("POST", target, urlencode(form).encode(), headers)

    def fill_in(self, target: str = "/join/COFFEE", **fields: str) -> Page:
        """Open the page, take half a minute over it, and send it in; "" leaves a field out."""
        token = self.get(target).token
        self.now += timedelta(seconds=30)
        filled = {"phone": "(312) 555-0101", "agree": "yes", "token": token} | fields
        return self.send({name: value for name, value in filled.items() if value}, target)

    def bodies_to(self, phone: str) -> list[str]:
        return [text["body"] for text in self.phones.thread(phone)]

    def _ask(
        self, method: str, target: str, body: bytes | None, headers: Mapping[str, str]
    ) -> Page:
        # A client writes what it likes into this header.
        headers = {**headers, "x-forwarded-for": "198.51.100.99", "user-agent": self.user_agent}
        event = http_event(
            method, target, body=body, headers=headers, route_key=f"{method} /join/{{keyword}}"
        )
        event["requestContext"]["http"] |= {"sourceIp": self.ip, "userAgent": self.user_agent}
        return Page.of(join.handler(event, LambdaContext()))


@contextmanager
def opened_page(catalog: Catalog = LINKED_SHOP, **settings: str) -> Iterator[Browser]:
    """A browser at the shop's opt-in page."""
    with ExitStack() as scope:
        scope.enter_context(mock_aws())
        patch = scope.enter_context(pytest.MonkeyPatch.context())
        for name, value in {**_ENVIRONMENT, **settings}.items():
            patch.setenv(name, value)
        _forget()
        scope.callback(_forget)
        dynamodb = aws.client("dynamodb")
        create_table(dynamodb)
        state = Path(scope.enter_context(TemporaryDirectory()))
        carrier = aws.client_without_retries(SERVICE)
        browser = Browser(
            DynamoShelf(dynamodb, catalog), scope.enter_context(simulated(carrier, state))
        )
        patch.setattr(join, "_now", lambda: browser.now)
        yield browser


def _forget() -> None:
    for cached in (aws.client, aws.client_without_retries, join.desk):
        cached.cache_clear()
