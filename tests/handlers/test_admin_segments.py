"""A marketer says whom to send to, sees how many they are, and notes what the shop knows."""

from typing import Any

import pytest

from sayso.handlers.admin_api.segment_models import vocabulary_view
from tests.support.admin_campaigns import CAMPAIGN, subscribed
from tests.support.bluebird import ANA, BEN, CHLOE
from tests.support.console import Answer, Console

NEW_FACES = {
    "name": "New faces",
    "locations": ["downtown"],
    "where": "JOINED within 30 days and not language es",
}
UNKNOWN = "01KAMZ3S8E5XQW0V7Y9T2B4C6D"
SEGMENT = "/admin/segments"
OF_ANA = f"/admin/subscribers/{ANA}"


@pytest.fixture
def joined(shop: Console) -> Console:
    """Ana is downtown, Ben uptown, Chloe in Denver."""
    subscribed(shop, DOWNTOWN=ANA, UPTOWN=BEN, DENVER=CHLOE)
    return shop


def count(shop: Console, **whom: Any) -> Any:
    answer = shop.post(f"{SEGMENT}/count", whom)
    assert answer.status == 200, answer.text
    return answer.json


def errors(answer: Answer) -> list[tuple[str, str]]:
    assert answer.status == 422, answer.text
    return [(one["path"], one["detail"]) for one in answer.json["errors"]]


def test_a_segment_is_saved_in_words_and_shown_in_both_forms(shop: Console) -> None:
    answer = shop.post(SEGMENT, NEW_FACES)

    assert answer.status == 201
    assert answer.json == {
        "id": answer.json["id"],
        "name": "New faces",
        "locations": ["DOWNTOWN"],
        "where": "joined within 30 days and not language es",
        "filters": {
            "and": [{"joined": {"within": "30 days"}}, {"not": {"language": ["es"]}}],
        },
        "created_at": "2026-11-23T18:00:00Z",
        "updated_at": "2026-11-23T18:00:00Z",
    }
    assert shop.get(f"{SEGMENT}/{answer.json['id']}").json == answer.json


def test_the_json_form_saves_the_same(shop: Console) -> None:
    saved = shop.post(SEGMENT, NEW_FACES).json

    again = shop.put(
        f"{SEGMENT}/{saved['id']}",
        {"name": "Newer", "locations": ["DOWNTOWN"], "filters": saved["filters"]},
    )

    assert again.status == 200
    assert again.json == saved | {"name": "Newer"}


def test_segments_are_listed_newest_first_in_pages(shop: Console) -> None:
    made = [shop.post(SEGMENT, NEW_FACES | {"name": f"S{n}"}).json["id"] for n in range(3)]

    walked, target = [], f"{SEGMENT}?limit=2"
    while target:
        page = shop.get(target).json
        walked += [item["id"] for item in page["items"]]
        target = page["next"] and f"{SEGMENT}?limit=2&cursor={page['next']}"

    assert walked == made[::-1]


def test_a_segment_is_removed(shop: Console) -> None:
    saved = f"{SEGMENT}/{shop.post(SEGMENT, NEW_FACES).json['id']}"

    assert shop.delete(saved).status == 204
    assert shop.get(saved).status == shop.delete(saved).status == 404


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
@pytest.mark.parametrize("segment_id", [UNKNOWN, "nonsense", "%00"])
def test_a_segment_that_does_not_exist_is_not_found(
    shop: Console, method: str, segment_id: str
) -> None:
    body = {"PUT": '{"name": "New"}'}.get(method)

    assert shop.send(method, f"{SEGMENT}/{segment_id}", body).status == 404


def test_an_audience_is_counted_with_what_each_filter_removes(joined: Console) -> None:
    found = count(joined, where="not at DENVER and language is unknown")

    assert sorted(who["phone"] for who in found.pop("sample")) == [ANA, BEN]
    assert found == {
        "count": 2,
        "total": 3,
        "where": "not at DENVER and language is unknown",
        "filters": {"and": [{"not": {"at": ["DENVER"]}}, {"not": {"known": "language"}}]},
        "steps": [
            {"filter": "not at DENVER", "removed": 1, "left": 2},
            {"filter": "language is unknown", "removed": 0, "left": 2},
        ],
        "is_estimate": False,
    }
    assert count(joined, locations=["DENVER"])["sample"] == [
        {
            "phone": CHLOE,
            "location": "DENVER",
            "channel": None,
            "language": None,
            "joined_at": None,
        }
    ]
    assert count(joined, locations=["DENVER"])["count"] == 1
    assert count(joined, filters={"at": ["UPTOWN"]})["where"] == "at UPTOWN"
    assert count(joined)["count"] == 3


@pytest.mark.parametrize(
    ("whom", "path", "told"),
    [
        ({"where": "joind"}, "where", 'at character 1: there is no filter "joind"; did you mean'),
        ({"where": "at MOON"}, "where", "there is no location MOON"),
        ({"filters": {"at": "MOON"}}, "filters", "at: a list is needed"),
        ({"locations": ["MOON"]}, "locations", "there is no location MOON"),
    ],
)
def test_what_is_wrong_with_a_segment_is_told_with_its_place(
    shop: Console, whom: dict[str, Any], path: str, told: str
) -> None:
    for answer in (
        shop.post(f"{SEGMENT}/count", whom),
        shop.post(SEGMENT, {"name": "New"} | whom),
    ):
        ((found, detail),) = errors(answer)
        assert found == path
        assert detail.startswith(told)


