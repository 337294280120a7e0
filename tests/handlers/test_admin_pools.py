"""A marketer imports the till system's codes and has campaigns give them out."""

from datetime import UTC, datetime, timedelta

from tests.support.admin_campaigns import CAMPAIGN, subscribed
from tests.support.bluebird import ANA, BEN, CHLOE
from tests.support.console import Console

POOLS = "/admin/pools"
UNKNOWN = "01KAMZ3S8E5XQW0V7Y9T2B4C6D"
CSV = "code\nTILL-0001\nTILL-0002\nTILL-0001\n"
TEXT = "Bluebird Coffee: {{ offer }}. Show {{ code }} by {{ valid_until }}. Reply STOP to end."


def test_a_pool_is_made_of_a_file_and_tells_which_rows_it_refused(shop: Console) -> None:
    answer = shop.post(POOLS, {"name": "Spring vouchers", "csv": CSV})
    assert answer.status == 201, answer.text
    pool = answer.json["pool"]
    assert answer.json == {
        "pool": pool,
        "added": 2,
        "refused": 1,
        "refused_rows": [{"row": 4, "reason": "the same as in row 2"}],
    }
    assert {name: pool[name] for name in ("codes", "free", "given", "reserved")} == {
        "codes": 2,
        "free": 2,
        "given": 0,
        "reserved": 0,
    }
    assert shop.get(f"{POOLS}/{pool['id']}").json == pool
    assert shop.get(POOLS).json == {"items": [pool], "next": None}


def test_a_pool_takes_more_codes_and_none_twice(shop: Console) -> None:
    pool = shop.post(POOLS, {"name": "Spring", "csv": CSV}).json["pool"]
    more = {"codes": ["TILL-0002", "TILL-0003"]}
    answer = shop.post(f"{POOLS}/{pool['id']}/codes", more)
    assert answer.status == 200, answer.text
    assert (answer.json["added"], answer.json["pool"]["codes"]) == (1, 3)
    assert answer.json["refused_rows"][0]["reason"].startswith("one of the shop's pools")


def test_a_list_may_be_longer_than_other_requests(shop: Console) -> None:
    listed = [f"TILL-VOUCHER-{number:06d}" for number in range(4_100)]
    answer = shop.post(POOLS, {"name": "All of them", "codes": listed})
    assert answer.status == 201, answer.text
    assert answer.json["pool"]["codes"] == 4_100


def test_an_import_without_any_code_is_refused(shop: Console) -> None:
    for body in ({"csv": "code\n"}, {"csv": "x\n"}, {}, {"csv": CSV, "codes": ["TILL-9"]}):
        assert shop.post(POOLS, {"name": "Spring", **body}).status == 422
    assert shop.get(POOLS).json["items"] == []


def test_a_campaign_that_needs_more_codes_than_there_are_is_refused(shop: Console) -> None:
    subscribed(shop, DOWNTOWN=ANA, UPTOWN=BEN, DENVER=CHLOE)
    pool = shop.post(POOLS, {"name": "Spring", "csv": CSV}).json["pool"]
    ends = datetime.now(UTC) + timedelta(days=30)
    offer = {"title": "A roll", "codes": "pool", "pool": pool["id"]}
    draft = {**CAMPAIGN, "body": TEXT, "audience": {}, "offer": offer}
    made = shop.post("/admin/campaigns", draft | {"valid_until": ends.isoformat()})
    assert made.status == 201, made.text

    answer = shop.post(f"/admin/campaigns/{made.json['id']}/schedule")
    assert answer.status == 422, answer.text
    (error,) = answer.json["errors"]
    assert error["path"] == "offer.pool"
    assert error["detail"].startswith("1 code is missing: the audience has 3 people")

    shop.post(f"{POOLS}/{pool['id']}/codes", {"codes": ["TILL-0003"]})
    assert shop.post(f"/admin/campaigns/{made.json['id']}/schedule").status == 200
    assert shop.get(f"{POOLS}/{pool['id']}").json["reserved"] == 3
    assert shop.send("DELETE", f"{POOLS}/{pool['id']}", None).status == 409


def test_an_unused_pool_can_be_removed(shop: Console) -> None:
    pool = shop.post(POOLS, {"name": "Spring", "csv": CSV}).json["pool"]
    assert shop.send("DELETE", f"{POOLS}/{pool['id']}", None).status == 204
    assert shop.get(f"{POOLS}/{pool['id']}").status == 404
    assert shop.send("DELETE", f"{POOLS}/{UNKNOWN}", None).status == 404
    assert shop.get(f"{POOLS}/nonsense").status == 404


def test_staff_may_not_touch_pools(shop: Console) -> None:
    assert shop.acting_as("staff").get(POOLS).status == 403
