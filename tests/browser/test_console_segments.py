"""Saved segments in the console."""

from tests.support.console_recordings import SEGMENT
from tests.support.console_server import ConsoleServer
from tests.support.recorded_page import RecordedPage

ONE = f"/admin/segments/{SEGMENT['id']}"


def test_segments_are_listed_in_their_own_words(ana: RecordedPage) -> None:
    ana.go("/segments")
    assert "New downtown" in ana.text(".campaign")
    assert "joined within 30 days and not language es" in ana.text(".campaign")
    current = ana.find("nav [aria-current]")
    assert current.text == "Campaigns"


def test_a_segment_is_changed_with_its_count_in_view(
    ana: RecordedPage, recorded: ConsoleServer
) -> None:
    recorded.recorded[f"PUT {ONE}"] = SEGMENT
    ana.go(f"/segments/{SEGMENT['id']}")
    assert "4,312 people" in ana.text(".found")
    ana.fill(name="Newest downtown", where="joined within 7 days")
    ana.press("Save")
    ana.shows("The segment is saved.")
    ana.shows("Segments", "h1")
    expected = {
        "name": "Newest downtown",
        "locations": ["DOWNTOWN"],
        "where": "joined within 7 days",
    }
    assert recorded.last("PUT", ONE) == expected


def test_what_the_api_refuses_is_said_at_the_words(
    ana: RecordedPage, recorded: ConsoleServer
) -> None:
    wrong = {"title": "", "detail": "", "errors": [{"path": "where", "detail": "Say joined."}]}
    recorded.recorded["POST /admin/segments"] = lambda _: (422, wrong)
    ana.go("/segments/new")
    ana.fill(name="New", where="jined")
    ana.press("Save")
    ana.shows("Say joined.", '.field[data-path="where"]')


def test_an_audience_is_saved_as_a_segment_from_a_campaign(
    ana: RecordedPage, recorded: ConsoleServer
) -> None:
    recorded.recorded["POST /admin/segments"] = lambda said: (201, SEGMENT | said)
    ana.go("/campaigns/new")
    ana.fill(audience__where="language es")
    ana.press("Save as a segment")
    ana.fill(name="Spanish")
    ana.press("Save", "dialog")
    ana.shows("“Spanish” is saved.")
    expected = {"name": "Spanish", "locations": [], "where": "language es"}
    assert recorded.last("POST", "/admin/segments") == expected


def test_a_segment_is_deleted_after_asking(ana: RecordedPage, recorded: ConsoleServer) -> None:
    recorded.recorded[f"DELETE {ONE}"] = lambda _: (204, None)
    ana.go(f"/segments/{SEGMENT['id']}")
    ana.press("Delete")
    ana.shows("keep their own copy", "dialog")
    ana.press("Delete it", "dialog")
    ana.shows("Segments", "h1")
    assert [one.path for one in recorded.asked if one.method == "DELETE"] == [ONE]


def test_without_a_segment_the_page_says_what_one_is(
    ana: RecordedPage, recorded: ConsoleServer
) -> None:
    recorded.recorded["GET /admin/segments"] = {"items": [], "next": None}
    ana.go("/segments")
    ana.shows("No segment yet", ".blank")


def test_a_shop_without_a_store_writes_segments_too(
    ana: RecordedPage, recorded: ConsoleServer
) -> None:
    recorded.recorded["GET /admin/locations"] = {"items": [], "next": None}
    recorded.recorded["POST /admin/segments"] = lambda said: (201, SEGMENT | said)
    ana.go("/segments/new")
    ana.shows("4,312 people", ".found")
    ana.fill(name="Spanish", where="language es")
    ana.press("Save")
    ana.shows("The segment is saved.")
