"""A marketer looks at a campaign before it goes out, on paper and on the staff's own phones."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sayso.adapters import aws
from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.contacts import contact_attributes
from sayso.adapters.dynamodb.items import to_item
from sayso.adapters.end_user_messaging import SERVICE
from sayso.domain.contact import Contact, Status
from tests.support.bluebird import ANA, BEN, CHLOE
from tests.support.console import Console
from tests.support.simulated_carrier import Phones, simulated
from tests.support.table import TABLE

PREVIEW = "/admin/campaigns/preview"
STAFF = "+13125550199"
BY_NAME = 'Bluebird Coffee: hi {{ first_name | default: "there" }}! Reply STOP to end.'
POR_NOMBRE = 'Bluebird Coffee: hola {{ first_name | default: "amigo" }}. Responda ALTO para salir.'
IN_TWO = {"body": BY_NAME, "translations": {"es": POR_NOMBRE}}
UNKNOWN = "01KAMZ3S8E5XQW0V7Y9T2B4C6D"


def subscribed(
    shop: Console, phone: str, location: str, status: Status = Status.SUBSCRIBED, **known: str
) -> None:
    """Somebody on the table; `known` are their language and their attributes."""
    contact = Contact(
        phone,
        status,
        revision=1,
        location=location,
        language=known.pop("language", ""),
    )
    # The shop's own notes are written apart from what customers text.
    notes = to_item({"attributes": known})
    item = to_item(keys.subscriber(phone)) | contact_attributes(contact) | notes
    shop.dynamodb.put_item(TableName=TABLE, Item=item)


def program(shop: Console, **changes: Any) -> int:
    """Change the program; the status of the answer."""
    return shop.put("/admin/program", shop.get("/admin/program").json | changes).status


def draft(shop: Console, **changes: Any) -> str:
    answer = shop.post("/admin/campaigns", {"name": "Rolls"} | IN_TWO | changes)
    assert answer.status == 201, answer.text
    found: str = answer.json["id"]
    return found


def test_a_preview_counts_people_and_parts_and_says_what_is_wrong(shop: Console) -> None:
    for phone, location in ((ANA, "DOWNTOWN"), (BEN, "UPTOWN"), (CHLOE, "DENVER")):
        subscribed(shop, phone, location)
    text = {"body": "Bluebird\u2019s rolls", "audience": {"locations": ["DOWNTOWN", "DENVER"]}}

    preview = shop.post(PREVIEW, text).json

    findings = preview.pop("findings")
    assert preview == {
        "recipients": 2,
        "held_out": 0,
        "parts": 1,
        "encoding": "UCS-2",
        "units": 16,
        "costly": ["\u2019"],
        "plain": "Bluebird's rolls",
        "parts_least": 1,
        "parts_most": 1,
        "price_least": None,
        "price_most": None,
        "texts": [
            {
                "variant": "A",
                "language": "en",
                "text": "Bluebird\u2019s rolls",
                "parts": 1,
                "encoding": "UCS-2",
            }
        ],
    }
    assert [(one["level"], one["code"]) for one in findings] == [
        ("error", "no_program_name"),
        ("error", "no_opt_out_line"),
        ("warning", "costly_characters"),
    ]
    assert findings[0].keys() == {"level", "code", "message", "variant", "language"}
    assert shop.post(PREVIEW, {"body": "Hello!"}).json["recipients"] == 3


def test_a_preview_tells_the_price_of_all_texts_together(shop: Console) -> None:
    assert program(shop, price_per_part="0.0108") == 200
    subscribed(shop, ANA, "DOWNTOWN")
    subscribed(shop, BEN, "DOWNTOWN", first_name="Ben " + "x" * 150)

    preview = shop.post(PREVIEW, {"body": BY_NAME}).json

    assert (preview["parts_least"], preview["parts_most"]) == (1, 2)
    assert preview["price_least"] == preview["price_most"] == "0.0324"


def test_a_preview_is_for_a_real_subscriber_or_for_a_made_up_one(shop: Console) -> None:
    subscribed(shop, ANA, "DOWNTOWN", language="es", first_name="Anita")

    ana = shop.post(PREVIEW, IN_TWO | {"phone": "+1 312 555 0101"}).json["texts"]
    anybody = shop.post(PREVIEW, IN_TWO).json["texts"]

    assert [one["text"] for one in ana] == [
        "Bluebird Coffee: hola Anita. Responda ALTO para salir."
    ]
    assert [(one["language"], one["text"].split()[3]) for one in anybody] == [
        ("en", "Ana!"),
        ("es", "Ana."),
    ]


@pytest.mark.parametrize(
    ("phone", "status"),
    [(ANA, Status.OPTED_OUT), (BEN, None), ("12", None), ("+1312555010", None)],
)
def test_a_preview_shows_nothing_of_who_is_no_subscriber(
    shop: Console, phone: str, status: Status | None
) -> None:
    if status:
        subscribed(shop, phone, "DOWNTOWN", status, first_name="Anita")

    answer = shop.post(PREVIEW, IN_TWO | {"phone": phone})

    assert answer.status == 422
    assert [error["path"] for error in answer.json["errors"]] == ["phone"]
    assert "Anita" not in answer.text


def test_a_whole_campaign_can_be_previewed_without_being_written(shop: Console) -> None:
    before = shop.state()
    whole = IN_TWO | {
        "name": "Rolls",
        "holdout_percent": 10,
        "variants": [{"name": "B", "body": BY_NAME}],
        "schedule": {"at": "2026-11-24T10:00:00", "timezone": "recipient"},
        "valid_until": "2026-11-26T06:00:00Z",
    }

    assert shop.post(PREVIEW, whole).status == 200
    assert shop.state() == before


def test_urgency_is_judged_by_the_schedule_and_the_offers_end(shop: Console) -> None:
    urgent = {
        "body": f"Today only! {BY_NAME}",
        "schedule": {"at": "2026-11-24T10:00:00", "timezone": "America/Chicago"},
        "valid_until": "2026-11-26T06:00:00Z",
    }

    found = shop.post(PREVIEW, urgent).json["findings"]

    assert [one["code"] for one in found if one["level"] == "error"] == ["false_urgency"]


@pytest.mark.parametrize("body", ["Hi {{ name", " ", "{% include 'x' %}", "{{ location.zip }}"])
def test_a_text_that_could_not_be_sent_has_no_preview(shop: Console, body: str) -> None:
    answer = shop.post(PREVIEW, {"body": body})

    assert (answer.status, answer.json["errors"][0]["path"]) == (422, "body")


def test_without_a_program_there_is_no_preview(console: Console) -> None:
    assert console.post(PREVIEW, {"body": "Hi"}).status == 409


@pytest.mark.parametrize("path", [PREVIEW, f"/admin/campaigns/{UNKNOWN}/test"])
def test_both_are_for_marketers(shop: Console, path: str) -> None:
    assert shop.acting_as("staff").post(path, {}).status == 403


@pytest.fixture
def phones(shop: Console, tmp_path: Path) -> Iterator[Phones]:
    """The staff's and the customers' phones, and the program that names the staff's."""
    assert program(shop, staff_phones=[STAFF]) == 200
    aws.client_without_retries.cache_clear()
    with simulated(aws.client_without_retries(SERVICE), tmp_path) as found:
        yield found
    aws.client_without_retries.cache_clear()


