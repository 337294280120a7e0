"""What came of a campaign, as the console shows it, and the reins of it."""

from typing import Any

import pytest
from selenium.webdriver.common.keys import Keys

from tests.support.chromium import resize
from tests.support.console_recordings import campaign
from tests.support.console_server import ConsoleServer
from tests.support.phones import eventually
from tests.support.recorded_counter import CAMPAIGN_ID
from tests.support.recorded_page import RecordedPage
from tests.support.recorded_reports import report, row

ONE = f"/admin/campaigns/{CAMPAIGN_ID}"
ADDRESS = f"/campaigns/{CAMPAIGN_ID}"


def shown_as(recorded: ConsoleServer, status: str, **figures: Any) -> None:
    """From now on the campaign stands so."""
    recorded.recorded[f"GET {ONE}"] = campaign(status=status)
    recorded.recorded[f"GET {ONE}/report"] = report(status=status, **figures)


def test_the_figures_add_up_in_view(ana: RecordedPage) -> None:
    ana.go(ADDRESS)
    words = "4,312 meant = 3,000 sent + 12 refused + 3 unknown + 797 waiting + 500 not texted"
    ana.shows(words, ".report .panel")
    assert "do not add up" not in ana.text("main")


def test_figures_that_do_not_add_up_say_so(ana: RecordedPage, recorded: ConsoleServer) -> None:
    shown_as(recorded, "sending", targeted=4320)
    ana.go(ADDRESS)
    ana.shows("These do not add up yet: 8 are being counted.")


def test_every_reason_is_explained_and_counted(ana: RecordedPage) -> None:
    ana.go(ADDRESS)
    reasons = {one.text.replace("\n", " ") for one in ana.all(".reasons li")}
    assert "Has had today's share of offers already. 60" in reasons
    assert "Their turn comes. 700" in reasons
    assert "The carrier keeps texts from this number. 12" in reasons
    assert "52 failed = 12 refused + 40 undelivered" in ana.text(".report")


def test_the_verdict_stands_as_the_api_words_it_beside_every_groups_interval(
    ana: RecordedPage,
) -> None:
    ana.go(ADDRESS)
    ana.shows("No evidence of a difference: B got 29 redemptions per 1,000, A 28.", ".verdict")
    assert "good" not in str(ana.find(".verdict").get_attribute("class"))
    rows = [one.text.replace("\n", " ") for one in ana.all(".comparison tbody tr")]
    assert rows[0] == "A 1,539 43 2.8% 2.1% to 3.7%"
    assert rows[2].startswith("Held out 431 3 0.7%")
    centres = [float(str(one.get_attribute("cx"))[:-1]) for one in ana.all(".interval circle")]
    assert centres == pytest.approx([100 * rate / 0.0388 for rate in (0.0279, 0.0291, 0.007)])


def test_the_same_people_are_divided_by_store_sign_and_wording(ana: RecordedPage) -> None:
    ana.go(ADDRESS)
    tables = [one.get_attribute("aria-label") for one in ana.all(".wide")]
    assert tables == ["By store", "By sign", "By wording"]
    head = next(one.text for one in ana.all(".breakdown thead")[:1])
    assert head.startswith("Store Meant Sent Refused Unknown Not texted Waiting Delivered")
    downtown = ana.text(".breakdown tbody tr")
    assert downtown.startswith("Downtown 3,000 2,100 8 2 350 540 2,020 40")
    # 60 of the 2,100 who were sent the text.
    assert "60 2.9% (2.3% to 3.4%)" in downtown
    assert ana.text('[data-key="Wording"] tbody tr:last-child').startswith("Held out")
    assert "3 – 3" in ana.text('[data-key="Wording"] tbody tr:last-child')


def test_a_column_in_which_nothing_is_told_takes_no_room(
    ana: RecordedPage, recorded: ConsoleServer
) -> None:
    sent = row("DOWNTOWN", 90, 90, 0, 0, 0, 0, 88, 0, 0, 0, 4, 0, 0)
    shown_as(recorded, "finished", by_location=[sent])
    ana.go(ADDRESS)
    told = [one.text for one in ana.all('[data-key="Store"] thead th')]
    # That nobody has redeemed an offer is told, too.
    assert told == (
        ["Store", "Meant", "Sent", "Delivered", "Clicked", "Redeemed", "Of those sent", "Opted out"]
    )


def test_rows_keep_their_names_however_far_a_table_is_scrolled(ana: RecordedPage) -> None:
    resize(ana.browser, 360, 640, mobile=True)
    ana.go(ADDRESS)
    script = """const table = document.querySelector('[data-key="Store"]');
      const name = table.querySelector("tbody th");
      const before = name.getBoundingClientRect().left;
      table.scrollLeft = 400;
      return [table.scrollLeft, name.getBoundingClientRect().left - before]"""

    scrolled, moved = ana.browser.execute_script(script)

    assert (scrolled, moved) == (400, 0)


