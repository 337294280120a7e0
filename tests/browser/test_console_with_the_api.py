"""The pages of campaigns with the admin API's own answers, where no recording stands in for it."""

from typing import Any

import pytest

from sayso.domain.contact import Contact, Status
from tests.support.bluebird import ANA, BEN, CHLOE, NOON
from tests.support.campaigns import table_contacts
from tests.support.console_server import ConsoleServer
from tests.support.recorded_page import RecordedPage

TEXT = "Bluebird Coffee: two for one. Reply STOP to end."


@pytest.fixture
def recorded(shop: ConsoleServer) -> ConsoleServer:
    """No recording at all: Ana, Ben and Chloe are subscribed, Chloe in Spanish."""
    shop.forget()
    put = table_contacts(shop.console.dynamodb).put
    for phone, location, language in (
        (ANA, "DOWNTOWN", "en"),
        (BEN, "UPTOWN", "en"),
        (CHLOE, "DENVER", "es"),
    ):
        put(
            Contact(
                phone,
                Status.SUBSCRIBED,
                revision=1,
                location=location,
                language=language,
                joined_at=NOON,
            )
        )
    return shop


def stored(shop: ConsoleServer, name: str) -> dict[str, Any]:
    """The campaign of this name as the API has it."""
    (found,) = [
        one for one in shop.console.get("/admin/campaigns").json["items"] if one["name"] == name
    ]
    return dict(found)


def test_a_segment_is_counted_while_it_is_written_and_saved_in_canonical_words(
    ana: RecordedPage, recorded: ConsoleServer
) -> None:
    ana.go("/segments/new")
    ana.shows("3 people", ".big")
    ana.fill(name="Spanish", where="Language ES")
    ana.shows("1 person", ".big")
    assert ana.text(".waterfall tbody tr:last-child") == "language es −2 1"
    ana.find(".found summary").click()
    ana.shows("+1 303 555 0103", ".found")
    ana.press("Save")
    ana.shows("language es", ".campaign")
    (segment,) = recorded.console.get("/admin/segments").json["items"]
    assert (segment["name"], segment["where"]) == ("Spanish", "language es")


def test_a_misspelt_word_is_explained_with_what_to_write_instead(ana: RecordedPage) -> None:
    ana.go("/segments/new")
    ana.fill(where="jioned within 30 days")
    ana.shows("joined", '.field[data-path="where"] .problem')
    assert ana.text(".found") == "Not counted."


def test_every_example_of_the_vocabulary_can_be_added_and_counted(
    ana: RecordedPage, recorded: ConsoleServer
) -> None:
    ana.go("/segments/new")
    ana.find(".vocabulary summary").click()
    vocabulary = recorded.console.get("/admin/segments/vocabulary").json
    offered = vocabulary["filters"] + vocabulary["combining"]
    assert len(ana.all(".vocabulary li")) == len(offered)
    for word in ("language es, fr", "ever redeemed"):
        ana.press(f"Add: {word}")
    ana.shows("0 people", ".big")


def test_a_campaign_recurs_is_paused_resumed_and_cancelled(
    ana: RecordedPage, recorded: ConsoleServer
) -> None:
    ana.go("/campaigns/new")
    ana.fill(name="Every week")
    ana.find('[data-path="body"] textarea').send_keys(TEXT)
    ana.tick("Downtown")
    ana.tick("Again and again")
    ana.press("Last look…")
    ana.shows("Goes to 1 person (Downtown)", "dialog")
    ana.press("Schedule it", "dialog")
    ana.shows("Every Tuesday at 10:00, each store’s own time", ".standing")
    assert stored(recorded, "Every week")["schedule"]["cron"] == "0 10 * * TUE"
    ana.shows("Next", ".standing")
    ana.press("Pause…")
    ana.press("Pause it", "dialog")
    ana.shows("Paused by hand.", ".standing")
    assert stored(recorded, "Every week")["status"] == "paused"
    ana.press("Resume")
    ana.shows("Scheduled", ".titled")
    ana.press("Cancel…")
    ana.press("Cancel the campaign", "dialog")
    ana.shows("Cancelled", ".titled")
    assert stored(recorded, "Every week")["status"] == "cancelled"
    ana.press("Delete…")
    ana.press("Delete it", "dialog")
    ana.shows("Campaigns", "h1")
    names = [one["name"] for one in recorded.console.get("/admin/campaigns").json["items"]]
    assert "Every week" not in names


def test_an_owner_says_what_texts_may_cost_and_whom_to_try_them_on(
    ana: RecordedPage, recorded: ConsoleServer
) -> None:
    ana.go("/shop")
    ana.fill(
        price_per_part="0.0108",
        spend_limits__per_day="50",
        staff_phones="(312) 555-0190, +13125550191",
    )
    ana.press("Save the program")
    ana.shows("The program is saved.")
    program = recorded.console.get("/admin/program").json
    assert float(program["price_per_part"]) == 0.0108
    assert float(program["spend_limits"]["per_day"]) == 50
    assert program["spend_limits"]["per_month"] is None
    assert program["staff_phones"] == ["+13125550190", "+13125550191"]


def test_what_is_no_phone_is_said_at_the_field(ana: RecordedPage) -> None:
    ana.go("/shop")
    ana.fill(staff_phones="the counter")
    ana.press("Save the program")
    assert ana.find('.field[data-path="staff_phones"] .problem:not([hidden])').text


def test_the_last_look_counts_those_whom_the_segment_means(
    ana: RecordedPage, recorded: ConsoleServer
) -> None:
    ana.go("/campaigns/new")
    ana.fill(name="Spanish only", audience__where="language es")
    ana.find('[data-path="body"] textarea').send_keys(TEXT)
    ana.tick("At once")
    ana.press("Last look…")
    ana.shows("Goes to 1 person, 1 part each", "dialog")


def test_what_the_linter_will_not_let_out_is_said_and_cannot_be_scheduled(
    ana: RecordedPage,
) -> None:
    ana.go("/campaigns/new")
    ana.fill(name="No way out")
    ana.find('[data-path="body"] textarea').send_keys("Two for one today")
    ana.shows("To mend", ".pane .findings")
    ana.tick("At once")
    ana.press("Last look…")
    ana.shows("Mend what is marked", "dialog")
    assert [one.text for one in ana.all("dialog .choice button")] == ["Back"]


def test_a_text_is_shown_as_a_subscriber_would_read_it(ana: RecordedPage) -> None:
    ana.go("/campaigns/new")
    ana.find('[data-path="body"] textarea').send_keys("Bluebird Coffee: hi ! Reply STOP to end.")
    text = ana.find('[data-path="body"] textarea')
    ana.browser.execute_script("arguments[0].setSelectionRange(20, 20)", text)
    for variable in ("First name", "Store", "Program"):
        ana.press(f"Put in: {variable}")
    # The made-up reader of the API is called Ana.
    ana.shows("hi Ana", ".handset .bubble")
    assert "{{" not in ana.text(".handset .bubble")
