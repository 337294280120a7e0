"""A marketer schedules, pauses, resumes and cancels campaigns over the admin API."""

from tests.support.admin_campaigns import EVERY_TIME, TOMORROW, draft
from tests.support.console import Console


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


def test_a_campaign_without_a_schedule_must_be_told_when(shop: Console) -> None:
    campaign = f"/admin/campaigns/{draft(shop, schedule=None)}"
    before = shop.state()

    answer = shop.post(f"{campaign}/schedule")

    assert (answer.status, answer.json["errors"][0]["path"]) == (422, "schedule")
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


def test_errors_in_its_texts_keep_a_campaign_from_being_scheduled(shop: Console) -> None:
    campaign = f"/admin/campaigns/{draft(shop, body='Rolls, see bit.ly/rolls')}"
    before = shop.state()

    answer = shop.post(f"{campaign}/schedule", TOMORROW)

    assert answer.status == 422
    assert [error["path"] for error in answer.json["errors"]] == ["body", "body", "body"]
    assert "bit.ly" in answer.json["detail"]
    assert shop.state() == before
    assert shop.schedules() == []
