"""The observer notices: each guard is taken away once, and what follows is reported."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from sayso.domain.codes import derived
from sayso.domain.coupon import Verdict
from sayso.domain.ledger import Kept
from sayso.domain.run import Progress, Run
from sayso.domain.terms import Moment, Terms, Timing
from sayso.domain.vocabulary import Intent
from sayso.services import issuing, redeeming
from sayso.services.inbound import Handled, Inbound, Outcome
from sayso.services.leftovers import Leftovers
from sayso.services.ports.carrier import Certainty
from sayso.services.ports.slots import Refusal, Taken, Wanted
from simulation import carrier, counter, customers
from simulation.__main__ import START
from simulation.audience import SimulatedAudience
from simulation.carrier import SimulatedCarrier
from simulation.inbox import Meaning, Said
from simulation.moments import DAY
from simulation.month import simulate
from simulation.slots import SimulatedSlots
from simulation.world import Scale, World

Break = Callable[[pytest.MonkeyPatch], None]


def violations(subscribers: int = 1_000, days: int = 9) -> Counter[str]:
    world = World(Scale(subscribers, START), mishaps=1 / 300)
    return simulate(world, days, lambda line: None).violations


def ignore_consent(patch: pytest.MonkeyPatch) -> None:
    """The claim asks nobody, and neither the index nor the carrier knows who has left."""
    patch.setattr(SimulatedSlots, "_why_barred", lambda *_: "")
    enter = SimulatedAudience.note

    def never_forget(self: SimulatedAudience, row: int, contact: Any) -> None:
        if contact.status == "subscribed":
            enter(self, row, contact)

    patch.setattr(SimulatedAudience, "note", never_forget)
    patch.setattr(SimulatedCarrier, "add", lambda *_: None)
    patch.setattr(customers, "_READS_AND_PAUSES", 0.03)


def ignore_hours(patch: pytest.MonkeyPatch) -> None:
    def at(self: Terms, phone: str, now: datetime, due_at: datetime) -> Moment:
        return Moment(Timing.SEND, now + timedelta(hours=1))

    patch.setattr(Terms, "at", at)


def ignore_limits(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Terms, "limits", lambda *_: ())
    patch.setattr(customers, "_READS_AND", ((0.2, Meaning.LESS),))


def ignore_earlier_claims(patch: pytest.MonkeyPatch) -> None:
    claim_all = SimulatedSlots.claim_all

    def always(
        self: SimulatedSlots, run: Run, wanted: Sequence[Wanted], now: datetime
    ) -> Mapping[str, Refusal]:
        refused = claim_all(self, run, wanted, now)
        return {phone: why for phone, why in refused.items() if not isinstance(why, Taken)}

    patch.setattr(SimulatedSlots, "claim_all", always)


def take_a_lost_answer_for_a_no(patch: pytest.MonkeyPatch) -> None:
    misread = SimpleNamespace(
        UNKNOWN=Certainty.POSTPONED, POSTPONED=Certainty.POSTPONED, REFUSED=Certainty.REFUSED
    )
    patch.setattr(carrier, "Certainty", misread)
    patch.setattr(carrier, "_LOST", 0.02)


def close_at_once(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Progress, "has_ended", lambda *_: True)


def redeem_whatever_is_shown(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(redeeming, "judged", lambda *_, **__: Verdict.REDEEMED)


def remind_everybody(patch: pytest.MonkeyPatch) -> None:
    issue = SimulatedSlots._issue

    def unless_reminding(self: SimulatedSlots, run: Run, *rest: Any) -> None:
        if not run.reminds_of:
            issue(self, run, *rest)

    patch.setattr(SimulatedSlots, "_issue", unless_reminding)
    patch.setattr(counter, "_COMES", 0.5)
    patch.setattr(counter, "_WITHIN", DAY)


def keep_what_is_left_of_a_pool(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Leftovers, "after", lambda *_, **__: 0)


def give_two_people_one_code(patch: pytest.MonkeyPatch) -> None:
    def few(key: bytes, run_id: str, phone: str, attempt: int = 0) -> str:
        return derived(key, run_id, phone[:-1], attempt)

    patch.setattr(issuing, "derived", few)
    patch.setattr(SimulatedSlots, "_issue", lambda *_: None)


def lose_texts(patch: pytest.MonkeyPatch) -> None:
    def handle(self: Inbound, text: Any, now: datetime) -> Handled:
        return Handled(Outcome.DUPLICATE, Intent.NONE)

    patch.setattr(Inbound, "handle", handle)


@pytest.mark.parametrize(
    ("break_it", "noticed"),
    [
        (ignore_consent, "texted without consent"),
        (ignore_consent, "texted in a pause"),
        (ignore_hours, "outside the window of the number"),
        (ignore_hours, "outside the window of the store"),
        (ignore_limits, "over a cap"),
        (ignore_limits, "over the customer's own limit"),
        (ignore_earlier_claims, "texted twice in a run"),
        (take_a_lost_answer_for_a_no, "texted twice in a run"),
        (close_at_once, "recipients are missing"),
        (lose_texts, "texted without consent"),
        (redeem_whatever_is_shown, "redeemed twice"),
        (redeem_whatever_is_shown, "redeemed after its end"),
        (remind_everybody, "reminded of what was redeemed"),
        (keep_what_is_left_of_a_pool, "a pool's codes do not add up"),
        (give_two_people_one_code, "a code for two people"),
    ],
)
def test_a_guard_that_is_gone_is_noticed(
    break_it: Break, noticed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_it(monkeypatch)
    assert violations()[noticed] > 0


@pytest.mark.parametrize("meaning", [Meaning.OUT, Meaning.PAUSE])
def test_who_joins_after_a_word_that_is_delivered_again_may_be_texted(meaning: Meaning) -> None:
    observer, noon = World(Scale(100, START)).observer, 1_793_000_000_000
    word, join = Said(1, "…", meaning, "1", noon), Said(1, "JOIN", Meaning.IN, "2", noon + 1)
    for said in (word, join):
        observer.texted(said)
    observer.failed(word)
    observer.handled(join)
    observer.handled(word)
    observer._check_consent(1, noon + 2)
    assert observer.violations == {}


@pytest.mark.parametrize("meaning", [Meaning.OUT, Meaning.PAUSE])
def test_a_word_that_is_only_handled_after_a_newer_opt_in_holds(meaning: Meaning) -> None:
    observer, noon = World(Scale(100, START)).observer, 1_793_000_000_000
    word, join = Said(1, "…", meaning, "1", noon), Said(1, "JOIN", Meaning.IN, "2", noon + 1)
    for said in (word, join):
        observer.texted(said)
    observer.handled(join)
    observer.handled(word)
    observer._check_consent(1, noon + 2)
    assert sum(observer.violations.values()) == 1


def world_after_a_day() -> World:
    world = World(Scale(1_000, START))
    simulate(world, 2, lambda line: None)
    assert world.observer.violations == {}
    return world


@pytest.mark.parametrize(
    ("damage", "noticed"),
    [
        (lambda lines: lines[:-1], "a ledger has shrunk or changed"),
        (lambda lines: [*lines, lines[0]], "a ledger's chain is broken"),
    ],
)
def test_a_ledger_that_is_tampered_with_is_noticed(
    damage: Callable[[list[Kept]], Sequence[Kept]], noticed: str
) -> None:
    world = world_after_a_day()
    row, lines = next(iter(world.conversations.ledgers.items()))
    world.observer.ledger(row, damage(lines))
    assert world.observer.violations[noticed] == 1
