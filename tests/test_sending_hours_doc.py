"""The page about hours and caps says what the code does."""

from datetime import timedelta

from sayso.domain.caps import own_limits, program_limits
from sayso.domain.catalog import Caps
from sayso.domain.contact import Status
from sayso.domain.holidays import HOLIDAYS, SOURCES
from sayso.domain.preference import Preference
from sayso.domain.sending_hours import ABROAD, FEDERAL, STATE_RULES, Rule
from sayso.domain.terms import why_not
from sayso.services.texting import OUTSIDE_WINDOW
from tests.support.repository import ROOT

PAGE = (ROOT / "docs" / "sending-hours.md").read_text()
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def row(rule: Rule) -> str:
    limits = ", ".join(f"{one.count} in {one.within // HOUR} h" for one in rule.limits)
    return f"| {rule} | {limits} | {rule.source} | {rule.certainty} | {rule.as_of} |"


def test_every_rule_of_the_code_stands_on_the_page_and_no_other() -> None:
    hours = PAGE.partition("## Hours")[2].partition("## Holidays")[0]
    rows = [line for line in hours.splitlines() if line.startswith("|")][2:]
    assert rows == [row(rule) for rule in (FEDERAL, ABROAD, *STATE_RULES)]


def test_every_holiday_of_the_code_stands_on_the_page_and_no_other() -> None:
    holidays = PAGE.partition("## Holidays")[2].partition("## How often")[0]
    rows = [line for line in holidays.splitlines() if line.startswith("|")][2:]
    assert rows == [
        f"| {state or 'federal'} | "
        f"{', '.join(one.name for one in HOLIDAYS if one.state == state)} | {source} |"
        for state, source in SOURCES.items()
    ]


def test_every_reason_to_skip_somebody_is_explained() -> None:
    limits = [*program_limits(Caps()), *own_limits(Preference(most=1))]
    reasons = {one.reason for one in limits}
    reasons |= {limit.reason for rule in STATE_RULES for limit in rule.limits}
    reasons |= {why_not(status) for status in Status} - {""}
    reasons |= {"texted_in_other_zone", OUTSIDE_WINDOW, "carrier_busy", "cancelled"}
    assert {reason for reason in reasons if f"`{reason}`" not in PAGE} == set()


def test_the_caps_of_a_program_that_names_none_are_the_ones_told() -> None:
    caps = Caps()
    assert f"which are {caps.per_day}, {caps.per_week} and {caps.per_month} unless" in PAGE
    tightest = min(one.count for rule in STATE_RULES for one in rule.limits if one.within == DAY)
    assert caps.per_day <= tightest