def test_what_it_said_and_to_whom_can_be_read_again(ana: RecordedPage) -> None:
    ana.go(ADDRESS)
    facts = ana.text(".standing")
    assert "Downtown, Uptown, joined within 30 days and not language es" in facts
    assert "Every Tuesday at 10:00, each store’s own time" in facts
    ana.find(".standing summary").click()
    ana.shows("Wording A, Spanish", ".standing")


def test_it_moves_while_it_runs_and_leaves_open_what_somebody_has_opened(
    ana: RecordedPage, recorded: ConsoleServer
) -> None:
    ana.go(ADDRESS)
    ana.find(".standing summary").send_keys(Keys.ENTER)
    moved = campaign(next_at="2026-12-08T16:00:00Z")
    recorded.recorded[f"GET {ONE}"] = moved
    recorded.recorded[f"GET {ONE}/report"] = report(sent=3100, waiting=697)
    ana.shows("3,100 sent", ".report")
    eventually(lambda: "Dec 8, 2026, " in ana.text(".standing"))
    assert ana.has(".standing details[open]")
    focused = "return document.activeElement.tagName"
    assert ana.browser.execute_script(focused) == "SUMMARY"


def test_figures_that_are_no_longer_the_newest_say_so(
    ana: RecordedPage, recorded: ConsoleServer
) -> None:
    ana.go(ADDRESS)
    told = {"title": "", "detail": "Too busy right now."}
    recorded.recorded[f"GET {ONE}/report"] = lambda _: (503, told)
    ana.shows("These figures are not the newest. Too busy right now.")
    assert "3,000 sent" in ana.text(".report")
    recorded.recorded[f"GET {ONE}/report"] = report()
    eventually(lambda: not ana.find('main > [role="status"]').is_displayed())


def test_it_is_paused_after_asking_and_resumed(ana: RecordedPage, recorded: ConsoleServer) -> None:
    def pause(_: Any) -> tuple[int, Any]:
        shown_as(recorded, "paused")
        return 200, campaign(status="paused")

    recorded.recorded[f"POST {ONE}/pause"] = pause
    recorded.recorded[f"POST {ONE}/resume"] = campaign()
    ana.go(ADDRESS)
    ana.press("Pause…")
    ana.press("Let it run", "dialog")
    assert not [one for one in recorded.asked if one.path.endswith("/pause")]
    ana.press("Pause…")
    ana.press("Pause it", "dialog")
    ana.shows("It is paused.", ".toasts")
    ana.shows("Paused by hand.", ".standing")
    ana.press("Resume")
    ana.shows("It goes on.", ".toasts")
    assert [one.path for one in recorded.asked if one.path.endswith("/resume")] == [f"{ONE}/resume"]


def test_a_ceiling_that_was_reached_is_named(ana: RecordedPage, recorded: ConsoleServer) -> None:
    recorded.recorded[f"GET {ONE}"] = campaign(status="paused", paused_reason="spend_limit_day")
    ana.go(ADDRESS)
    ana.shows("the program has reached its spending limit of a day", ".standing")


def test_it_is_cancelled_after_asking_and_a_refusal_is_said_in_the_dialog(
    ana: RecordedPage, recorded: ConsoleServer
) -> None:
    refusal = {"title": "", "detail": "A finished campaign cannot be cancelled."}
    recorded.recorded[f"POST {ONE}/cancel"] = lambda _: (409, refusal)
    ana.go(ADDRESS)
    ana.press("Cancel…")
    ana.shows("What the carrier has taken already still arrives.", "dialog")
    ana.press("Cancel the campaign", "dialog")
    ana.shows("A finished campaign cannot be cancelled.", "dialog")
    recorded.recorded[f"POST {ONE}/cancel"] = campaign(status="cancelled")
    shown_as(recorded, "cancelled", is_finished=True)
    ana.press("Cancel the campaign", "dialog")
    ana.shows("It is cancelled.", ".toasts")
    ana.shows("Cancelled", ".titled")
    assert "Pause" not in ana.text(".standing")


def test_another_like_it_begins_with_its_words_and_without_its_time(
    ana: RecordedPage, recorded: ConsoleServer
) -> None:
    once = campaign()["schedule"] | {"cron": None, "at": "2026-11-20T10:00:00"}
    recorded.recorded[f"GET {ONE}"] = campaign(status="finished", schedule=once)
    ana.go(ADDRESS)
    ana.press("Write another like it")
    ana.shows("Write a campaign", "h1")
    assert ana.find('[name="name"]').get_attribute("value") == "Cinnamon week"
    assert ana.find('[name="schedule.at"]').get_attribute("value") == ""
    ana.press("Start over")


def test_before_anything_went_out_the_page_says_so(
    ana: RecordedPage, recorded: ConsoleServer
) -> None:
    shown_as(recorded, "scheduled", targeted=0, waiting=0)
    ana.go(ADDRESS)
    ana.shows("Nothing has gone out yet", ".blank")
