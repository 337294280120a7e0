"""Offers in the console: their form, the counter, the report over everything, web hooks."""

from typing import Any

import pytest

from tests.browser.legible import by_day_and_by_night, faint_words
from tests.support.chromium import resize
from tests.support.console_recordings import OFFER, campaign
from tests.support.console_server import ConsoleServer
from tests.support.phones import eventually
from tests.support.recorded_counter import CAMPAIGN_ID, COUPON, DELIVERY, HOOK, POOL
from tests.support.recorded_page import RecordedPage
from tests.support.recorded_reports import OVERALL, report

DRAFT_ID = "01KAMZ3S8E5XQW0V7Y9T2B4C6G"
HOOK_PAGE = f"/shop/hooks/{HOOK['id']}"
DELIVERIES = f"/admin/webhooks/{HOOK['id']}/deliveries"
ADDRESSES = (
    f"/campaigns/{DRAFT_ID}",
    f"/campaigns/{CAMPAIGN_ID}",
    "/report",
    "/counter",
    "/shop/hooks",
    HOOK_PAGE,
)


@pytest.fixture(autouse=True)
def draft(recorded: ConsoleServer) -> None:
    written = campaign(id=DRAFT_ID, status="draft", runs=[], next_at=None)
    recorded.recorded[f"GET /admin/campaigns/{DRAFT_ID}"] = written


def saved(ana: RecordedPage, recorded: ConsoleServer) -> Any:
    """What the form says once it is saved."""
    address = f"/admin/campaigns/{DRAFT_ID}"
    recorded.recorded[f"PATCH {address}"] = campaign(id=DRAFT_ID, status="draft")
    ana.press("Save the draft")
    return eventually(lambda: recorded.last("PATCH", address))


# The form


def test_an_offer_is_shown_and_saved_as_it_was(ana: RecordedPage, recorded: ConsoleServer) -> None:
    ana.go(f"/campaigns/{DRAFT_ID}")
    wish = saved(ana, recorded)
    assert wish["offer"] == OFFER | {"shared_code": "", "pool": ""}
    assert wish["links"] == {"menu": "https://bluebird.example.com/menu"}


def test_a_code_for_all_or_a_pool_is_asked_for_where_it_is_needed(
    ana: RecordedPage, recorded: ConsoleServer
) -> None:
    ana.go(f"/campaigns/{DRAFT_ID}")
    assert not ana.find('[name="offer.pool"]').is_displayed()
    ana.choose("offer.codes", "pool")
    assert not ana.find('[name="offer.shared_code"]').is_displayed()
    ana.choose("offer.pool", POOL["id"])
    wish = saved(ana, recorded)
    assert (wish["offer"]["codes"], wish["offer"]["pool"]) == ("pool", POOL["id"])


def test_with_nothing_to_redeem_no_offer_is_saved(
    ana: RecordedPage, recorded: ConsoleServer
) -> None:
    ana.go(f"/campaigns/{DRAFT_ID}")
    ana.tick("There is something to redeem")
    assert not ana.find('[name="offer.title"]').is_displayed()
    ana.press("Remove the link menu")
    wish = saved(ana, recorded)
    assert (wish["offer"], wish["links"]) == (None, {})


def test_what_is_wrong_with_an_offer_is_said_beside_its_field(
    ana: RecordedPage, recorded: ConsoleServer
) -> None:
    told = [{"path": "offer.title", "detail": "it says nothing"}]
    refusal = {"title": "", "detail": "", "errors": told}
    recorded.recorded[f"PATCH /admin/campaigns/{DRAFT_ID}"] = lambda _: (422, refusal)
    ana.go(f"/campaigns/{DRAFT_ID}")
    ana.press("Save the draft")
    ana.shows("it says nothing", '[data-path="offer.title"]')


def test_the_last_look_asks_about_the_offer_and_the_links_too(
    ana: RecordedPage, recorded: ConsoleServer
) -> None:
    ana.go(f"/campaigns/{DRAFT_ID}")
    written = campaign(id=DRAFT_ID, status="draft", next_at=None)
    recorded.recorded[f"PATCH /admin/campaigns/{DRAFT_ID}"] = written
    ana.press("Last look…")
    ana.shows("Goes to 4,312 people", "dialog")
    asked = recorded.last("POST", "/admin/campaigns/preview")
    assert asked["offer"]["title"] == OFFER["title"]
    assert asked["links"] == campaign()["links"]


