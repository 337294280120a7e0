"""A marketer looks up who joined, and proves it."""

from base64 import urlsafe_b64decode
from datetime import timedelta

import pytest

from sayso.adapters.dynamodb.conversations import DynamoConversations
from sayso.domain.exchange import InboundText
from sayso.services.inbound import Inbound
from sayso.services.ports.carrier import OutboundText, Receipt
from tests.support.bluebird import ANA, BEN, CHLOE, NOON, a_text
from tests.support.console import Console
from tests.support.table import TABLE


class Phones:
    """A carrier that takes everything, and an opt-out list that nobody reads."""

    def send(self, text: OutboundText) -> Receipt:
        return Receipt("m-1")

    def add(self, phone: str) -> None: ...

    def remove(self, phone: str) -> None: ...


def text_in(console: Console, *texts: InboundText) -> None:
    """Customers text the shop, through the inbound use case itself."""
    phones = Phones()
    conversations = DynamoConversations(console.dynamodb, TABLE)
    for text in texts:
        Inbound(conversations, phones, phones).handle(text, text.received_at)


@pytest.fixture
def busy_shop(shop: Console) -> Console:
    """Ana and Ben joined downtown, Chloe in Denver; Ben has left."""
    text_in(
        shop,
        a_text("COFFEE", phone=ANA),
        a_text("JOIN DOWNTOWN", phone=BEN),
        a_text("join: denver!", phone=CHLOE),
        a_text("STOP", phone=BEN, at=NOON + timedelta(hours=1)),
    )
    return shop


def phones(console: Console, query: str = "") -> set[str]:
    return {item["phone"] for item in console.get(f"/admin/subscribers{query}").json["items"]}


def test_who_joined_is_listed_with_location_channel_and_time(busy_shop: Console) -> None:
    page = busy_shop.get("/admin/subscribers?location=DOWNTOWN&status=subscribed").json

    assert page["next"] is None
    assert page["items"] == [
        {
            "phone": ANA,
            "status": "subscribed",
            "location": "DOWNTOWN",
            "channel": "window sign",
            "keyword": "COFFEE",
            "language": "en",
            "joined_at": "2026-11-23T18:00:00Z",
            "asked_at": None,
            "opted_out_at": None,
            "held_at": None,
            "paused_until": None,
            "unreachable_at": None,
            "last_heard_at": "2026-11-23T18:00:00Z",
            "last_run": None,
            "last_run_at": None,
            "visited_at": None,
            "clicked_at": None,
            "redeemed_at": None,
            "attributes": {},
            "zip": None,
            "visits": {},
        }
    ]


@pytest.mark.parametrize(
    ("query", "listed"),
    [
        ("", {ANA, BEN, CHLOE}),
        ("?location=downtown", {ANA, BEN}),
        ("?location=UPTOWN", set()),
        ("?location=-", set()),
        ("?status=opted_out", {BEN}),
        ("?status=subscribed", {ANA, CHLOE}),
        ("?location=DENVER&status=opted_out", set()),
    ],
)
def test_subscribers_are_listed_by_location_and_status(
    busy_shop: Console, query: str, listed: set[str]
) -> None:
    assert phones(busy_shop, query) == listed


@pytest.mark.parametrize(
    ("query", "path"), [("location=MOON", "location"), ("status=happy", "status")]
)
def test_a_filter_that_means_nothing_is_refused(busy_shop: Console, query: str, path: str) -> None:
    answer = busy_shop.get(f"/admin/subscribers?{query}")

    assert answer.status == 422
    assert answer.json["errors"][0]["path"] == path


def test_pages_list_everyone_once_and_their_cursors_show_no_number(busy_shop: Console) -> None:
    listed: list[str] = []
    target = "/admin/subscribers?limit=1"
    while target:
        page = busy_shop.get(target).json
        listed += [item["phone"] for item in page["items"]]
        cursor = page["next"]
        target = cursor and f"/admin/subscribers?limit=1&cursor={cursor}"
        if cursor:
            assert b"555" not in urlsafe_b64decode(cursor + "==")

    assert sorted(listed) == sorted([ANA, BEN, CHLOE])


def test_a_cursor_belongs_to_its_filters(busy_shop: Console) -> None:
    cursor = busy_shop.get("/admin/subscribers?location=DOWNTOWN&limit=1").json["next"]

    assert busy_shop.get(f"/admin/subscribers?location=UPTOWN&cursor={cursor}").status == 400
    assert busy_shop.get(f"/admin/subscribers?location=DOWNTOWN&cursor={cursor}").status == 200


@pytest.mark.parametrize("path", ["%2B13125550101", "+13125550101", "%2b1%20(312)%20555-0101"])
def test_a_subscriber_is_found_however_the_number_is_written(busy_shop: Console, path: str) -> None:
    assert busy_shop.get(f"/admin/subscribers/{path}").json["phone"] == ANA


@pytest.mark.parametrize("path", ["13125550101", "+1312", "ana", "+0000000000", "%00", "+1%2F2"])
@pytest.mark.parametrize("tail", ["", "/consent"])
def test_what_is_no_number_is_refused(busy_shop: Console, path: str, tail: str) -> None:
    if "%2F" in path:  # API Gateway decodes it: the path has one part more then
        assert busy_shop.get(f"/admin/subscribers/{path}{tail}").status == 404
        return
    answer = busy_shop.get(f"/admin/subscribers/{path}{tail}")

    assert (answer.status, answer.json["errors"][0]["path"]) == (422, "phone")


@pytest.mark.parametrize("tail", ["", "/consent"])
def test_a_number_that_never_texted_is_not_found(busy_shop: Console, tail: str) -> None:
    answer = busy_shop.get(f"/admin/subscribers/+13125550199{tail}")

    assert answer.status == 404
    assert "+13125550199" not in answer.text


def test_consent_is_proved_word_for_word(busy_shop: Console) -> None:
    consent = busy_shop.get(f"/admin/subscribers/{BEN}/consent").json

    assert (consent["phone"], consent["verified"], consent["faults"]) == (BEN, True, [])
    assert consent["next"] is None
    joined, left = consent["items"]
    assert (joined["change"], joined["words"]) == ("opted_in", "JOIN DOWNTOWN")
    assert (joined["at"], joined["location"]) == ("2026-11-23T18:00:00Z", "DOWNTOWN")
    assert joined["program"] == "Bluebird Coffee"
    assert "Msg & data rates may apply" in joined["shown"]
    assert (left["change"], left["words"], left["previous"]) == (
        "opted_out",
        "STOP",
        joined["digest"],
    )


def test_an_edited_ledger_does_not_verify(busy_shop: Console) -> None:
    busy_shop.dynamodb.update_item(
        TableName=TABLE,
        Key={"pk": {"S": f"S#{BEN}"}, "sk": {"S": "LEDGER#00000002"}},
        UpdateExpression="SET words = :words",
        ExpressionAttributeValues={":words": {"S": "I love it"}},
    )

    consent = busy_shop.get(f"/admin/subscribers/{BEN}/consent").json

    assert consent["verified"] is False
    assert consent["faults"] == ["entry 2 was changed after it was written"]


def test_a_location_where_somebody_joined_cannot_be_removed(busy_shop: Console) -> None:
    answer = busy_shop.delete("/admin/locations/DENVER")

    assert answer.status == 409
    assert "subscribers" in answer.json["detail"]
