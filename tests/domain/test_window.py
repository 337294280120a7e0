"""A marketing text arrives only when every place that the person may be at allows it."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.domain.prefixes import zones_of_state
from sayso.domain.sending_hours import ABROAD, FEDERAL, STATE_RULES, Rule, strictest_rule
from sayso.domain.states import STATES
from sayso.domain.window import decide_window, limits_for
from tests.support.cases import table

# What each state and the capital allow, and by which law; a number of each, of one zone where the
# state has one.
LAWS = {row["state"]: row for row in table("sending-hours")}
NOBODYS = "+15555550100"  # a prefix that tells nothing: only the place counts
HOUR = timedelta(hours=1)
FEDERAL_LAW = "47 CFR 64.1200(c)(1)"
# Beginnings of weeks: an ordinary one, and those in which the clocks change.
MONDAYS = tuple(
    datetime.fromisoformat(day).replace(tzinfo=UTC)
    for day in ("2026-09-14", "2026-03-02", "2026-10-26")
)
ONE_ZONE = {
    "New York": ("+12125550100", "America/New_York"),
    "Chicago": ("+13125550100", "America/Chicago"),
    "Phoenix": ("+16025550100", "America/Phoenix"),
    "Honolulu": ("+18085550100", "Pacific/Honolulu"),
}


def a_number(state: str) -> str:
    return LAWS[state]["number"]


def hours_of(state: str, weekday: int) -> tuple[int, int] | None:
    """The hours of a day of the week, 0 being Monday; None for none."""
    column = {5: "saturday", 6: "sunday"}.get(weekday, "weekdays")
    if LAWS[state][column] == "none":
        return None
    opens, _, closes = LAWS[state][column].partition("-")
    return int(opens), int(closes)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def sources(phone: str, moment: datetime, zone: str = "", state: str = "") -> set[str]:
    return {one.rule.source for one in decide_window(phone, moment, zone, state).why}


def test_every_state_and_the_capital_is_in_the_table() -> None:
    assert LAWS.keys() == STATES - {"AS", "GU", "MP", "PR", "VI"}
    assert len(LAWS) == 51
    assert {rule.where for rule in STATE_RULES} <= LAWS.keys()


@pytest.mark.parametrize("monday", MONDAYS, ids=lambda day: f"{day:%b}")
@pytest.mark.parametrize("state", LAWS)
def test_each_states_week_is_as_its_law_has_it(state: str, monday: datetime) -> None:
    """By the minute before and after every full hour, on the clocks of all of its zones."""
    phone = a_number(state)
    zones = {one.zone for one in decide_window(phone, monday).why} | {
        one.zone for one in decide_window(phone, monday + timedelta(hours=17)).why
    }
    instant = monday
    for _ in range(7 * 24):
        instant += timedelta(hours=1)
        for moment in (instant - timedelta(minutes=1), instant):
            expected = True
            for zone in zones:
                local = moment.astimezone(ZoneInfo(zone))
                hours = hours_of(state, local.weekday())
                expected &= hours is not None and hours[0] <= local.hour < hours[1]
            assert decide_window(phone, moment).allowed is expected, (zones, moment)


@pytest.mark.parametrize("state", LAWS)
def test_what_allows_a_text_is_named_with_its_citation(state: str) -> None:
    by_day = at("2026-09-16T18:30:00Z")  # a Wednesday, in the hours of every state
    decision = decide_window(a_number(state), by_day)
    assert decision.allowed
    assert {one.rule.source for one in decision.why} == {FEDERAL_LAW, LAWS[state]["citation"]}
    assert all(one.rule.certainty in ("P", "S", "U") and one.rule.as_of for one in decision.why)


@pytest.mark.parametrize("state", LAWS)
def test_what_forbids_a_text_is_named_with_its_citation(state: str) -> None:
    by_night = at("2026-09-16T06:00:00Z")  # a Wednesday, in the night of every state
    if state == "HI":
        by_night += timedelta(hours=4)
    decision = decide_window(a_number(state), by_night)
    assert not decision.allowed
    assert LAWS[state]["citation"] in {one.rule.source for one in decision.why}


@pytest.mark.parametrize("state", [one for one in LAWS if hours_of(one, 6) != (8, 21)])
def test_what_only_the_state_forbids_is_told_by_its_law_alone(state: str) -> None:
    """On a Sunday, a minute outside the state's hours and inside the federal ones."""
    hours, zone = hours_of(state, 6), zones_of_state(state)[0]
    outside = (11, 59) if hours is None else (20, 59) if hours[1] < 21 else (hours[0] - 1, 59)
    sunday = datetime(2026, 9, 20, *outside, tzinfo=ZoneInfo(zone))
    decision = decide_window(NOBODYS, sunday, zone, state)
    assert not decision.allowed
    assert {one.rule.source for one in decision.why} == {LAWS[state]["citation"]}


