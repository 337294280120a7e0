"""Writing campaigns in the console, up to the moment when they are let go."""

from typing import Any

import pytest
from selenium.webdriver.common.keys import Keys

from tests.support.console_recordings import COUNT, PREVIEW, SEGMENT, campaign
from tests.support.console_server import ConsoleServer
from tests.support.phones import eventually
from tests.support.recorded_counter import CAMPAIGN_ID, PHONE
from tests.support.recorded_page import RecordedPage
from tests.support.recorded_reports import report

TEXT = "Bluebird Coffee: two for one. Reply STOP to end."
ONE = f"/admin/campaigns/{CAMPAIGN_ID}"
STAFF = ["+13125550190", "+13125550191"]
PROGRAM = {
    "name": "Bluebird Coffee",
    "timezone": "America/Chicago",
    "language": "en",
    "staff_phones": STAFF,
}


def stored(shop: ConsoleServer) -> list[dict[str, Any]]:
    """The campaigns as the API itself has them."""
    items: list[dict[str, Any]] = shop.console.get("/admin/campaigns").json["items"]
    return items


@pytest.fixture
def draft(recorded: ConsoleServer) -> dict[str, Any]:
    """The recorded campaign, while it is still written."""
    written = campaign(status="draft", runs=[], next_at=None)
    recorded.recorded |= {f"GET {ONE}": written, f"PATCH {ONE}": written}
    recorded.recorded["GET /admin/program"] = PROGRAM
    return written


# The list


def test_the_list_says_where_each_stands_when_it_goes_out_next_and_what_came_of_it(
    ana: RecordedPage,
) -> None:
    ana.go("/campaigns")
    card = f'.campaign[data-id="{CAMPAIGN_ID}"]'
    ana.shows("3,000 sent · 2,890 delivered · 797 waiting", card)
    assert "Sending" in ana.text(card)
    assert "Offer · Downtown, Uptown" in ana.text(card)
    assert "Every Tuesday at 10:00, each store’s own time" in ana.text(card)
    assert "Next: Dec 1, 2026" in ana.text(card)


def test_the_figures_of_the_list_move_while_it_is_sent(
    ana: RecordedPage, recorded: ConsoleServer
) -> None:
    ana.go("/campaigns")
    ana.shows("797 waiting", ".campaign")
    recorded.recorded[f"GET {ONE}/report"] = report(status="finished", is_finished=True, sent=3797)
    recorded.recorded[f"GET {ONE}"] = campaign(status="finished")
    ana.shows("3,797 sent", ".campaign")
    ana.shows("Finished", ".campaign")


def test_without_a_campaign_the_page_says_what_one_is(
    ana: RecordedPage, recorded: ConsoleServer
) -> None:
    recorded.recorded["GET /admin/campaigns"] = {"items": [], "next": None}
    ana.go("/campaigns")
    ana.shows("No campaign yet", ".blank")


# Writing


def test_a_draft_is_stored_as_it_was_written(ana: RecordedPage, recorded: ConsoleServer) -> None:
    ana.go("/campaigns/new")
    ana.fill(name="Two for one")
    ana.find('[data-path="body"] textarea').send_keys(TEXT)
    ana.press("Add a language")
    ana.find('[data-path="translations.es"] textarea').send_keys("Dos por uno. STOP para salir.")
    ana.press("Try another wording beside it")
    ana.find('[data-path="variants.0.body"] textarea').send_keys("Other words")
    ana.fill(holdout_percent="10")
    ana.tick("Downtown")
    ana.fill(schedule__at="12012026" + Keys.TAB + "1000AM")
    ana.fill(valid_until="12312026" + Keys.TAB + "1159PM", spend_limit="50")
    ana.press("Save the draft")
    ana.shows("The draft is saved")
    (found,) = [one for one in stored(recorded) if one["name"] == "Two for one"]
    assert (found["status"], found["body"]) == ("draft", TEXT)
    assert found["translations"] == {"es": "Dos por uno. STOP para salir."}
    (variant,) = found["variants"]
    assert (variant["name"], variant["body"], variant["weight"]) == ("B", "Other words", 1)
    assert found["holdout_percent"] == 10
    assert found["audience"]["locations"] == ["DOWNTOWN"]
    assert found["schedule"]["at"] == "2026-12-01T10:00:00"
    assert found["schedule"]["timezone"] == "recipient"
    # Without a zone of its own, the program is in New York.
    assert found["valid_until"] == "2027-01-01T04:59:00Z"
    assert float(found["spend_limit"]) == 50
    assert ana.browser.execute_script("return location.hash").endswith(found["id"])


