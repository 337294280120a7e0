"""How many AWS calls a person waits for: up to and including the reply's send."""

import json
from collections.abc import Iterator

from benchmarks.children import answer_of, child, function_settings
from benchmarks.figures import Benchmark, Figure

_NAMES = {
    "new": "join.aws_calls",
    "known": "join.aws_calls_known",
    "cold": "join.aws_calls_cold",
    "cold_known": "join.aws_calls_cold_known",
}


def measure() -> Iterator[Figure]:
    """One figure a case; each counts requests, so a retry would show."""
    with child("benchmarks.calls_worker", settings=function_settings("inbound")) as worker:
        counted = json.loads(answer_of(worker))
    for case, name in _NAMES.items():
        yield Figure(name, counted[case], "calls")


BENCHMARK = Benchmark(
    tuple(_NAMES.values()),
    "AWS calls up to the reply's send, most of a JOIN in a row or after a pause, from a number that"
    " is new or known; as a worker's first text (cold), from each",
    measure,
)
