"""How fast a file of subscribers is read and judged, and in how much memory, AWS left out."""

import subprocess
import sys
from collections.abc import Iterator

from benchmarks.children import ROOT, environment
from benchmarks.figures import Benchmark, Figure

_WORKER = ROOT / "benchmarks" / "import_worker.py"
_ROUNDS = 3
_KIB_A_MB = 1024


def measure() -> Iterator[Figure]:
    """The best of three runs for speed: whatever disturbs only slows."""
    small = [_run(10_000) for _ in range(_ROUNDS)]
    large = _run(100_000)
    yield Figure("import.rows_per_s", max(*(speed for speed, _ in small), large[0]), "rows/s")
    yield Figure("import.peak_mb_10k", min(peak for _, peak in small) / _KIB_A_MB, "MB")
    yield Figure("import.peak_mb_100k", large[1] / _KIB_A_MB, "MB")


def _run(rows: int) -> tuple[float, float]:
    done = subprocess.run(
        [sys.executable, str(_WORKER), str(rows)],
        env=environment({}),
        capture_output=True,
        text=True,
        check=True,
    )
    speed, peak = map(float, done.stdout.split())
    return speed, peak


BENCHMARK = Benchmark(
    ("import.rows_per_s", "import.peak_mb_10k", "import.peak_mb_100k"),
    "processor time to read, judge and prove a row of a file; peak memory at 10,000 and 100,000",
    measure,
)
