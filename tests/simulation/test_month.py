"""A month of a small program, in virtual time: everything happens, and nothing is violated."""

import pytest

from simulation.__main__ import START, main
from simulation.month import Summary, simulate
from simulation.world import Scale, World

SILENT = lambda line: None  # noqa: E731


def simulated(subscribers: int, days: int, seed: int = 1) -> Summary:
    return simulate(World(Scale(subscribers, START, seed), mishaps=1 / 500), days, SILENT)


@pytest.fixture(scope="module")
def month() -> Summary:
    """Thirty days of five thousand subscribers, with far more mishaps than AWS ever had."""
    return simulated(5_000, 30, seed=3)


def test_a_month_passes_without_a_violation(month: Summary) -> None:
    assert month.examples == []
    assert month.violations == {}


@pytest.mark.parametrize(
    "kind",
    [
        *("customers: texted: stop", "customers: texted: join", "customers: texted: pause"),
        *("customers: texted: fewer", "customers: texted: other", "customers: delivered twice"),
        *("carrier: throttled", "carrier: answers lost", "carrier: refused"),
        *("carrier: never reported", "carrier: taken: marketing", "carrier: taken: answer"),
        *("batches: delivered twice", "batches: again: Unfinished", "batches: again: WorkerDied"),
        *("delivery event: TEXT_SPAM", "delivery event: TEXT_UNREACHABLE"),
        *("WorkerDied before claim", "WorkerDied after claim", "Broken after claim"),
        *("Broken before settle", "Broken after settle", "WorkerDied after settle"),
        *("commit", "marketer: campaigns", "marketer: too few codes", "marketer: cancelled"),
        *("counter: told: redeemed", "counter: told: used", "counter: told: expired"),
        *("counter: told: unknown", "counter: taken back: undone", "counter: again: WorkerDied"),
        *("redeem", "till: codes back", "codes: reminders", "stream: enrolled", "Thursdays"),
    ],
)
def test_what_makes_a_month_hard_has_happened_in_it(month: Summary, kind: str) -> None:
    assert sum(n for name, n in month.counts.items() if kind in name) > 0


def test_the_same_seed_is_the_same_week_and_another_is_another() -> None:
    first, again, other = (simulated(300, 7, seed).counts for seed in (3, 3, 4))
    assert first == again
    assert first != other


def test_the_command_prints_a_summary_and_succeeds(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--subscribers", "100", "--days", "2"]) == 0
    printed = capsys.readouterr()
    assert "\nviolations 0\n" in printed.out
    assert "carrier: taken: marketing" in printed.out
    assert "day 2:" in printed.err
