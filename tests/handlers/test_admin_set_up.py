"""A marketer sets the shop up: program, locations, keywords."""

import pytest

from tests.support.console import Console

LOCATION = {"name": "East Side", "timezone": "America/Chicago"}
PROGRAM = {
    "name": "Bluebird Coffee",
    "help_contact": "help@bluebird.example",
    "terms_url": "https://bluebird.example/terms",
    "privacy_url": "https://bluebird.example/privacy",
    "frequency": "Up to 6 msgs/month",
    "opt_in": "double",
    "timezone": "America/Chicago",
    "caps": {"per_day": 2, "per_week": 4, "per_month": 10},
    "language": "en",
    "translations": {"es": {"frequency": "Hasta 6 mensajes al mes"}},
    "staff_phones": ["+13125550199"],
    "price_per_part": "0.0108",
    "spend_limits": {"per_day": "50", "per_month": "900.5"},
}


def test_before_it_is_set_up_the_program_says_how(console: Console) -> None:
    answer = console.get("/admin/program")

    assert answer.status == 404
    assert "PUT /admin/program" in answer.json["detail"]


def test_a_program_is_set_up_read_and_changed(console: Console) -> None:
    assert console.put("/admin/program", PROGRAM).status == 201
    assert console.get("/admin/program").json == PROGRAM

    changed = PROGRAM | {"opt_in": "single"}
    assert console.put("/admin/program", changed).status == 200
    assert console.get("/admin/program").json == changed


def test_what_a_program_leaves_out_has_its_default(console: Console) -> None:
    answer = console.put("/admin/program", {"name": " Bluebird ", "help_contact": "312-555-0199"})

    assert answer.json == {
        "name": "Bluebird",
        "help_contact": "312-555-0199",
        "terms_url": None,
        "privacy_url": None,
        "frequency": "Up to 20 msgs/month",
        "opt_in": "single",
        "timezone": "America/New_York",
        "caps": {"per_day": 3, "per_week": 8, "per_month": 20},
        "language": "en",
        "translations": {},
        "staff_phones": [],
        "price_per_part": None,
        "spend_limits": {"per_day": None, "per_month": None},
    }


def test_customers_are_told_the_cap_where_no_frequency_is_named(console: Console) -> None:
    program = {"name": "Azulejo", "help_contact": "312-555-0199", "language": "es"}
    caps = {"per_day": 1, "per_week": 2, "per_month": 6}
    answer = console.put("/admin/program", program | {"caps": caps})
    assert answer.json["frequency"] == "Hasta 6 SMS por mes"


def test_what_was_read_can_be_put_back_unchanged(shop: Console) -> None:
    read = shop.get("/admin/program").json
    before = shop.state()

    assert shop.put("/admin/program", read).status == 200
    assert shop.state() == before


def test_every_fault_of_a_program_is_told_at_once(console: Console) -> None:
    wrong = PROGRAM | {"name": "Ana\u2019s", "timezone": "Chicago", "terms_url": "bluebird.example"}

    answer = console.put("/admin/program", wrong)

    assert answer.status == 422
    assert {error["path"] for error in answer.json["errors"]} == {"name", "timezone", "terms_url"}


def test_a_location_is_added_read_replaced_and_removed(shop: Console) -> None:
    body = LOCATION | {
        "state": "IL",
        "zip": "60612",
        "aliases": ["east", "ashland"],
        "address": "1600 W Ashland Ave, Chicago",
        "latitude": 41.857203,
        "longitude": -87.666265,
        "hours": {
            "monday": ["08:00-12:00", "13:00-18:00"],
            "friday": ["18:00-02:00"],
            "sunday": ["00:00-24:00"],
        },
        "holidays": [
            {"date": "2026-12-24", "hours": ["09:00-14:00"]},
            {"date": "2026-12-25", "hours": []},
        ],
    }

    assert shop.put("/admin/locations/EASTSIDE", body).status == 201
    assert shop.get("/admin/locations/EASTSIDE").json == body | {"code": "EASTSIDE"}
    assert shop.put("/admin/locations/EASTSIDE", LOCATION).status == 200
    assert shop.get("/admin/locations/EASTSIDE").json["aliases"] == []
    answer = shop.delete("/admin/locations/EASTSIDE")
    assert (answer.status, answer.text) == (204, "")
    assert shop.get("/admin/locations/EASTSIDE").status == 404


def test_the_case_of_codes_and_words_does_not_matter(shop: Console) -> None:
    assert shop.put("/admin/locations/eastSide", LOCATION).json["code"] == "EASTSIDE"
    assert shop.get("/admin/locations/downtown").json["code"] == "DOWNTOWN"
    assert shop.put("/admin/keywords/bagel", {"location": "uptown"}).json == {
        "word": "BAGEL",
        "action": "join",
        "location": "UPTOWN",
        "channel": None,
        "reply": None,
    }
    assert shop.get("/admin/keywords/coffee").json["word"] == "COFFEE"


