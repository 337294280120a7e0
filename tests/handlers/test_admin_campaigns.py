"""A marketer writes campaigns over the admin API; what is wrong in them is named by its path."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.support.admin_campaigns import CAMPAIGN, EVERY_TIME, TOMORROW, UNKNOWN, draft
from tests.support.console import Console

# What nobody has to say.
UNSAID = {
    "translations": {},
    "variants": [],
    "holdout_percent": 0,
    "valid_from": None,
    "valid_until": None,
    "spend_limit": None,
    "offer": None,
    "links": {},
}


def test_a_campaign_begins_as_a_draft(shop: Console) -> None:
    answer = shop.post("/admin/campaigns", CAMPAIGN)

    assert answer.status == 201
    created = answer.json
    assert created == CAMPAIGN | UNSAID | {
        "id": created["id"],
        "audience": {"locations": ["DOWNTOWN", "DENVER"], "where": "", "segment": None},
        "schedule": TOMORROW | EVERY_TIME | {"exit_on_reply": True},
        "status": "draft",
        "paused_reason": None,
        "next_at": None,
        "missed": 0,
        "runs": [],
        "created_at": "2026-11-23T18:00:00Z",
        "updated_at": "2026-11-23T18:00:00Z",
    }
    assert shop.get(f"/admin/campaigns/{created['id']}").json == created
    assert shop.schedules() == []


def test_a_name_and_a_text_are_enough(shop: Console) -> None:
    answer = shop.post("/admin/campaigns", {"name": "Hello", "body": "Bluebird Coffee: hello!"})

    assert answer.json["kind"] == "offer"
    assert answer.json["audience"] == {"locations": [], "where": "", "segment": None}
    assert answer.json["schedule"] is None


def test_campaigns_are_listed_newest_first_in_pages(shop: Console) -> None:
    made = [draft(shop, name=f"Week {number}") for number in range(3)]

    walked, target = [], "/admin/campaigns?limit=2"
    while target:
        page = shop.get(target).json
        walked += [item["id"] for item in page["items"]]
        target = page["next"] and f"/admin/campaigns?limit=2&cursor={page['next']}"

    assert walked == made[::-1]


def test_a_draft_is_changed_field_by_field(shop: Console) -> None:
    campaign = f"/admin/campaigns/{draft(shop)}"
    before = shop.get(campaign).json

    changed = shop.patch(campaign, {"name": "Rolls", "audience": {"locations": ["uptown"]}})

    assert changed.status == 200
    assert changed.json == before | {
        "name": "Rolls",
        "audience": {"locations": ["UPTOWN"], "where": "", "segment": None},
    }
    assert shop.patch(campaign, {}).json["schedule"] == before["schedule"]
    assert shop.patch(campaign, {"schedule": None}).json["schedule"] is None


def test_a_ceiling_below_a_millionth_of_a_dollar_is_none(shop: Console) -> None:
    refused = shop.patch(f"/admin/campaigns/{draft(shop)}", {"spend_limit": "0.0000001"})

    assert (refused.status, refused.json["errors"][0]["path"]) == (422, "spend_limit")


def test_a_draft_can_be_thrown_away(shop: Console) -> None:
    campaign = f"/admin/campaigns/{draft(shop)}"

    assert shop.delete(campaign).status == 204
    assert shop.get(campaign).status == 404


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 81}, "name"),
        ({"kind": "spam"}, "kind"),
        ({"body": " "}, "body"),
        ({"body": "Hello {{ name"}, "body"),
        ({"translations": {"es": "{% for x in y %}"}}, "translations.es"),
        ({"variants": [{"name": "B", "body": "{{ 1 + 1 }}"}]}, "variants.0.body"),
        ({"body": "x" * 1531}, "body"),
        ({"body": None}, "body"),
        ({"audience": {"locations": ["MOON"]}}, "audience.locations"),
        ({"audience": {"locations": "DOWNTOWN"}}, "audience.locations"),
        ({"audience": {"states": ["IL"]}}, "audience.states"),
        ({"schedule": {"at": "2026-11-23T11:59:00"}}, "schedule.at"),
        ({"schedule": {"at": "2020-01-01T10:00:00", "timezone": "recipient"}}, "schedule.at"),
        ({"schedule": {"at": "2027-03-14T02:30:00", "timezone": "recipient"}}, "schedule.at"),
        ({"schedule": {"at": "tomorrow"}}, "schedule.at"),
        ({"schedule": {"at": "2028-01-01T10:00:00"}}, "schedule.at"),
        ({"schedule": TOMORROW | {"timezone": "Chicago"}}, "schedule.timezone"),
        ({"schedule": {"cron": "*/5 10 * * *", "timezone": "recipient"}}, "schedule.cron"),
        ({"schedule": {"cron": "0 10 30 FEB *"}}, "schedule.cron"),
        ({"schedule": {"cron": "0 10 * * *", "timezone": "Chicago"}}, "schedule.timezone"),
        ({"schedule": {"cron": "0 10 * * *", "now": True}}, "schedule"),
        ({"schedule": TOMORROW | {"now": True}}, "schedule"),
        ({"schedule": {}}, "schedule"),
        ({"schedule": {"now": "yes"}}, "schedule.now"),
        ({"status": "scheduled"}, "status"),
        ({"id": UNKNOWN}, "id"),
    ],
)
def test_a_wrong_campaign_is_refused_and_changes_nothing(
    shop: Console, changes: dict[str, Any], path: str
) -> None:
    campaign = f"/admin/campaigns/{draft(shop, schedule=None)}"
    before = shop.state()

    written = shop.post("/admin/campaigns", CAMPAIGN | changes)

    assert written.status == 422
    assert [error["path"] for error in written.json["errors"]] == [path]
    if changes.get("body", "") is not None:  # in a patch, null leaves a field as it is
        assert shop.patch(campaign, changes).status == 422
    if "schedule" in changes:
        alone = shop.post(f"{campaign}/schedule", changes["schedule"])
        assert alone.status == 422
        inner = path.removeprefix("schedule").lstrip(".")
        assert [error["path"] for error in alone.json["errors"]] == [inner]
    assert shop.state() == before


@pytest.mark.parametrize(
    "changes",
    [
        {"valid_from": "2026-12-02T00:00:00Z", "valid_until": "2026-12-01T00:00:00Z"},
        {"valid_until": "2026-11-24T10:00:00Z", "schedule": TOMORROW},
        {"valid_until": "2026-11-24T10:00:00Z", "schedule": {"cron": "0 10 * * WED"}},
    ],
)
def test_an_offer_that_is_over_before_it_is_sent_is_refused(
    shop: Console, changes: dict[str, Any]
) -> None:
    answer = shop.post("/admin/campaigns", CAMPAIGN | {"schedule": None} | changes)

    assert answer.status == 422
    assert [error["path"] for error in answer.json["errors"]] == ["valid_until"]


def test_a_gap_in_the_clocks_is_named_with_the_next_valid_time(shop: Console) -> None:
    schedule = {"at": "2027-03-14T02:30:00", "timezone": "America/Chicago"}

    answer = shop.post("/admin/campaigns", CAMPAIGN | {"schedule": schedule})

    assert "2027-03-14T03:00:00" in answer.json["detail"]


@pytest.mark.parametrize(
    ("method", "tail", "body"),
    [
        ("GET", "", None),
        ("PATCH", "", "{}"),
        ("DELETE", "", None),
        ("POST", "/schedule", None),
        ("POST", "/cancel", None),
        ("GET", "/report", None),
    ],
)
@pytest.mark.parametrize("campaign", [UNKNOWN, "x", "01kamz", "é" * 400, "%00", "CAMPAIGN"])
def test_a_campaign_that_does_not_exist_is_not_found(
    shop: Console, method: str, tail: str, body: str | None, campaign: str
) -> None:
    before = shop.state()

    assert shop.send(method, f"/admin/campaigns/{campaign}{tail}", body).status == 404
    assert shop.state() == before


def test_nothing_is_scheduled_before_the_program_is_set_up(console: Console) -> None:
    console.put("/admin/locations/DOWNTOWN", {"name": "Downtown", "timezone": "America/Chicago"})
    before = console.state()

    answer = console.post("/admin/campaigns", CAMPAIGN | {"audience": {"locations": []}})

    assert answer.status == 409
    assert console.state() == before


def test_times_are_told_in_utc(shop: Console) -> None:
    created = shop.post("/admin/campaigns", CAMPAIGN).json["created_at"]

    assert datetime.fromisoformat(created).tzinfo == UTC