def test_what_the_api_refuses_is_said_at_the_field_and_nothing_typed_is_lost(
    ana: RecordedPage,
) -> None:
    ana.go("/campaigns/new")
    ana.find('[data-path="body"] textarea').send_keys(TEXT)
    ana.press("Save the draft")
    problem = ana.find('.field[data-path="name"] .problem:not([hidden])')
    assert "name" in problem.text
    assert ana.find('[data-path="body"] textarea').get_attribute("value") == TEXT


def test_what_was_typed_and_not_saved_is_there_on_coming_back(ana: RecordedPage) -> None:
    ana.go("/campaigns/new")
    ana.find('[data-path="body"] textarea').send_keys(TEXT)
    ana.go("/people")
    ana.go("/campaigns/new")
    ana.shows("not saved yet", ".kept")
    assert ana.find('[data-path="body"] textarea').get_attribute("value") == TEXT
    ana.press("Start over")
    eventually(lambda: ana.find('[data-path="body"] textarea').get_attribute("value") == "")


def test_whoever_signs_in_next_sees_nothing_that_was_not_saved(ana: RecordedPage) -> None:
    ana.go("/campaigns/new")
    ana.find('[data-path="body"] textarea').send_keys(TEXT)
    ana.press("Sign out")
    ana.find('[type="email"]')
    ana.enter_the_console("ben@bluebird.example")
    ana.go("/campaigns/new")
    assert ana.find('[data-path="body"] textarea').get_attribute("value") == ""


def test_a_variable_goes_in_where_the_cursor_stands(ana: RecordedPage) -> None:
    ana.go("/campaigns/new")
    text = ana.find('[data-path="body"] textarea')
    text.send_keys("Hi !" + Keys.ARROW_LEFT)
    ana.press("Put in: First name")
    assert text.get_attribute("value") == 'Hi {{ first_name | default: "friend" }}!'


@pytest.mark.parametrize(
    ("choices", "schedule", "said"),
    [
        (["At once"], {"now": True}, "It goes out at once."),
        (
            ["When something happens"],
            {"on": "joined", "delay_minutes": 0},
            "It goes out when somebody joins.",
        ),
        (
            ["When something happens", "It is somebody’s birthday"],
            {"on": "birthday", "at": "10:00", "timezone": "recipient"},
            "It goes out on their birthday at 10:00, each store’s own time.",
        ),
        (
            ["When something happens", "Nothing was heard from somebody"],
            {"on": "silent", "at": "10:00", "days": 60, "timezone": "recipient"},
            "when nothing was heard from somebody for 60 days at 10:00, each store’s own time.",
        ),
        (
            ["Again and again", "Wed"],
            {"cron": "0 10 * * TUE,WED", "timezone": "recipient"},
            "It goes out every Tuesday and Wednesday at 10:00, each store’s own time.",
        ),
    ],
)
def test_when_it_goes_out_is_said_in_words_and_sent_as_the_api_has_it(
    ana: RecordedPage,
    recorded: ConsoleServer,
    choices: list[str],
    schedule: dict[str, Any],
    said: str,
) -> None:
    ana.go("/campaigns/new")
    ana.find('[data-path="body"] textarea').send_keys(TEXT)
    for words in choices:
        ana.tick(words)
    ana.shows(said, ".said")

    def is_sent() -> bool:
        asked = recorded.last("POST", "/admin/campaigns/preview") or {}
        return schedule.items() <= (asked.get("schedule") or {}).items()

    eventually(is_sent)


# The pane


def test_the_pane_shows_the_text_in_each_language_and_what_it_means(
    ana: RecordedPage, draft: dict[str, Any]
) -> None:
    ana.go(f"/campaigns/{draft['id']}")
    ana.shows(PREVIEW["texts"][0]["text"], ".handset .bubble")
    assert "4,312 people" in ana.text(".meaning")
    assert "1–2 parts" in ana.text(".meaning")
    assert "$71–$90" in ana.text(".meaning")
    assert "Look again" in ana.text(".findings")
    ana.find(".handset option:nth-child(2)").click()
    ana.shows(PREVIEW["texts"][1]["text"], ".handset .bubble")
    assert ana.text('[data-path="body"] .counter') == "1 part · plain characters"


