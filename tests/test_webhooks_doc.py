"""The page by which developers set up web hooks says what the code does."""

import json
import re
from datetime import timedelta

from sayso.domain.activity import Activity, Kind
from sayso.domain.webhook import GIVES_UP_AFTER, OVERLAP, RETRIES
from sayso.domain.webhook_payload import payload
from sayso.handlers.admin_api.webhooks import ROUTES
from sayso.services.webhooks import ENDPOINTS_AT_MOST
from tests.support.bluebird import ANA, NOON
from tests.support.repository import ROOT

PAGE = (ROOT / "docs" / "webhooks.md").read_text()


def rows(head: str) -> list[list[str]]:
    """The cells of the table that begins like this."""
    table = PAGE.partition(f"| {head} |")[2].partition("\n\n")[0]
    return [line.strip("| ").split(" | ") for line in table.splitlines()[2:]]


def test_every_event_is_explained_and_every_explained_one_exists() -> None:
    assert [name.strip("`") for name, _ in rows("event")] == [str(kind) for kind in Kind]


def test_every_route_is_named_and_every_named_one_exists() -> None:
    one, log = "/admin/webhooks/{id}", "/admin/webhooks/{id}/deliveries"
    named = {
        (method, path)
        for cell, _ in rows("route")
        for method, path in re.findall(r"(GET|POST|PATCH|DELETE) (/admin[^`]*)", cell)
    }
    assert "`…/deliveries/{delivery}`" in PAGE
    named |= {("GET", f"{log}/{{delivery}}")}
    assert named == {(route.method, route.path) for route in ROUTES}
    assert ("PATCH", one) in named


def test_the_example_has_all_fields_of_an_event_and_reads_as_one() -> None:
    example = json.loads(PAGE.partition("```json\n")[2].partition("```")[0])

    told = json.loads(payload(Activity(Kind.REDEEMED, NOON, id="E1", phone=ANA)))
    assert list(example) == list(told)
    assert list(example["data"]) == list(told["data"])


def test_the_waits_and_limits_are_those_of_the_code() -> None:
    minutes, hours = timedelta(minutes=1), timedelta(hours=1)
    waits = [5 / 60, 1, 5, 30, *(n * 60 for n in (2, 5, 10, 14, 20, 24))]

    assert "after 5 seconds, 1, 5 and 30 minutes, then 2, 5, 10, 14, 20 and 24 hours" in PAGE
    assert [wait / minutes for wait in RETRIES] == waits
    assert sum(RETRIES, timedelta()) > timedelta(days=3)
    assert (GIVES_UP_AFTER, "for five days" in PAGE) == (timedelta(days=5), True)
    assert (OVERLAP, "for 24 hours the old one" in PAGE) == (24 * hours, True)
    assert f"at most {ENDPOINTS_AT_MOST}" in PAGE
