"""The marketer's side of the story, through the admin API alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sayso_local.client import Stack
from sayso_local.demo.cast import Store
from sayso_local.errors import CommandError

PROGRAM = "Bluebird Coffee"
# Where JOIN is advertised: the channel that its people come by.
SIGN = "window sign"


@dataclass(frozen=True)
class Shop:
    """What a marketer does at the console, as calls of its API."""

    stack: Stack

    def open(self, stores: Sequence[Store]) -> None:
        """Enter the program's locations in place of those that the stack was seeded with."""
        for keyword in self._call("GET", "keywords")["items"]:
            self._call("DELETE", f"keywords/{keyword['word']}")
        for location in self._call("GET", "locations")["items"]:
            self._call("DELETE", f"locations/{location['code']}")
        for store in stores:
            self.add(store)
        advertised = {"action": "join", "channel": SIGN}
        self._call("PUT", "keywords/JOIN", advertised)

    def add(self, store: Store) -> None:
        """Enter one more location."""
        wanted: dict[str, object] = {
            "name": f"{PROGRAM} {store.name}",
            "timezone": store.timezone,
            "state": store.state,
            "zip": store.zip,
            "aliases": [store.alias],
        }
        self._call("PUT", f"locations/{store.code}", _without_blanks(wanted))

    def draft(self, name: str, body: str, locations: Sequence[str]) -> str:
        """A new campaign's id."""
        audience = {"locations": list(locations)}
        campaign = {"name": name, "kind": "offer", "body": body, "audience": audience}
        return str(self._call("POST", "campaigns", campaign)["id"])

    def draft_offer(self, title: str, body: str, store: Store, ends: datetime) -> str:
        """The id of a new campaign whose texts bring codes, good at that store until then."""
        campaign = {
            "name": title,
            "kind": "offer",
            "body": body,
            "audience": {"locations": [store.code]},
            "offer": {"title": title, "places": [store.code], "terms": "One per person."},
            "valid_until": ends.isoformat(),
        }
        return str(self._call("POST", "campaigns", campaign)["id"])

    def employ(self, phone: str, name: str, store: Store) -> None:
        """Register a member of the store's staff."""
        self._call("PUT", f"staff/{phone}", {"name": name, "location": store.code})

    def coupon(self, code: str) -> dict[str, Any]:
        return self._call("GET", f"coupons/{code}")

    def overall(self, by: str) -> dict[str, Any]:
        """The report over everything that has happened, by campaign, channel or location."""
        return self._call("GET", "report", query={"by": by})

    def schedule(self, campaign: str, at: datetime, timezone: str) -> None:
        """Have the campaign sent at a local time (naive) of `timezone`."""
        wish = {"at": at.isoformat(timespec="seconds"), "timezone": timezone}
        self._call("POST", f"campaigns/{campaign}/schedule", wish)

    def send_now(self, campaign: str) -> None:
        self._call("POST", f"campaigns/{campaign}/schedule", {"now": True})

    def report(self, campaign: str) -> dict[str, Any]:
        return self._call("GET", f"campaigns/{campaign}/report")

    def is_settled(self, campaign: str) -> bool:
        """Whether the campaign is over and every text's fate is known."""
        report = self.report(campaign)
        known = report["delivered"] + report["undelivered"]
        return bool(report["is_finished"]) and bool(report["sent"] == known)

    def is_waiting_for(self, campaign: str, asleep: int, awake: int) -> bool:
        """Whether only those asleep are still to be texted, and the others' fate is known."""
        report = self.report(campaign)
        known = report["delivered"] + report["undelivered"]
        return bool(report["waiting"] == asleep and report["sent"] == known == awake)

    def members(self, location: str) -> set[str]:
        """Everyone on record at a location, page by page."""
        phones: set[str] = set()
        query = {"location": location, "limit": "100"}
        while True:
            page = self._call("GET", "subscribers", query=query)
            phones.update(subscriber["phone"] for subscriber in page["items"])
            if page["next"] is None:
                return phones
            query["cursor"] = page["next"]

    def subscriber(self, phone: str) -> dict[str, Any]:
        return self._call("GET", f"subscribers/{phone}")

    def consent(self, phone: str) -> list[dict[str, Any]]:
        """The phone's ledger, oldest entry first."""
        return list(self._call("GET", f"subscribers/{phone}/consent")["items"])

    def _call(
        self,
        method: str,
        path: str,
        content: object = None,
        query: Mapping[str, str] | None = None,
    ) -> dict[str, Any]:
        answer = self.stack.admin(method, path, content, params=query)
        if not answer.is_success:
            raise CommandError(
                f"{method} /admin/{path} answered {answer.status_code}: {answer.text[:400]}"
            )
        return dict(answer.json()) if answer.content else {}


def half_a_minute_ahead(now: datetime) -> datetime:
    """A whole second, so that the schedule and its print agree."""
    return (now + timedelta(seconds=30)).replace(microsecond=0)


def _without_blanks(values: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in values.items() if value != ""}
