"""`sayso window` says whether a text may reach a phone, when, and which rule says so."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.local.running import sayso

NOON, NIGHT = "2026-09-16T17:00:00Z", "2026-09-16T09:30:00Z"


def window(*words: str, state: Path) -> dict[str, Any]:
    done = sayso("window", *words, state=state)
    assert done.code == 0, done.err
    return dict(json.loads(done.out))


def test_a_text_at_noon_may_arrive_at_once(tmp_path: Path) -> None:
    found = window("+13125550101", "--at", NOON, state=tmp_path)
    assert found["allowed"] is True
    assert found["next"] == "2026-09-16T17:00:00+00:00"
    assert found["why"][0]["source"] == "47 CFR 64.1200(c)(1)"


def test_a_text_at_night_waits_for_the_morning_of_the_seeded_shops_location(
    tmp_path: Path,
) -> None:
    found = window("+12125550101", "--at", NIGHT, "--location", "denver", state=tmp_path)
    assert (found["allowed"], found["next"]) == (False, "2026-09-16T14:00:00+00:00")
    assert {one["timezone"] for one in found["why"]} == {"America/New_York", "America/Denver"}


def test_a_state_and_a_zone_can_be_said(tmp_path: Path) -> None:
    words = ("+13125550101", "--state", "tx", "--timezone", "America/Chicago")
    sunday = window(*words, "--at", "2026-09-20T11:30:00-05:00", state=tmp_path)
    assert sunday["next"] == "2026-09-20T17:00:00+00:00"
    assert [one["rule"] for one in sunday["why"]] == ["TX: 09:00-21:00, Sundays 12:00-21:00"]


def test_the_hours_that_the_customer_asked_for_can_be_said(tmp_path: Path) -> None:
    words = ("+13125550101", "--at", NOON)
    evening = window(*words, "--asked", "17:30-19:00", state=tmp_path)
    assert evening["next"] == "2026-09-16T22:30:00+00:00"
    assert [one["rule"] for one in evening["why"]] == ["as the customer asked: 17:30-19:00"]
    morning = window(*words, "--asked=-11:00", state=tmp_path)
    assert morning["next"] == "2026-09-17T13:00:00+00:00"


def test_a_prefix_that_is_nobodys_leaves_it_to_the_place_that_is_said(tmp_path: Path) -> None:
    words = ("+15555550101", "--at", "2026-09-16T02:30:00Z")
    assert window(*words, "--location", "denver", state=tmp_path)["allowed"] is True
    assert window(*words, state=tmp_path)["allowed"] is False


def test_now_is_the_moment_unless_one_is_given(tmp_path: Path) -> None:
    found = window("+13125550101", state=tmp_path)
    assert found["allowed"] in (True, False)
    assert found["next"].endswith("+00:00")


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (["312555"], "+13125550101"),
        (["+13125550101", "--at", "tomorrow"], "2026-12-01T10:00:00Z"),
        (["+13125550101", "--at", "9999-12-31T23:59:00Z"], "calendar"),
        (["+13125550101", "--location", "NOWHERE"], "no location NOWHERE"),
        (["+13125550101", "--state", "XX"], "no state XX"),
        (["+13125550101", "--timezone", "Mars/Base"], "no time zone"),
        (["+13125550101", "--asked", "evenings"], "17:00-19:30"),
        (["+13125550101", "--asked", "19:00-17:00"], "open before they close"),
    ],
)
def test_what_cannot_be_judged_is_explained(words: list[str], problem: str, tmp_path: Path) -> None:
    done = sayso("window", *words, state=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert problem in done.err
