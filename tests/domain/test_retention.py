"""How long proof has to be kept."""

import re
from datetime import UTC, datetime

import pytest

from sayso.domain.contact import Contact, Status
from sayso.domain.ledger import Change, Entry, Evidence, append
from sayso.domain.retention import RULES, keep_until, rule_for
from tests.support.bluebird import ANA, NUMBER


def ledger(*steps: tuple[Change, datetime]) -> list[Entry]:
    entries: list[Entry] = []
    for change, at in steps:
        said = Evidence(ANA, at, "sms", "in-1", NUMBER, "", "", "", "", "", "", "")
        head = entries[-1].digest if entries else ""
        entries.append(append(seq=len(entries), head=head, change=change, evidence=said))
    return entries


def on(year: int, month: int = 11, day: int = 23) -> datetime:
    return datetime(year, month, day, tzinfo=UTC)


@pytest.mark.parametrize("change", Change)
def test_every_kind_of_entry_has_exactly_one_rule(change: Change) -> None:
    assert [rule for rule in RULES if change in rule.changes] == [rule_for(change)]


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_a_source_and_the_month_it_was_looked_up(rule: tuple[str, ...]) -> None:
    *_, source, as_of = rule
    assert re.search(r"\d", source)
    assert re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", as_of)


def test_an_opt_out_keeps_its_whole_ledger_for_ten_years() -> None:
    entries = ledger((Change.OPTED_IN, on(2026)), (Change.OPTED_OUT, on(2028)))
    assert keep_until(entries, Contact(ANA, Status.OPTED_OUT)) == on(2038)


def test_an_opt_out_counts_even_where_a_later_question_came_to_nothing() -> None:
    entries = ledger((Change.OPTED_OUT, on(2026)), (Change.ASKED, on(2035)))
    assert keep_until(entries, Contact(ANA, Status.UNKNOWN)) == on(2040)


@pytest.mark.parametrize("status", [Status.SUBSCRIBED, Status.PENDING, Status.HELD])
def test_while_it_lasts_no_end_is_known(status: Status) -> None:
    assert keep_until(ledger((Change.OPTED_IN, on(2026))), Contact(ANA, status)) is None


def test_without_a_record_no_end_is_known() -> None:
    assert keep_until(ledger((Change.OPTED_OUT, on(2026))), None) is None


def test_a_number_that_proved_nothing_has_nothing_to_keep() -> None:
    assert keep_until([], Contact(ANA)) is None


def test_a_leap_day_is_read_as_the_later_day() -> None:
    entries = ledger((Change.OPTED_OUT, on(2028, 2, 29)))
    assert keep_until(entries, Contact(ANA, Status.OPTED_OUT)) == on(2038, 3, 1)