@pytest.mark.parametrize("state", LAWS)
def test_a_holiday_is_free_of_marketing_where_the_law_keeps_it(state: str) -> None:
    thanksgiving = at("2026-11-26T13:30:00-05:00")
    before = at("2026-11-25T13:30:00-05:00")
    assert decide_window(a_number(state), before).allowed
    is_kept = LAWS[state]["holidays"] == "none"
    assert decide_window(a_number(state), thanksgiving).allowed is not is_kept


@pytest.mark.parametrize("state", LAWS)
def test_a_states_limit_is_what_its_law_says(state: str) -> None:
    found = [f"{one.count} in {one.within // HOUR} h" for one in limits_for(a_number(state))]
    assert found == [LAWS[state]["limit"]] * (LAWS[state]["limit"] != "-")
    assert {one.source for one in limits_for(a_number(state))} <= {LAWS[state]["citation"]}


@pytest.mark.parametrize("state", LAWS)
@pytest.mark.parametrize("night", ["2027-03-14", "2027-11-07"])
def test_the_wall_clock_counts_on_both_nights_when_the_clocks_change(
    state: str, night: str
) -> None:
    """Of the Sunday itself, or of the Monday after it where nothing may arrive on Sundays."""
    sunday, monday = hours_of(state, 6), hours_of(state, 0)
    first = sunday or monday
    assert first is not None
    for zone in zones_of_state(state):
        midnight = datetime.fromisoformat(f"{night}T00:30:00").replace(tzinfo=ZoneInfo(zone))
        day = midnight if sunday else midnight + timedelta(days=1)
        decision = decide_window(NOBODYS, midnight, zone, state)
        assert not decision.allowed
        assert decision.next == day.replace(hour=first[0], minute=0)
        assert decision.closes == day.replace(hour=first[1], minute=0)


@pytest.mark.parametrize(("phone", "zone"), ONE_ZONE.values(), ids=list(ONE_ZONE))
@pytest.mark.parametrize("night", ["2026-03-08", "2026-11-01"])
def test_eight_is_eight_on_both_nights_when_the_clocks_change(
    phone: str, zone: str, night: str
) -> None:
    clock = ZoneInfo(zone)
    evening = datetime.fromisoformat(f"{night}T00:30:00").replace(tzinfo=clock) - timedelta(hours=2)
    decision = decide_window(phone, evening.astimezone(UTC))
    eight = datetime.fromisoformat(f"{night}T08:00:00").replace(tzinfo=clock)
    assert not decision.allowed
    assert decision.next == eight.astimezone(UTC)
    assert decision.closes == eight.replace(hour=21).astimezone(UTC)
    minute = timedelta(minutes=1)
    assert not decide_window(phone, decision.next - minute).allowed
    assert decide_window(phone, decision.next).allowed


@pytest.mark.parametrize(
    ("phone", "opens", "closes"),
    [
        ("+18505550100", "2026-09-16T08:00:00-05:00", "2026-09-16T20:00:00-04:00"),
        ("+14485550100", "2026-09-16T08:00:00-05:00", "2026-09-16T20:00:00-04:00"),
        ("+12195550100", "2026-09-16T09:00:00-05:00", "2026-09-16T20:00:00-04:00"),
        ("+13085550100", "2026-09-16T08:00:00-06:00", "2026-09-16T21:00:00-05:00"),
        ("+16055550100", "2026-09-16T09:00:00-06:00", "2026-09-16T21:00:00-05:00"),
        ("+12705550100", "2026-09-16T10:00:00-05:00", "2026-09-16T21:00:00-04:00"),
        ("+14235550100", "2026-09-16T08:00:00-05:00", "2026-09-16T21:00:00-04:00"),
        ("+15415550100", "2026-09-16T08:00:00-07:00", "2026-09-16T21:00:00-06:00"),
        ("+16205550100", "2026-09-16T08:00:00-06:00", "2026-09-16T21:00:00-05:00"),
        ("+17015550100", "2026-09-16T08:00:00-06:00", "2026-09-16T21:00:00-05:00"),
        ("+17755550100", "2026-09-16T09:00:00-07:00", "2026-09-16T20:00:00-06:00"),
        ("+19065550100", "2026-09-16T08:00:00-05:00", "2026-09-16T21:00:00-04:00"),
        ("+19285550100", "2026-09-16T08:00:00-07:00", "2026-09-16T21:00:00-06:00"),
        ("+12085550100", "2026-09-16T08:00:00-07:00", "2026-09-16T21:00:00-06:00"),
        ("+19075550100", "2026-09-16T08:00:00-10:00", "2026-09-16T21:00:00-08:00"),
    ],
)
def test_an_area_code_that_spans_zones_waits_for_the_last_and_stops_with_the_first(
    phone: str, opens: str, closes: str
) -> None:
    decision = decide_window(phone, at("2026-09-16T10:00:00Z"))
    assert (decision.next, decision.closes) == (at(opens), at(closes))