def test_staff_get_the_text_on_their_phones_and_nobody_else_does(
    shop: Console, phones: Phones
) -> None:
    subscribed(shop, ANA, "DOWNTOWN")
    campaign = draft(shop)
    before = shop.get(f"/admin/campaigns/{campaign}/report").json

    answer = shop.post(f"/admin/campaigns/{campaign}/test", {"phones": [STAFF, ANA]})

    assert answer.status == 200
    (sent,) = answer.json["sent"]
    (refused,) = answer.json["refused"]
    text = "[Test] Bluebird Coffee: hi there! Reply STOP to end."
    assert (sent["phone"], sent["text"]) == (STAFF, text)
    assert (refused["phone"], "staff_phones" in refused["why"]) == (ANA, True)
    (arrived,) = phones.thread(STAFF)
    assert (arrived["body"], arrived["message_id"]) == (text, sent["message_id"])
    assert arrived["message_type"] == "PROMOTIONAL"
    assert phones.thread(ANA) == []
    assert shop.get(f"/admin/campaigns/{campaign}/report").json == before


def test_staff_who_said_stop_get_none(shop: Console, phones: Phones) -> None:
    subscribed(shop, STAFF, "DOWNTOWN", Status.OPTED_OUT)

    answer = shop.post(f"/admin/campaigns/{draft(shop)}/test", {"phones": [STAFF]})

    assert [one["phone"] for one in answer.json["refused"]] == [STAFF]
    assert phones.thread(STAFF) == []


def test_a_test_may_stand_for_another_customer(shop: Console, phones: Phones) -> None:
    campaign = draft(shop, translations={"es": "Bluebird Coffee {{ location.name }}: hola."})
    as_if = {"phones": [STAFF], "location": "denver", "language": "es"}

    answer = shop.post(f"/admin/campaigns/{campaign}/test", as_if)

    assert answer.json["sent"][0]["text"] == "[Test] Bluebird Coffee Denver LoDo: hola."


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({}, "phones"),
        ({"phones": []}, "phones"),
        ({"phones": ["12"]}, "phones.0"),
        ({"phones": [STAFF] * 11}, "phones"),
        ({"phones": [STAFF], "location": "MOON"}, "location"),
        ({"phones": [STAFF], "variant": "Z"}, "variant"),
        ({"phones": [STAFF], "text": "x"}, "text"),
    ],
)
def test_a_wrong_request_texts_nobody(
    shop: Console, phones: Phones, body: dict[str, Any], path: str
) -> None:
    answer = shop.post(f"/admin/campaigns/{draft(shop)}/test", body)

    assert answer.status == 422
    assert [error["path"] for error in answer.json["errors"]] == [path]
    assert phones.thread(STAFF) == []


def test_a_campaign_that_does_not_exist_cannot_be_tried(shop: Console) -> None:
    assert shop.post(f"/admin/campaigns/{UNKNOWN}/test", {"phones": [STAFF]}).status == 404
    assert shop.post("/admin/campaigns/x/test", {"phones": [STAFF]}).status == 404


@pytest.mark.parametrize(
    ("phones", "path"),
    [
        (["12"], "staff_phones.0"),
        (["+1 312 555 0199"], "staff_phones.0"),
        ([STAFF, STAFF], "staff_phones.1"),
        ([f"+1312555{number:04d}" for number in range(21)], "staff_phones"),
    ],
)
def test_staff_phones_are_numbers_each_once(shop: Console, phones: list[str], path: str) -> None:
    whole = shop.get("/admin/program").json | {"staff_phones": phones}

    answer = shop.put("/admin/program", whole)

    assert answer.status == 422
    assert [error["path"] for error in answer.json["errors"]] == [path]


def test_only_owners_say_which_phones_are_the_staffs(shop: Console) -> None:
    whole = shop.get("/admin/program").json | {"staff_phones": [STAFF]}

    assert shop.acting_as("marketer").put("/admin/program", whole).status == 403
    assert shop.put("/admin/program", whole).json["staff_phones"] == [STAFF]