def test_a_campaign_is_written_with_a_filter_and_a_segment(shop: Console) -> None:
    saved = shop.post(SEGMENT, NEW_FACES).json["id"]
    audience = {"locations": ["DOWNTOWN"], "where": "FIRST_NAME is known", "segment": saved}

    draft = shop.post("/admin/campaigns", CAMPAIGN | {"audience": audience})

    assert draft.status == 201, draft.text
    assert draft.json["audience"] == audience | {"where": "first_name is known"}
    scheduled = shop.post(f"/admin/campaigns/{draft.json['id']}/schedule")
    assert scheduled.json["audience"] == audience | {
        "where": "joined within 30 days and not language es and first_name is known"
    }


@pytest.mark.parametrize(
    ("audience", "path"),
    [
        ({"where": "joind"}, "audience.where"),
        ({"where": "at MOON"}, "audience.where"),
        ({"segment": UNKNOWN}, "audience.segment"),
        ({"segment": "nonsense"}, "audience.segment"),
    ],
)
def test_a_campaign_whose_audience_means_nothing_is_refused(
    shop: Console, audience: dict[str, Any], path: str
) -> None:
    draft = shop.post("/admin/campaigns", CAMPAIGN).json["id"]

    for answer in (
        shop.post("/admin/campaigns", CAMPAIGN | {"audience": audience}),
        shop.patch(f"/admin/campaigns/{draft}", {"audience": audience}),
    ):
        assert [where for where, _ in errors(answer)] == [path]


def test_the_vocabulary_lists_every_filter_with_an_example(shop: Console) -> None:
    told = shop.get(f"{SEGMENT}/vocabulary").json

    assert told == vocabulary_view().model_dump()
    for one in told["filters"]:
        assert shop.post(f"{SEGMENT}/count", {"filters": one["filters"]}).status in (200, 422)


def test_notes_and_events_show_with_the_subscriber_and_in_segments(joined: Console) -> None:
    noted = joined.patch(OF_ANA, {"attributes": {"first_name": "Ana", "birthday": "11-23"}})
    visited = joined.acting_as("staff").post(f"{OF_ANA}/events", {"kind": "visited"})

    assert (noted.status, visited.status) == (200, 200)
    shown = joined.get(OF_ANA).json
    assert shown == visited.json
    assert shown["attributes"] == {"first_name": "Ana", "birthday": "11-23"}
    assert shown["visited_at"] == "2026-11-23T18:00:00Z"
    assert shown["status"] == "subscribed"
    assert count(joined, where="birthday today and visited within 1 hour")["count"] == 1
    assert joined.patch(OF_ANA, {"attributes": {"birthday": None}}).json["attributes"] == {
        "first_name": "Ana"
    }


def test_an_older_event_changes_nothing(joined: Console) -> None:
    def report(at: str) -> Any:
        answer = joined.post(f"{OF_ANA}/events", {"kind": "redeemed", "at": at})
        return answer.json["redeemed_at"]

    assert report("2026-11-20T12:00:00-06:00") == "2026-11-20T18:00:00Z"
    assert report("2026-11-19T12:00:00Z") == "2026-11-20T18:00:00Z"
    assert report("2026-11-21T12:00:00Z") == "2026-11-21T12:00:00Z"


@pytest.mark.parametrize(
    ("method", "path", "body", "field"),
    [
        ("PATCH", "", {"attributes": {"First": "Ana"}}, "attributes.First"),
        ("PATCH", "", {"attributes": {"birthday": "24.3."}}, "attributes.birthday"),
        ("PATCH", "", {"attributes": {"joined": "x"}}, "attributes.joined"),
        ("PATCH", "", {}, "attributes"),
        ("POST", "/events", {"kind": "joined"}, "kind"),
        ("POST", "/events", {"kind": "visited", "at": "2026-11-24T18:00:00Z"}, "at"),
        ("POST", "/events", {"kind": "visited", "at": "2020-11-24T18:00:00Z"}, "at"),
        ("POST", "/events", {"kind": "visited", "at": "2026-11-24T18:00:00"}, "at"),
    ],
)
def test_what_cannot_be_noted_is_refused(
    joined: Console, method: str, path: str, body: dict[str, Any], field: str
) -> None:
    send = joined.patch if method == "PATCH" else joined.post

    assert [where for where, _ in errors(send(OF_ANA + path, body))] == [field]


def test_nothing_is_noted_about_a_number_that_never_texted(shop: Console) -> None:
    assert shop.patch(OF_ANA, {"attributes": {"first_name": "Ana"}}).status == 404
    assert shop.post(f"{OF_ANA}/events", {"kind": "visited"}).status == 404


def test_staff_may_report_and_may_neither_note_nor_count(joined: Console) -> None:
    staff = joined.acting_as("staff")

    assert staff.post(f"{OF_ANA}/events", {"kind": "clicked"}).status == 200
    assert staff.patch(OF_ANA, {"attributes": {}}).status == 403
    assert staff.post(f"{SEGMENT}/count", {}).status == 403
    assert staff.get(SEGMENT).status == 403