def test_a_number_that_moved_across_the_country_keeps_both_clocks() -> None:
    phone, moment = a_number("NY"), at("2026-09-16T10:00:00Z")
    decision = decide_window(phone, moment, "America/Los_Angeles", "CA")
    assert decision.next == at("2026-09-16T08:00:00-07:00")
    assert decision.closes == at("2026-09-16T21:00:00-04:00")


def test_a_location_brings_its_states_rule() -> None:
    sunday = at("2026-09-20T11:00:00-05:00")
    assert decide_window(a_number("IL"), sunday, "America/Chicago", "IL").allowed
    texan = decide_window(a_number("IL"), sunday, "America/Chicago", "TX")
    assert not texan.allowed
    assert texan.next == at("2026-09-20T12:00:00-05:00")
    assert [one.rule.where for one in texan.why] == ["TX"]


def test_a_state_alone_means_all_of_its_zones_unless_the_number_is_of_it() -> None:
    moment = at("2026-09-16T08:30:00-04:00")
    assert decide_window(a_number("FL"), moment, location_state="FL").allowed
    assert not decide_window(a_number("NY"), moment, location_state="FL").allowed


@pytest.mark.parametrize(
    ("state", "holiday"),
    [
        ("AL", "2026-11-26"),  # Thanksgiving
        ("LA", "2026-07-03"),  # Independence Day is a Saturday
        ("LA", "2026-02-17"),  # Mardi Gras
        ("RI", "2026-08-10"),  # Victory Day
        ("RI", "2027-12-31"),  # New Year's Day 2028 is a Saturday
    ],
)
def test_nothing_goes_out_on_a_holiday_where_the_law_keeps_it(state: str, holiday: str) -> None:
    noon = at(f"{holiday}T12:00:00-05:00")
    decision = decide_window(a_number(state), noon)
    assert not decision.allowed
    assert decision.next is not None
    assert decision.next.date() > noon.date()
    assert decide_window(a_number("IL"), noon).allowed


def test_sunday_and_holiday_in_a_row_are_both_waited_out() -> None:
    saturday_evening = at("2026-09-05T21:00:00-05:00")  # before Labor Day
    decision = decide_window(a_number("AL"), saturday_evening)
    assert decision.next == at("2026-09-08T08:00:00-05:00")


def test_a_number_from_abroad_gets_the_federal_hours_of_its_country() -> None:
    decision = decide_window("+442079460123", at("2026-07-01T06:00:00Z"))
    assert decision.next == at("2026-07-01T08:00:00+01:00")
    assert {one.rule for one in decision.why} == {ABROAD}


def test_a_number_from_a_country_of_many_zones_waits_for_all_of_them() -> None:
    decision = decide_window("+61491570006", at("2026-07-01T20:00:00Z"))
    assert decision.next == at("2026-07-02T08:00:00+06:30")  # Cocos Islands
    assert decision.closes == at("2026-07-02T21:00:00+10:30")  # Lord Howe Island


def test_an_unknown_area_code_gets_the_strictest_hours_from_coast_to_coast() -> None:
    decision = decide_window("+15005550100", at("2026-09-16T10:00:00Z"))
    assert decision.next == at("2026-09-16T10:00:00-10:00")
    assert decision.closes == at("2026-09-16T17:00:00-04:00")
    assert {one.rule for one in decision.why} == {strictest_rule()}


@pytest.mark.parametrize("place", [("America/Denver", "CO"), ("America/Denver", ""), ("", "CO")])
def test_an_area_code_that_is_nobodys_leaves_it_to_the_location(place: tuple[str, str]) -> None:
    """555 is not assignable as an area code: it tells nothing about where a phone is."""
    decision = decide_window("+15555550100", at("2026-09-16T10:00:00Z"), *place)
    assert decision.next == at("2026-09-16T08:00:00-06:00")
    assert decision.closes == at("2026-09-16T21:00:00-06:00")
    assert {one.zone for one in decision.why} == {"America/Denver"}


