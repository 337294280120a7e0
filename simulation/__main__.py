"""`python -m simulation`: a month of a program in virtual time; exits 1 on any violation."""

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime

from simulation.month import Summary, simulate
from simulation.world import Scale, World

# A Monday; the clocks go back on 1 November, and 11 November is a holiday.
START = datetime(2026, 10, 19, tzinfo=UTC)


def main(arguments: Sequence[str] | None = None) -> int:
    """Simulate, with progress on stderr; print the summary."""
    given = _parser().parse_args(arguments)
    world = World(Scale(given.subscribers, START, given.seed))
    summary = simulate(world, given.days, _say)
    for line in _shown(summary):
        print(line)
    return 1 if summary.violations else 0


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")


def _shown(summary: Summary) -> list[str]:
    return [
        *(f"{kind} {n:,}" for kind, n in sorted(summary.counts.items())),
        *(f"VIOLATION {kind} {n:,}" for kind, n in sorted(summary.violations.items())),
        *(f"  {example}" for example in summary.examples),
        f"violations {sum(summary.violations.values())}",
        f"wall_s {summary.wall_s:.0f}",
        f"processor_s {summary.processor_s:.0f}",
        f"peak_mb {summary.peak_mb:.0f}",
    ]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m simulation", description=__doc__)
    parser.add_argument("--subscribers", type=int, default=1_000_000)
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    return parser


if __name__ == "__main__":
    sys.exit(main())
