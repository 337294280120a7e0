"""A marketer writes, schedules and cancels campaigns, and reads what came of them."""

from datetime import UTC, datetime
from typing import Any

import pytest

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.contacts import contact_attributes
from sayso.adapters.dynamodb.items import to_item
from sayso.domain.contact import Contact, Status
from tests.support.console import Console
from tests.support.table import TABLE

# It is 2026-11-23, 12:00 in Chicago.
TOMORROW = {"at": "2026-11-24T10:00:00", "timezone": "recipient"}
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
EVERY_TIME = {"now": False, "cron": None, "on": None, "days": 0, "delay_minutes": 0}
CAMPAIGN = {
    "name": "Cinnamon week",
    "kind": "offer",
    "body": "Bluebird Coffee: two cinnamon rolls for one today. Reply STOP to end.",
    "audience": {"locations": ["DOWNTOWN", "DENVER"]},
    "schedule": TOMORROW,
}
UNKNOWN = "01KAMZ3S8E5XQW0V7Y9T2B4C6D"


def draft(shop: Console, **changes: Any) -> str:
    """The id of a new campaign."""
    answer = shop.post("/admin/campaigns", CAMPAIGN | changes)
    assert answer.status == 201, answer.text
    found: str = answer.json["id"]
    return found


def subscribed(shop: Console, **locations: str) -> None:
    """Subscribers on the table: their numbers, by location."""
    for location, phone in locations.items():
        contact = Contact(phone, Status.SUBSCRIBED, revision=1, location=location)
        item = to_item(keys.subscriber(phone)) | contact_attributes(contact)
        shop.dynamodb.put_item(TableName=TABLE, Item=item)


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


def test_a_scheduled_campaign_has_one_schedule_a_time_zone(shop: Console) -> None:
    campaign = draft(shop)

    answer = shop.post(f"/admin/campaigns/{campaign}/schedule")

    assert (answer.status, answer.json["status"]) == (200, "scheduled")
    fired = {one["Name"]: one["ScheduleExpression"] for one in shop.schedules()}
    assert sorted(fired) == sorted(answer.json["runs"])
    assert sorted(fired.values()) == ["at(2026-11-24T16:00:00)", "at(2026-11-24T17:00:00)"]


def test_a_schedule_in_the_body_wins_over_the_campaigns_own(shop: Console) -> None:
    campaign = f"/admin/campaigns/{draft(shop)}"
    when = {"at": "2026-11-25T09:30:00", "timezone": "America/Denver"}

    answer = shop.post(f"{campaign}/schedule", when)

    assert answer.json["schedule"] == when | EVERY_TIME | {"exit_on_reply": True}
    assert [one["ScheduleExpression"] for one in shop.schedules()] == ["at(2026-11-25T16:30:00)"]


def test_now_is_at_once_and_without_a_schedule(shop: Console) -> None:
    campaign = f"/admin/campaigns/{draft(shop)}"

    answer = shop.post(f"{campaign}/schedule", {"now": True})

    assert (answer.status, answer.json["status"]) == (200, "scheduled")
    assert shop.schedules() == []
    queued = shop.sqs.get_queue_attributes(QueueUrl=shop.runs_queue, AttributeNames=["All"])
    assert queued["Attributes"]["ApproximateNumberOfMessagesDelayed"] == "1"


def test_a_cancelled_campaign_has_no_schedule_left(shop: Console) -> None:
    campaign = f"/admin/campaigns/{draft(shop)}"
    shop.post(f"{campaign}/schedule")

    answer = shop.post(f"{campaign}/cancel")

    assert (answer.status, answer.json["status"]) == (200, "cancelled")
    assert shop.schedules() == []
    assert shop.post(f"{campaign}/cancel").status == 200


def test_a_report_before_the_launch_is_all_zeros(shop: Console) -> None:
    campaign = draft(shop)

    assert shop.get(f"/admin/campaigns/{campaign}/report").json == {
        "campaign_id": campaign,
        "status": "draft",
        "is_finished": False,
        **dict.fromkeys(["targeted", "sent", "delivered", "undelivered", "failed", "refused"], 0),
        **dict.fromkeys(["unknown", "waiting", "opted_out", "held_out", "replied"], 0),
        **dict.fromkeys(["visited", "clicked", "redeemed", "clicks", "previews", "referred"], 0),
        "price": {"amount": "0", "currency": "USD", "is_estimate": False},
        **{name: {} for name in ("excluded", "failures", "failure_classes")},
        **{name: {} for name in ("waiting_by_reason", "explained")},
        **{name: [] for name in ("by_location", "by_channel", "by_variant")},
        **dict.fromkeys(["comparison", "till", "reminders", "lift"]),
    }


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


