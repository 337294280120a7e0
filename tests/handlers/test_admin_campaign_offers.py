"""The offer and the links of a campaign over the admin API."""

from typing import Any

import pytest

from tests.support.admin_campaigns import CAMPAIGN, draft
from tests.support.console import Console

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