@pytest.mark.parametrize("code", ["X", "x" * 21, "UP TOWN", "CAF\u00c9", "A-B", "\u00df\u00df"])
def test_a_code_that_nobody_could_text_is_refused(shop: Console, code: str) -> None:
    before = shop.state()

    for path in (f"/admin/locations/{code}", f"/admin/keywords/{code}"):
        body = LOCATION if "locations" in path else {}
        assert shop.put(path, body).status == 422
    assert shop.state() == before


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"timezone": "America/Gotham"}, "timezone"),
        ({"state": "ZZ"}, "state"),
        ({"zip": "1234"}, "zip"),
        ({"zip": 60601}, "zip"),
        ({"aliases": "east"}, "aliases"),
        ({"address": "1600 W\nAshland"}, "address"),
        ({"latitude": 41.8}, "longitude"),
        ({"longitude": -87.6}, "latitude"),
        ({"latitude": 90.5, "longitude": 0}, "latitude"),
        ({"hours": {"monday": ["8-12"]}}, "hours.monday.0"),
        ({"hours": {"monday": ["08:00-12:00", "11:00-15:00"]}}, "hours"),
        ({"holidays": [{"date": "2026-02-30"}]}, "holidays.0.date"),
        ({"holidays": [{"date": "2026-12-25", "hours": ["9am"]}]}, "holidays.0.hours.0"),
        ({"aliases": ["east", 2]}, "aliases.1"),
        ({"aliases": ["uptown"]}, "aliases.0"),
        ({"aliases": ["stop"]}, "aliases.0"),
        ({"name": "Downtown"}, "name"),
        ({"code": "EASTSIDE"}, "code"),
    ],
)
def test_a_wrong_location_is_refused_and_changes_nothing(
    shop: Console, change: dict[str, object], path: str
) -> None:
    before = shop.state()

    answer = shop.put("/admin/locations/EASTSIDE", LOCATION | change)

    assert answer.status == 422
    assert [error["path"] for error in answer.json["errors"]] == [path]
    assert shop.state() == before


def test_a_location_in_use_cannot_be_removed(shop: Console) -> None:
    before = shop.state()

    answer = shop.delete("/admin/locations/DOWNTOWN")

    assert (answer.status, answer.json["type"]) == (409, "urn:sayso:problem:conflict")
    assert "COFFEE" in answer.json["detail"]
    assert shop.state() == before


def test_a_keyword_is_added_read_replaced_and_removed(shop: Console) -> None:
    body = {"action": "offer", "location": None, "channel": "receipt", "reply": "Two for one!"}

    assert shop.put("/admin/keywords/DEAL", body).status == 201
    assert shop.get("/admin/keywords/DEAL").json == body | {"word": "DEAL"}
    assert shop.put("/admin/keywords/DEAL", body | {"reply": "Three for two!"}).status == 200
    assert shop.delete("/admin/keywords/DEAL").status == 204
    assert shop.delete("/admin/keywords/DEAL").status == 404


@pytest.mark.parametrize("word", ["STOP", "stop", "Help", "YES", "START", "UNSUBSCRIBE", "arret"])
def test_a_reserved_word_is_refused_with_its_reason(shop: Console, word: str) -> None:
    before = shop.state()

    answer = shop.put(f"/admin/keywords/{word}", {"action": "reply", "reply": "Hello!"})

    assert answer.status == 422
    assert answer.json["errors"][0]["path"] == "word"
    assert "reserved" in answer.json["detail"]
    assert shop.state() == before


@pytest.mark.parametrize(
    ("word", "body", "path"),
    [
        ("BAGEL", {"location": "MOON"}, "location"),
        ("BAGEL", {"action": "reply"}, "reply"),
        ("BAGEL", {"action": "offer", "reply": ""}, "reply"),
        ("BAGEL", {"action": "subscribe"}, "action"),
        ("JOIN", {"action": "reply", "reply": "Hello!"}, "action"),
        ("BAGEL", {"action": "reply", "reply": "x" * 1531}, "reply"),
        ("BAGEL", {"word": "BAGEL"}, "word"),
    ],
)
def test_a_wrong_keyword_is_refused_and_changes_nothing(
    shop: Console, word: str, body: dict[str, object], path: str
) -> None:
    before = shop.state()

    answer = shop.put(f"/admin/keywords/{word}", body)

    assert answer.status == 422
    assert [error["path"] for error in answer.json["errors"]] == [path]
    assert shop.state() == before


def test_join_itself_can_be_given_a_channel(shop: Console) -> None:
    assert shop.put("/admin/keywords/JOIN", {"channel": "poster"}).status == 201


@pytest.mark.parametrize(
    ("path", "key", "names"),
    [
        ("/admin/locations", "code", ["DENVER", "DOWNTOWN", "UPTOWN"]),
        ("/admin/keywords", "word", ["COFFEE", "MENU"]),
    ],
)
def test_lists_come_in_order_and_in_pages(
    shop: Console, path: str, key: str, names: list[str]
) -> None:
    assert [item[key] for item in shop.get(path).json["items"]] == names
    assert shop.get(path).json["next"] is None

    walked, target = [], f"{path}?limit=1"
    while target:
        page = shop.get(target).json
        walked += [item[key] for item in page["items"]]
        target = page["next"] and f"{path}?limit=1&cursor={page['next']}"

    assert walked == names


def test_an_empty_shop_has_empty_lists(console: Console) -> None:
    for path in ("/admin/locations", "/admin/keywords", "/admin/subscribers", "/admin/campaigns"):
        assert console.get(path).json == {"items": [], "next": None}