# What came of it


def test_the_till_is_told_in_people_uses_time_and_money(ana: RecordedPage) -> None:
    ana.go(f"/campaigns/{CAMPAIGN_ID}")
    words = ana.text(".report").replace("\n", " ")
    assert "2.9% of those who were sent the text redeemed" in words
    assert "between 2.4% and 3.6%" in words
    assert "Redemptions 91" in words
    assert "Half came within 22 hours" in words
    assert "Cost of each $1.67" in words
    assert "Staff have told the amount of 40 of 91 redemptions." in words
    assert "No store named 2" in words
    assert "Reminders: 2,604 sent" in words
    assert "Clicks in all 402 Opened by programs 57" in words


def test_over_the_hold_out_the_page_says_what_the_api_says(ana: RecordedPage) -> None:
    ana.go(f"/campaigns/{CAMPAIGN_ID}")
    ana.shows("a difference of 24, most likely between 9.4 and 32.")
    assert "3 of 431 came" in ana.text(".report")


def test_where_all_share_a_code_no_rate_is_made_up(
    ana: RecordedPage, recorded: ConsoleServer
) -> None:
    shared = report()["till"] | {"rate": None, "low": None, "high": None, "median_minutes": None}
    recorded.recorded[f"GET /admin/campaigns/{CAMPAIGN_ID}/report"] = report(till=shared)
    ana.go(f"/campaigns/{CAMPAIGN_ID}")
    ana.shows("All share one code: nobody can tell how many people redeemed it.")
    assert "Half came within –" in ana.text(".report").replace("\n", " ")


def test_everything_is_reported_by_campaign_and_then_by_store(
    ana: RecordedPage, recorded: ConsoleServer
) -> None:
    ana.go("/report")
    rows = [one.text.replace("\n", " ") for one in ana.all(".breakdown tbody tr")]
    assert rows[0] == "Cinnamon week 0 11 120 310 91 $500 5,604 $52"
    assert rows[1] == "No campaign 420 20 0 0 0 $0.00 – –"
    line = OVERALL["items"][0] | {"key": "DOWNTOWN", "redeemed_here": 62, "revenue_here": "512.5"}
    recorded.recorded["GET /admin/report"] = OVERALL | {"by": "location", "items": [line]}
    ana.tick("Store")
    ana.shows("Downtown 0 11 120 310 91 $500 62 $513", ".breakdown tbody tr")


def test_days_that_cannot_be_are_said(ana: RecordedPage, recorded: ConsoleServer) -> None:
    ana.go("/report")
    told = [{"path": "from", "detail": "it begins after it ends"}]
    recorded.recorded["GET /admin/report"] = lambda _: (422, {"title": "", "errors": told})
    ana.tick("Sign")
    ana.shows("it begins after it ends", "main > .problem")


# The counter


def test_a_coupon_tells_what_became_of_it(ana: RecordedPage) -> None:
    ana.go("/counter")
    ana.fill(code=COUPON["code"])
    ana.press("Look it up")
    ana.shows("It can still be redeemed")
    words = ana.text(".coupon").replace("\n", " ")
    assert "Used 1 of 2" in words
    assert "by text · by Mia · at Downtown · $24 told" in words
    assert "Taken back" in words
    assert "on the customer’s own page" in words


def test_a_code_that_is_none_is_told_so(ana: RecordedPage, recorded: ConsoleServer) -> None:
    missing = {"title": "", "detail": "there is no coupon with this code"}
    recorded.recorded["GET /admin/coupons/NONE"] = lambda _: (404, missing)
    ana.go("/counter")
    ana.fill(code="NONE")
    ana.press("Look it up")
    ana.shows("There is no coupon with this code.", ".coupon")


def test_somebody_is_added_to_the_staff_with_a_pin(
    ana: RecordedPage, recorded: ConsoleServer
) -> None:
    recorded.recorded["PUT /admin/staff/%2B13125550156"] = {}
    ana.go("/counter")
    ana.shows("+1 312 555 0155 · Downtown · has a PIN")
    ana.press("Add somebody")
    ana.fill(phone="312 555 0156", name="Noah", pin="471108")
    ana.choose("location", "UPTOWN")
    ana.press("Save", "dialog")
    ana.shows("Noah is saved.", ".toasts")
    told = recorded.last("PUT", "/admin/staff/%2B13125550156")
    assert told == {"name": "Noah", "location": "UPTOWN", "pin": "471108"}