def test_a_campaign_without_a_schedule_must_be_told_when(shop: Console) -> None:
    campaign = f"/admin/campaigns/{draft(shop, schedule=None)}"
    before = shop.state()

    answer = shop.post(f"{campaign}/schedule")

    assert (answer.status, answer.json["errors"][0]["path"]) == (422, "schedule")
    assert shop.state() == before


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


def test_what_is_on_its_way_can_neither_be_edited_nor_deleted(shop: Console) -> None:
    campaign = f"/admin/campaigns/{draft(shop)}"
    shop.post(f"{campaign}/schedule")
    before = shop.state()

    for answer in (shop.patch(campaign, {"name": "New"}), shop.delete(campaign)):
        assert (answer.status, answer.json["type"]) == (409, "urn:sayso:problem:conflict")
    assert shop.state() == before


def test_what_was_cancelled_is_not_scheduled_again(shop: Console) -> None:
    campaign = f"/admin/campaigns/{draft(shop)}"
    shop.post(f"{campaign}/schedule")
    shop.post(f"{campaign}/cancel")
    before = shop.state()

    assert shop.post(f"{campaign}/schedule", TOMORROW).status == 409
    assert shop.state() == before


def test_nothing_is_scheduled_before_the_program_is_set_up(console: Console) -> None:
    console.put("/admin/locations/DOWNTOWN", {"name": "Downtown", "timezone": "America/Chicago"})
    before = console.state()

    answer = console.post("/admin/campaigns", CAMPAIGN | {"audience": {"locations": []}})

    assert answer.status == 409
    assert console.state() == before


def test_a_campaign_is_paused_and_gone_on_with(shop: Console) -> None:
    campaign = f"/admin/campaigns/{draft(shop, schedule=TOMORROW)}"
    scheduled = shop.post(f"{campaign}/schedule").json

    paused = shop.post(f"{campaign}/pause")
    again = shop.post(f"{campaign}/pause")
    resumed = shop.post(f"{campaign}/resume")

    assert (paused.status, paused.json["status"]) == (200, "paused")
    assert paused.json["paused_reason"] == "by hand"
    assert again.json == paused.json
    assert (resumed.status, resumed.json["status"]) == (200, "scheduled")
    assert (resumed.json["paused_reason"], resumed.json["next_at"]) == (None, scheduled["next_at"])


def test_a_draft_is_neither_paused_nor_resumed_and_hears_why(shop: Console) -> None:
    campaign = f"/admin/campaigns/{draft(shop)}"

    refused = [shop.post(f"{campaign}/{step}") for step in ("pause", "resume")]

    assert [answer.status for answer in refused] == [409, 409]
    assert "be paused; only scheduled or sending" in refused[0].json["detail"]
    assert "be resumed; only paused" in refused[1].json["detail"]


def test_a_recurring_campaign_tells_when_it_is_next_due_and_has_one_alarm(shop: Console) -> None:
    weekly = {"cron": "0 10 * * tue", "timezone": "America/Chicago"}
    campaign = draft(shop, schedule=weekly)

    scheduled = shop.post(f"/admin/campaigns/{campaign}/schedule").json

    assert scheduled["next_at"] == "2026-11-24T16:00:00Z"
    assert (scheduled["status"], scheduled["runs"], scheduled["missed"]) == ("scheduled", [], 0)
    (alarm,) = shop.schedules()
    assert alarm["Name"] == f"{campaign}-occurs-20261124T160000"
    assert alarm["ScheduleExpression"] == "at(2026-11-24T16:00:00)"
    cancelled = shop.post(f"/admin/campaigns/{campaign}/cancel").json
    assert (cancelled["next_at"], shop.schedules()) == (None, [])


def test_times_are_told_in_utc(shop: Console) -> None:
    created = shop.post("/admin/campaigns", CAMPAIGN).json["created_at"]

    assert datetime.fromisoformat(created).tzinfo == UTC