def test_the_pane_asks_for_the_subscriber_that_is_named(
    ana: RecordedPage, recorded: ConsoleServer, draft: dict[str, Any]
) -> None:
    ana.go(f"/campaigns/{draft['id']}")
    ana.find('[name="as"]').send_keys("(312) 555-0101")
    preview = "/admin/campaigns/preview"
    eventually(lambda: recorded.last("POST", preview).get("phone") == PHONE)
    assert recorded.last("POST", preview)["variants"][0]["name"] == "B"


def test_costly_characters_are_named_and_go_if_wanted(
    ana: RecordedPage, recorded: ConsoleServer, draft: dict[str, Any]
) -> None:
    dear = PREVIEW | {"costly": ["’", "—"], "plain": "Plain words"}
    recorded.recorded["POST /admin/campaigns/preview"] = dear
    ana.go(f"/campaigns/{draft['id']}")
    assert ana.text(".characters") == "’ —"
    ana.press("Write it without them")
    assert ana.find('[data-path="body"] textarea').get_attribute("value") == "Plain words"


# Who gets it


def test_each_filter_says_how_many_it_takes_away(ana: RecordedPage, draft: dict[str, Any]) -> None:
    ana.go(f"/campaigns/{draft['id']}")
    ana.shows("4,312 people", ".big")
    rows = [one.text.split("\n")[0] for one in ana.all(".waterfall tbody tr")]
    assert rows[0] == "Everyone subscribed there 10,000"
    assert rows[2] == "joined within 30 days −3,100 4,800"


def test_words_that_mean_nothing_are_explained_where_they_stand(
    ana: RecordedPage, recorded: ConsoleServer, draft: dict[str, Any]
) -> None:
    wrong = {"title": "", "detail": "", "errors": [{"path": "where", "detail": "write “joined”"}]}
    recorded.recorded["POST /admin/segments/count"] = lambda _: (422, wrong)
    ana.go(f"/campaigns/{draft['id']}")
    ana.shows("write “joined”", '[data-path="audience.where"] .problem')
    assert ana.text(".found") == "Not counted."


def test_a_saved_segment_and_the_vocabulary_fill_in_the_words(
    ana: RecordedPage, recorded: ConsoleServer
) -> None:
    ana.go("/campaigns/new")
    ana.choose("audience.segment", "01KAMZ3S8E5XQW0V7Y9T2B4C6E")
    field = ana.find('[data-path="audience.where"] textarea')
    assert field.get_attribute("value") == "joined within 30 days and not language es"
    ana.find(".vocabulary summary").click()
    ana.press("Add: language es")
    where = "joined within 30 days and not language es and language es"
    expected = {"locations": ["DOWNTOWN"], "where": where}
    eventually(lambda: recorded.last("POST", "/admin/segments/count") == expected)


def test_a_draft_that_names_a_saved_segment_shows_its_words(
    ana: RecordedPage, recorded: ConsoleServer, draft: dict[str, Any]
) -> None:
    where = "language es or ever clicked"
    given = {"locations": ["UPTOWN"], "where": where, "segment": "01KAMZ3S8E5XQW0V7Y9T2B4C6E"}
    recorded.recorded[f"GET {ONE}"] = draft | {"audience": given}
    ana.go(f"/campaigns/{draft['id']}")
    ana.press("Save the draft")
    ana.shows("The draft is saved")
    assert recorded.last("PATCH", ONE)["audience"] == {
        "locations": ["UPTOWN"],
        "where": f"at DOWNTOWN and {SEGMENT['where']} and ({where})",
        "segment": "",
    }


def test_a_draft_whose_segment_is_gone_never_widens_on_its_own(
    ana: RecordedPage, recorded: ConsoleServer, draft: dict[str, Any]
) -> None:
    given = {"locations": [], "where": "", "segment": "01KAMZ3S8E5XQW0V7Y9T2B4C6Z"}
    recorded.recorded[f"GET {ONE}"] = draft | {"audience": given}
    ana.go(f"/campaigns/{draft['id']}")
    ana.press("Save the draft")
    ana.shows("The draft is saved")
    assert recorded.last("PATCH", ONE)["audience"]["segment"] == given["segment"]


# Letting it go


def test_the_last_look_says_in_a_sentence_what_will_happen_and_then_it_is_scheduled(
    ana: RecordedPage, recorded: ConsoleServer, draft: dict[str, Any]
) -> None:
    recorded.recorded[f"POST {ONE}/schedule"] = campaign(status="scheduled")
    ana.go(f"/campaigns/{draft['id']}")
    ana.press("Last look…")
    ana.shows(
        "Goes to 4,312 people (Downtown, Uptown), 1–2 parts each, about $71–$90, "
        "every Tuesday at 10:00, each store’s own time.",
        "dialog",
    )
    ana.shows("431 of them (10 %) are held out", "dialog")
    recorded.recorded[f"GET {ONE}"] = campaign(status="scheduled")
    ana.press("Schedule it", "dialog")
    ana.shows("It is scheduled.", ".toasts")
    ana.shows("Scheduled", ".titled")


