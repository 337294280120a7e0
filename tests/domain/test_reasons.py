"""Every code that a report may hold is explained in a sentence."""

import pytest

from sayso.domain.caps import own_limits, program_limits
from sayso.domain.catalog import Caps
from sayso.domain.contact import Status
from sayso.domain.delivery import MEANINGS
from sayso.domain.experiment import HELD_OUT
from sayso.domain.preference import Preference
from sayso.domain.reasons import REASONS, Failure, explained, failure_of
from sayso.domain.sending_hours import STATE_RULES
from sayso.domain.terms import why_not
from sayso.services.ports.carrier import OPTED_OUT_AT_CARRIER
from sayso.services.report import CANCELLED
from sayso.services.settling import ALREADY_TEXTED
from sayso.services.texting import OFFER_EXPIRED, OUTSIDE_WINDOW
from sayso.services.writing import UNWRITABLE

KNOWN = {reason.code for reason in REASONS}


@pytest.mark.parametrize("status", [one for one in Status if one is not Status.SUBSCRIBED])
def test_each_status_that_bars_is_explained(status: Status) -> None:
    assert why_not(status) in KNOWN


def test_each_limit_is_explained() -> None:
    by_law = [limit for rule in STATE_RULES for limit in rule.limits]
    limits = (*program_limits(Caps()), *own_limits(Preference(most=2)), *by_law)

    assert {limit.reason for limit in limits} <= KNOWN


def test_each_reason_of_a_sender_is_explained() -> None:
    reasons = {OUTSIDE_WINDOW, OFFER_EXPIRED, UNWRITABLE, HELD_OUT, CANCELLED, OPTED_OUT_AT_CARRIER}

    assert reasons | {ALREADY_TEXTED.removeprefix("skipped."), "carrier_busy"} <= KNOWN


@pytest.mark.parametrize("kind", sorted(kind for kind, one in MEANINGS.items() if one.reason))
def test_each_end_of_a_text_that_did_not_arrive_is_explained_and_classed(kind: str) -> None:
    reason = MEANINGS[kind].reason

    assert reason in KNOWN
    assert failure_of(reason) is not Failure.OTHER


def test_a_rule_that_decides_is_named() -> None:
    told = explained(["outside_window", "cap_state", "cap_day"])

    assert "47 CFR 64.1200(c)(1)" in told["outside_window"]
    assert "Fla. Stat. 501.616(6)" in told["cap_state"]
    assert "the program's own caps" in told["cap_day"]


def test_a_word_of_the_carriers_that_is_new_is_shown_as_it_is() -> None:
    told = explained(["SENDER_ID_NOT_SUPPORTED"])

    assert told == {
        "SENDER_ID_NOT_SUPPORTED": "The carrier's own word for it: SENDER_ID_NOT_SUPPORTED."
    }
    assert failure_of("SENDER_ID_NOT_SUPPORTED") is Failure.OTHER


def test_no_code_is_explained_twice() -> None:
    assert len(KNOWN) == len(REASONS)