def test_a_pin_that_is_not_typed_stays(ana: RecordedPage, recorded: ConsoleServer) -> None:
    recorded.recorded["PUT /admin/staff/%2B13125550155"] = {}
    ana.go("/counter")
    ana.press("Edit Mia")
    ana.press("Save", "dialog")
    ana.shows("Mia is saved.", ".toasts")
    assert recorded.last("PUT", "/admin/staff/%2B13125550155")["pin"] is None


def test_codes_are_imported_and_bad_rows_are_told(
    ana: RecordedPage, recorded: ConsoleServer
) -> None:
    bad = [{"row": 3, "reason": "it is there already"}]
    filled = {"pool": POOL, "added": 2, "refused": 1, "refused_rows": bad}
    recorded.recorded["POST /admin/pools"] = filled
    ana.go("/counter")
    ana.shows("500 codes: 150 given out, 350 free, of which campaigns count on 100")
    ana.press("Import codes")
    ana.fill(name="Autumn", csv="A-0001\nA-0002\nA-0002")
    ana.press("Import", "dialog")
    ana.shows("1 row brought no code", "dialog")
    ana.shows("it is there already", "dialog")
    wish = {"name": "Autumn", "csv": "A-0001\nA-0002\nA-0002"}
    assert recorded.last("POST", "/admin/pools") == wish


def test_staff_look_coupons_up_and_see_nothing_that_is_not_theirs(
    ana: RecordedPage, recorded: ConsoleServer
) -> None:
    ana.press("Sign out")
    ana.find('[type="email"]')
    ana.enter_the_console("mia@bluebird.example")
    ana.go("/counter")
    ana.shows("A coupon")
    assert "Codes of your till" not in ana.text("main")
    assert not [one for one in recorded.asked if one.path in ("/admin/staff", "/admin/pools")][2:]


# Web hooks


def test_the_secret_is_shown_once_when_an_endpoint_is_added(
    ana: RecordedPage, recorded: ConsoleServer
) -> None:
    recorded.recorded["POST /admin/webhooks"] = HOOK | {"secret": "whsec_MfKQ9r8GKYqrTwjU"}
    ana.go("/shop/hooks")
    ana.press("Add an endpoint")
    ana.fill(url="https://crm.bluebird.example/sayso", description="Our CRM")
    ana.tick("Somebody clicked")
    ana.press("Save", "dialog")
    ana.shows("whsec_MfKQ9r8GKYqrTwjU", "dialog")
    ana.press("I have it", "dialog")
    eventually(lambda: "whsec_" not in ana.browser.page_source)
    assert "clicked" not in recorded.last("POST", "/admin/webhooks")["events"]


def test_the_log_says_how_it_went_and_sends_again(
    ana: RecordedPage, recorded: ConsoleServer
) -> None:
    recorded.recorded[f"POST {DELIVERIES}/{DELIVERY['id']}/replay"] = DELIVERY
    ana.go(HOOK_PAGE)
    ana.shows("An offer was redeemed · Waiting")
    ana.shows("2 tries · answered 503")
    ana.press(f"Send {DELIVERY['id']} again")
    ana.shows("It is on its way again.", ".toasts")


# For all


@pytest.mark.parametrize("width", [320, 390, 640, 1280])
def test_nothing_is_wider_than_the_screen(ana: RecordedPage, width: int) -> None:
    resize(ana.browser, width, 800, mobile=width < 500)
    for address in ADDRESSES:
        ana.go(address)
        assert ana.width() <= width, address


def test_every_part_of_the_console_is_at_hand_on_a_small_phone(ana: RecordedPage) -> None:
    resize(ana.browser, 360, 640, mobile=True)
    ana.go("/report")
    script = "return arguments[0].getBoundingClientRect().right"
    ends = [ana.browser.execute_script(script, one) for one in ana.all("nav a")]
    assert len(ends) == 7
    assert max(ends) <= 360


def test_words_stand_out_from_their_ground_by_day_and_by_night(ana: RecordedPage) -> None:
    for scheme in by_day_and_by_night(ana.browser):
        for address in ADDRESSES:
            ana.go(address)
            assert faint_words(ana.browser) == [], (scheme, address)