def test_a_finding_to_mend_leaves_no_way_to_schedule(
    ana: RecordedPage, recorded: ConsoleServer, draft: dict[str, Any]
) -> None:
    worst = {"level": "error", "code": "x", "message": "It names no program.", "variant": "A"}
    blocked = PREVIEW | {"findings": [*PREVIEW["findings"], worst]}
    recorded.recorded["POST /admin/campaigns/preview"] = blocked
    ana.go(f"/campaigns/{draft['id']}")
    ana.press("Last look…")
    ana.shows("It names no program.", "dialog")
    assert [one.text for one in ana.all("dialog .choice button")] == ["Back"]
    assert ana.all("dialog .findings li")[0].get_attribute("data-level") == "error"


def test_without_a_time_the_last_look_sends_back(
    ana: RecordedPage, recorded: ConsoleServer, draft: dict[str, Any]
) -> None:
    recorded.recorded[f"PATCH {ONE}"] = draft | {"schedule": None}
    ana.go(f"/campaigns/{draft['id']}")
    ana.press("Last look…")
    ana.shows("at no time chosen yet", "dialog")
    assert [one.text for one in ana.all("dialog .choice button")] == ["Back"]


def test_why_the_api_does_not_schedule_it_is_said_in_the_dialog(
    ana: RecordedPage, recorded: ConsoleServer, draft: dict[str, Any]
) -> None:
    told = {"detail": "", "errors": [{"path": "schedule.at", "detail": "It has gone by."}]}
    recorded.recorded[f"POST {ONE}/schedule"] = lambda _: (422, told)
    ana.go(f"/campaigns/{draft['id']}")
    ana.press("Last look…")
    ana.press("Schedule it", "dialog")
    ana.shows("It has gone by.", "dialog .problem:not([hidden])")


def test_a_campaign_goes_from_words_to_its_report_through_the_api_itself(
    ana: RecordedPage, recorded: ConsoleServer
) -> None:
    ana.go("/campaigns/new")
    ana.fill(name="At once")
    ana.find('[data-path="body"] textarea').send_keys(TEXT)
    ana.tick("At once")
    ana.press("Last look…")
    ana.press("Send it now", "dialog")
    ana.shows("It is on its way.", ".toasts")
    ana.shows("At once", "h1")
    (found,) = [one for one in stored(recorded) if one["name"] == "At once"]
    assert found["status"] in {"scheduled", "sending"}
    assert len(found["runs"]) == 1


def test_a_test_goes_to_the_staff_phones_that_are_ticked(
    ana: RecordedPage, recorded: ConsoleServer, draft: dict[str, Any]
) -> None:
    sent = {"phone": STAFF[1], "text": "[Test] Hello", "message_id": "m1"}
    recorded.recorded[f"POST {ONE}/test"] = {"sent": [sent], "refused": []}
    ana.go(f"/campaigns/{draft['id']}")
    ana.press("Send a test…")
    ana.tick("+1 312 555 0190")
    ana.press("Send the test", "dialog")
    ana.shows("[Test] Hello", "dialog .bubble")
    assert recorded.last("POST", f"{ONE}/test") == {"phones": [STAFF[1]]}


def test_a_draft_is_deleted_after_asking(
    ana: RecordedPage, recorded: ConsoleServer, draft: dict[str, Any]
) -> None:
    recorded.recorded[f"DELETE {ONE}"] = lambda _: (204, None)
    ana.go(f"/campaigns/{draft['id']}")
    ana.press("Delete")
    ana.press("Keep it", "dialog")
    assert not [one for one in recorded.asked if one.method == "DELETE"]
    ana.press("Delete")
    ana.press("Delete it", "dialog")
    ana.shows("Campaigns", "h1")
    assert [one.path for one in recorded.asked if one.method == "DELETE"] == [ONE]


def test_estimates_are_called_so(
    ana: RecordedPage, recorded: ConsoleServer, draft: dict[str, Any]
) -> None:
    recorded.recorded["POST /admin/segments/count"] = COUNT | {"is_estimate": True}
    ana.go(f"/campaigns/{draft['id']}")
    ana.shows("About 4,312 people", ".big")