def test_an_area_code_that_is_nobodys_brings_the_rule_of_the_locations_state() -> None:
    sunday = at("2026-09-20T11:00:00-05:00")
    assert not decide_window("+15555550100", sunday, "America/Chicago", "TX").allowed
    assert sources("+15555550100", sunday, "America/Chicago", "TX") == {
        "Tex. B&C 301.051; SB 140 (2025-09-01)"
    }
    assert [one.count for one in limits_for("+15555550100", "America/New_York", "FL")] == [3]


def test_of_whom_nothing_at_all_is_known_the_strictest_is_taken() -> None:
    decision = decide_window("+15555550100", at("2026-09-16T10:00:00Z"))
    assert decision.next == at("2026-09-16T10:00:00-10:00")
    assert {one.rule for one in decision.why} == {strictest_rule()}
    assert {one.count for one in limits_for("+15555550100")} == {1, 3}


def test_an_unknown_area_code_that_may_be_a_new_one_stays_as_strict_at_any_location() -> None:
    decision = decide_window("+15005550100", at("2026-09-16T10:00:00Z"), "America/Denver", "CO")
    assert decision.next == at("2026-09-16T10:00:00-10:00")
    assert decision.closes == at("2026-09-16T17:00:00-04:00")


def test_a_number_of_no_known_country_is_never_texted() -> None:
    decision = decide_window("+99955501000", at("2026-09-16T16:00:00Z"))
    assert not decision.allowed
    assert decision.next is decision.closes is None


def test_the_reason_for_an_allowed_text_is_every_rule_that_allows_it() -> None:
    decision = decide_window(a_number("IL"), at("2026-09-16T17:00:00Z"), "America/Denver", "CO")
    assert decision.allowed
    assert [(one.rule, one.zone) for one in decision.why] == [
        (FEDERAL, "America/Chicago"),
        (FEDERAL, "America/Denver"),
    ]


def test_the_limit_of_a_locations_state_holds_too() -> None:
    assert [one.count for one in limits_for(a_number("IL"), "America/New_York", "FL")] == [3]
    assert {one.count for one in limits_for("+15005550100")} == {1, 3}


def test_a_moment_without_a_zone_is_no_moment() -> None:
    with pytest.raises(ValueError, match="zone"):
        decide_window(a_number("IL"), at("2026-09-16T12:00:00Z").replace(tzinfo=None))


PHONES = st.sampled_from([*map(a_number, LAWS), "+18505550100", "+61491570006", "+15005550100"])
PLACES = st.sampled_from(
    [("", ""), ("America/Chicago", "TX"), ("America/New_York", "RI"), ("Pacific/Guam", "GU")]
)
# Half of the moments lie in the weeks in which the clocks change, on either side of the ocean.
CHANGES = ["2026-03-08", "2026-11-01", "2026-03-29", "2026-01-01"]
MOMENTS = st.builds(
    lambda day, minutes: at(f"{day}T00:00:00Z") + timedelta(minutes=minutes),
    st.sampled_from(CHANGES),
    st.integers(-4000, 4000),
)


def is_allowed(rule: Rule, zone: str, moment: datetime) -> bool:
    """The definition, by the wall clock alone."""
    local = moment.astimezone(ZoneInfo(zone))
    hours = rule.hours(local.date())
    return hours is not None and hours.opens <= local.time() < hours.closes


@settings(max_examples=250)
@given(PHONES, PLACES, MOMENTS)
def test_next_is_allowed_and_nothing_before_it(
    phone: str, place: tuple[str, str], moment: datetime
) -> None:
    decision = decide_window(phone, moment, *place)
    assert decision.allowed is (decision.next == moment)
    if decision.next is None or decision.closes is None:
        return
    rules = {(one.rule, one.zone) for one in decide_window(phone, decision.next, *place).why}

    def every_rule_allows(instant: datetime) -> bool:
        return all(is_allowed(rule, zone, instant) for rule, zone in rules)

    step = timedelta(minutes=15)
    instant = moment
    while instant < decision.next:
        assert not every_rule_allows(instant)
        instant += step
    instant = decision.next
    while instant < decision.closes:
        assert every_rule_allows(instant)
        instant += step
    assert every_rule_allows(decision.closes - timedelta(seconds=1))
    assert not every_rule_allows(decision.closes)
