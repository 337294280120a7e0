"""Every benchmark, in the order in which they run."""

from collections.abc import Collection, Sequence

from benchmarks import (
    asset,
    costs,
    import_rows,
    join_calls,
    join_cpu,
    planning,
    redeem_calls,
    rules,
    segments,
    send_calls,
    send_cpu,
    startup,
)
from benchmarks.figures import Benchmark

BENCHMARKS: Sequence[Benchmark] = (
    startup.INBOUND,
    startup.ADMIN,
    join_cpu.BENCHMARK,
    join_calls.BENCHMARK,
    asset.BENCHMARK,
    rules.CLASSIFY,
    rules.WINDOW,
    rules.PARTS,
    rules.COMPOSE,
    segments.BENCHMARK,
    import_rows.BENCHMARK,
    send_cpu.CPU,
    send_cpu.THROUGHPUT,
    send_calls.BENCHMARK,
    redeem_calls.BENCHMARK,
    planning.BENCHMARK,
    costs.BENCHMARK,
)


def known_names() -> list[str]:
    """The names of all figures."""
    return [name for benchmark in BENCHMARKS for name in benchmark.names]


def chosen(names: Collection[str]) -> list[Benchmark]:
    """The benchmarks that yield any of `names`; all of them for none."""
    return [one for one in BENCHMARKS if not names or set(names) & set(one.names)]
