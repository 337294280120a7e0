"""How fast a slice of a run is planned, and in how much memory, AWS left out."""

import subprocess
import sys
from collections.abc import Iterator

from benchmarks.children import ROOT, environment
from benchmarks.figures import Benchmark, Figure

_WORKER = ROOT / "benchmarks" / "plan_worker.py"
_ROUNDS = 3
_KIB_A_MB = 1024


def measure() -> Iterator[Figure]:
    """The best of the runs for speed: whatever disturbs only slows."""
    small = [_run(10_000) for _ in range(_ROUNDS)]
    medium, large = _run(100_000), _run(1_000_000)
    speeds = [speed for speed, _ in (*small, medium, large)]
    yield Figure("plan.recipients_per_s", max(speeds), "recipients/s")
    yield Figure("plan.peak_mb_10k", min(peak for _, peak in small) / _KIB_A_MB, "MB")
    yield Figure("plan.peak_mb_100k", medium[1] / _KIB_A_MB, "MB")
    yield Figure("plan.peak_mb_1m", large[1] / _KIB_A_MB, "MB")


def _run(people: int) -> tuple[float, float]:
    done = subprocess.run(
        [sys.executable, str(_WORKER), str(people)],
        env=environment({}),
        capture_output=True,
        text=True,
        check=True,
    )
    speed, peak = map(float, done.stdout.split())
    return speed, peak


BENCHMARK = Benchmark(
    ("plan.recipients_per_s", "plan.peak_mb_10k", "plan.peak_mb_100k", "plan.peak_mb_1m"),
    "processor time to plan a recipient of a slice; peak memory at 10,000, 100,000 and 1,000,000",
    measure,
)
