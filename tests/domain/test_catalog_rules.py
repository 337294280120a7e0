"""What a program, a location and a keyword may be."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sayso.domain.catalog import (
    Caps,
    Catalog,
    Keyword,
    KeywordAction,
    Location,
    SpendLimits,
    Translation,
)
from sayso.domain.catalog_rules import Fault, keyword_faults, location_faults, program_faults
from sayso.domain.text import squash
from sayso.domain.timezones import is_timezone
from sayso.domain.understanding import understand
from sayso.domain.vocabulary import WORDS, Intent
from tests.support.bluebird import BREW, COFFEE, DENVER, DOWNTOWN, HOURS, PROGRAM, SHOP, UPTOWN


def fields(faults: Iterable[Fault]) -> list[str]:
    return [fault.field for fault in faults]


def test_what_bluebird_has_set_up_is_right() -> None:
    assert not list(program_faults(PROGRAM))
    assert not [fault for one in SHOP.locations for fault in location_faults(one, SHOP)]
    assert not [fault for one in SHOP.keywords for fault in keyword_faults(one, SHOP)]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": "Bluebird ☕"}, "name"),
        ({"name": "Blue\nbird"}, "name"),
        ({"spend_limits": SpendLimits(per_day=5)}, "spend_limits.per_day"),
        ({"spend_limits": SpendLimits(per_month=5)}, "spend_limits.per_month"),
        (
            {"price_per_part": 1, "spend_limits": SpendLimits(per_day=6, per_month=5)},
            "spend_limits.per_month",
        ),
        ({"name": "Blue\u200bbird"}, "name"),
        ({"name": "..."}, "name"),
        ({"help_contact": "call “Ana”: 312-555-0199"}, "help_contact"),
        ({"help_contact": "ask Ana at the counter"}, "help_contact"),
        ({"help_contact": "ext. 12"}, "help_contact"),
        ({"frequency": "lots of offers"}, "frequency"),
        ({"frequency": "4"}, "frequency"),
        ({"translations": (Translation("en", "4 msgs/month"),)}, "translations.en"),
        ({"translations": (Translation("de", "4 SMS/Monat, daily"),)}, "translations.de"),
        ({"translations": (Translation("es", "muchas ofertas"),)}, "translations.es.frequency"),
        ({"translations": (Translation("es", "1 al día"),)}, "translations.es.frequency"),
        ({"frequency": "4 msgs \u2013 a month"}, "frequency"),
        ({"terms_url": "http://bluebird.example/terms"}, "terms_url"),
        ({"terms_url": "javascript:alert(1)"}, "terms_url"),
        ({"privacy_url": "https://"}, "privacy_url"),
        ({"privacy_url": "https://user:secret@bluebird.example/"}, "privacy_url"),
        ({"privacy_url": "https://bluebird.example/a b"}, "privacy_url"),
        ({"privacy_url": "https://[bluebird.example"}, "privacy_url"),
        ({"timezone": "Chicago"}, "timezone"),
        ({"caps": Caps(4, 3, 8)}, "caps.per_week"),
        ({"caps": Caps(1, 9, 8)}, "caps.per_month"),
    ],
)
def test_a_program_with_one_fault_is_told_which(change: dict[str, Any], field: str) -> None:
    assert fields(program_faults(replace(PROGRAM, **change))) == [field]


@pytest.mark.parametrize(
    "change",
    [
        {"help_contact": "312-555-0199"},
        {"help_contact": "call 555 0199"},
        {"help_contact": "ana@bluebird.example"},
        {"help_contact": "bluebird.example/help"},
        {"frequency": "Msg frequency varies"},
        {"frequency": "daily"},
        {"frequency": "Up to 4 msgs/mo."},
        {"frequency": "hasta 4 mensajes al mes"},
        {"frequency": "jusqu'à 4 messages par mois"},
        {"translations": (Translation("es", "4 SMS al mes"), Translation("fr", "4 SMS/mois"))},
        {"language": "es", "translations": (Translation("en", "4 msgs/month"),)},
    ],
)
def test_settings_that_say_what_the_law_asks_are_right(change: dict[str, Any]) -> None:
    assert fields(program_faults(replace(PROGRAM, **change))) == []


def test_a_dear_character_is_named_with_its_cheap_form() -> None:
    (fault,) = program_faults(replace(PROGRAM, name="Ana\u2019s Café"))

    assert "\u2019" in fault.reason
    assert "write Ana's Café" in fault.reason


def test_a_character_without_a_cheap_form_is_only_named() -> None:
    (fault,) = program_faults(replace(PROGRAM, name="Кофе"))

    assert "write" not in fault.reason


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"timezone": "America/Nowhere"}, "timezone"),
        ({"state": "XX"}, "state"),
        ({"zip": "6060"}, "zip"),
        ({"zip": "٦٠٦٠١"}, "zip"),
        ({"name": "☕"}, "name"),
        ({"aliases": ("loop", "stop")}, "aliases.1"),
        ({"aliases": ("please",)}, "aliases.0"),
        ({"aliases": ("please stop texting me",)}, "aliases.0"),
        ({"name": "Stop texting me"}, "name"),
        ({"aliases": ("...",)}, "aliases.0"),
        ({"aliases": ("Up Town",)}, "aliases.0"),
        ({"name": "Bluebird Uptown"}, "name"),
        ({"code": "NORTH"}, "code"),
        ({"code": "HELP"}, "code"),
        ({"code": "JOIN"}, "code"),
    ],
)
def test_a_location_with_a_fault_is_told_which(change: dict[str, Any], field: str) -> None:
    location = replace(Location("EASTSIDE", "East Side", "America/Chicago", "IL"), **change)

    assert field in fields(location_faults(location, SHOP))


def test_a_clash_names_the_other_location() -> None:
    clashing = replace(DENVER, aliases=("the loop", "loop"))

    (fault,) = location_faults(clashing, SHOP)

    assert (fault.field, fault.reason) == (
        "aliases.1",
        "loop already means the location DOWNTOWN",
    )


def test_a_location_may_be_replaced_by_itself() -> None:
    assert not list(location_faults(replace(UPTOWN, zip="60640"), SHOP))


@given(st.text(min_size=1, max_size=20))
@example("Thanks Deli")
@example("OK:0")
def test_a_location_that_passes_is_found_again_by_every_form_of_its_name(alias: str) -> None:
    location = replace(DENVER, aliases=(alias,))
    catalog = Catalog(PROGRAM, (DOWNTOWN, UPTOWN, location))
    if list(location_faults(location, catalog)):
        return

    assert understand(f"JOIN {alias}", catalog).location == location


@pytest.mark.parametrize("word", [word for word in WORDS if word.intent is not Intent.JOIN])
def test_no_reserved_word_can_be_a_keyword(word: Any) -> None:
    keyword = Keyword(squash(word.words).upper())

    # A phrase such as `opt out` is no single word; written together it may mean nothing.
    if " " not in word.words:
        assert "word" in fields(keyword_faults(keyword, SHOP))


def test_join_may_be_defined_but_only_to_join() -> None:
    assert not list(keyword_faults(Keyword("JOIN", channel="poster"), SHOP))
    changed = Keyword("JOIN", KeywordAction.REPLY, reply="Hello!")
    assert fields(keyword_faults(changed, SHOP)) == ["action"]


@pytest.mark.parametrize(
    ("keyword", "field"),
    [
        (replace(HOURS, reply=""), "reply"),
        (Keyword("DEAL", KeywordAction.OFFER), "reply"),
        (replace(COFFEE, location="MOON"), "location"),
        (replace(HOURS, reply="x" * 1531), "reply"),
        (replace(HOURS, reply="☕" * 631), "reply"),
        (replace(HOURS, reply="Open\x00"), "reply"),
        (replace(BREW, channel="web\npage"), "channel"),
    ],
)
def test_a_keyword_with_one_fault_is_told_which(keyword: Keyword, field: str) -> None:
    assert fields(keyword_faults(keyword, SHOP)) == [field]


def test_a_reply_may_have_lines_and_cost_what_it_costs() -> None:
    assert not list(keyword_faults(replace(HOURS, reply="Mo-Fr 7-18 ☕\nSa 8-16"), SHOP))


@pytest.mark.parametrize("name", ["America/Chicago", "America/Indiana/Knox", "Etc/GMT+5", "UTC"])
def test_a_place_is_a_time_zone(name: str) -> None:
    assert is_timezone(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "EST",
        "America",
        "localtime",
        "america/chicago",
        "America/Chicago/",
        "../etc/passwd",
        "/etc/localtime",
        "recipient",
        "America/Chi\x00cago",
        "America/" + "x" * 5000,
        "US Central",
    ],
)
def test_what_is_no_place_is_no_time_zone(name: str) -> None:
    assert not is_timezone(name)


@given(st.text(max_size=30))
def test_any_text_is_either_a_time_zone_or_not(name: str) -> None:
    assert is_timezone(name) in (True, False)
