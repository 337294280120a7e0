"""The shop's staff register: who may redeem coupons."""

import pytest

from sayso.adapters.dynamodb.catalog import DynamoCatalog
from sayso.adapters.pins import ScryptPins
from sayso.domain.catalog import Staff
from tests.support.console import Console
from tests.support.table import TABLE

MIA = "/admin/staff/+13125550155"
FORM = {"name": "Mia", "location": "downtown", "pin": "471108"}
VIEW = {"phone": "+13125550155", "name": "Mia", "location": "DOWNTOWN", "has_pin": True}


def stored(shop: Console) -> Staff:
    (member,) = DynamoCatalog(shop.dynamodb, TABLE).load().staff
    return member


def test_a_member_of_staff_is_added_read_changed_and_removed(shop: Console) -> None:
    assert shop.get(MIA).status == 404
    assert (answer := shop.put(MIA, FORM)).status == 201
    assert answer.json == shop.get(MIA).json == VIEW
    assert shop.get("/admin/staff").json == {"items": [VIEW], "next": None}

    changed = shop.put(MIA, {"name": "Mia K", "location": None})
    assert (changed.status, changed.json["name"], changed.json["location"]) == (200, "Mia K", None)

    assert shop.delete(MIA).status == 204
    assert shop.delete(MIA).status == 404


def test_a_pin_is_never_shown_and_only_its_seal_is_kept(shop: Console) -> None:
    answer = shop.put(MIA, FORM)

    assert "471108" not in answer.text + shop.get("/admin/staff").text
    assert "471108" not in stored(shop).pin
    assert ScryptPins().matches("471108", stored(shop).pin)


def test_a_pin_stays_until_another_is_named(shop: Console) -> None:
    shop.put(MIA, FORM)
    before = stored(shop).pin
    shop.put(MIA, {"name": "Mia"})
    assert stored(shop).pin == before

    shop.put(MIA, {"name": "Mia", "pin": "908172"})
    assert ScryptPins().matches("908172", stored(shop).pin)


@pytest.mark.parametrize(
    "pin", ["1234", "0000", "87654321", "12", "abcdef", "123456789", "７７８８"]
)
def test_a_pin_that_anybody_guesses_is_refused(shop: Console, pin: str) -> None:
    answer = shop.put(MIA, FORM | {"pin": pin})

    assert answer.status == 422
    assert answer.json["errors"][0]["path"] == "pin"


@pytest.mark.parametrize(
    ("path", "form", "field"),
    [
        (MIA, FORM | {"location": "NOWHERE"}, "location"),
        (MIA, FORM | {"name": ""}, "name"),
        ("/admin/staff/12345", FORM, "phone"),
    ],
)
def test_what_is_wrong_is_told(shop: Console, path: str, form: dict[str, str], field: str) -> None:
    answer = shop.put(path, form)

    assert (answer.status, answer.json["errors"][0]["path"]) == (422, field)


@pytest.mark.parametrize(("role", "reads"), [("marketer", 200), ("staff", 403)])
def test_only_owners_change_the_register(shop: Console, role: str, reads: int) -> None:
    shop.put(MIA, FORM)
    other = shop.acting_as(role)

    assert other.get(MIA).status == other.get("/admin/staff").status == reads
    assert other.put(MIA, FORM | {"pin": "908172"}).status == 403
    assert other.delete(MIA).status == 403
    assert ScryptPins().matches("471108", stored(shop).pin)


def test_a_location_whose_staff_redeem_there_stays(shop: Console) -> None:
    shop.put("/admin/locations/KIOSK", {"name": "Kiosk", "timezone": "America/Chicago"})
    shop.put(MIA, FORM | {"location": "KIOSK"})

    answer = shop.delete("/admin/locations/KIOSK")

    assert (answer.status, "staff" in answer.json["detail"]) == (409, True)