def test_errors_in_its_texts_keep_a_campaign_from_being_scheduled(shop: Console) -> None:
    campaign = f"/admin/campaigns/{draft(shop, body='Rolls, see bit.ly/rolls')}"
    before = shop.state()

    answer = shop.post(f"{campaign}/schedule", TOMORROW)

    assert answer.status == 422
    assert [error["path"] for error in answer.json["errors"]] == ["body", "body", "body"]
    assert "bit.ly" in answer.json["detail"]
    assert shop.state() == before
    assert shop.schedules() == []


OFFER = {
    "title": "A free filter coffee",
    "codes": "shared",
    "shared_code": "spring 26",
    "uses": 2,
    "terms": "One each.\nNot on Sundays.",
    "places": ["downtown"],
    "remind_hours": 24,
    "worth": "0.85",
}
MENU = {"menu": "https://bluebird.example.com/menu"}
# An offer of which people are reminded has an end.
ENDS = "2026-12-05T06:00:00Z"


def test_an_offer_and_links_come_back_as_they_are_understood(shop: Console) -> None:
    campaign = f"/admin/campaigns/{draft(shop, offer=OFFER, links=MENU, valid_until=ENDS)}"

    answer = shop.get(campaign).json

    assert answer["offer"] == OFFER | {
        "shared_code": "SPRING26",
        "pool": None,
        "places": ["DOWNTOWN"],
        "worth": "0.85",
    }
    assert answer["links"] == MENU
    assert shop.patch(campaign, {"name": "Rolls"}).json["offer"] == answer["offer"]
    changed = shop.patch(campaign, {"offer": {"title": "A roll"}, "links": {}}).json
    assert (changed["offer"]["codes"], changed["offer"]["worth"], changed["links"]) == (
        "own",
        None,
        {},
    )
    assert shop.patch(campaign, {"offer": None}).json["offer"] is None


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"offer": OFFER | {"title": ""}}, "offer.title"),
        ({"offer": OFFER | {"codes": "lottery"}}, "offer.codes"),
        ({"offer": OFFER | {"uses": 0}}, "offer.uses"),
        ({"offer": OFFER | {"places": ["BOSTON"]}}, "offer.places"),
        ({"offer": OFFER | {"worth": -1}}, "offer.worth"),
        ({"offer": OFFER | {"shared_code": ""}}, "offer.shared_code"),
        ({"offer": {"title": "Rolls", "codes": "pool"}}, "offer.pool"),
        ({"links": {"menu": "http://bluebird.example.com"}}, "links.menu"),
        ({"links": {"The menu": "https://bluebird.example.com"}}, "links.The menu"),
        ({"body": "Bluebird Coffee: show {{ code }}. Reply STOP to end."}, "body"),
        ({"body": "Bluebird Coffee: {{ links.menu }} Reply STOP to end."}, "body"),
    ],
)
def test_what_cannot_be_offered_is_refused_by_its_path(
    shop: Console, changes: dict[str, Any], path: str
) -> None:
    answer = shop.post("/admin/campaigns", CAMPAIGN | changes)
    assert (answer.status, [one["path"] for one in answer.json["errors"]]) == (422, [path])


def test_a_code_that_another_campaign_shares_is_refused_when_it_is_scheduled(
    shop: Console,
) -> None:
    first, second = (
        draft(shop, offer=OFFER, valid_until=ENDS, name=name) for name in ("Spring", "Summer")
    )

    assert shop.post(f"/admin/campaigns/{first}/schedule").status == 200
    refused = shop.post(f"/admin/campaigns/{second}/schedule")

    assert refused.status == 422
    assert refused.json["errors"][0]["path"] == "offer.shared_code"
    assert "SPRING26 is the code of Spring" in refused.text
    assert shop.post(f"/admin/campaigns/{first}/cancel").status == 200
    assert shop.post(f"/admin/campaigns/{second}/schedule").status == 200


def test_a_preview_shows_codes_that_are_nobodys(shop: Console) -> None:
    body = "Bluebird Coffee: {{ offer }}! Show {{ code }}. Reply STOP to end."
    answer = shop.post("/admin/campaigns/preview", {"name": "-", "body": body, "offer": OFFER})
    own = OFFER | {"codes": "own", "shared_code": ""}
    other = shop.post("/admin/campaigns/preview", {"name": "-", "body": body, "offer": own})

    assert "Show SPRING26." in answer.text
    assert "Show K7P4-XQ9M." in other.text
