"""What a redemption by text takes, from the text of the staff to the answer's record."""

import json
from collections.abc import Iterator

from benchmarks.children import answer_of, child, function_settings
from benchmarks.figures import Benchmark, Figure
from benchmarks.rounds import say

_NAMES = {"calls": "redeem.dynamodb_calls", "write_units": "redeem.write_units"}
_UNITS = {"calls": "calls", "write_units": "WRU"}


def measure() -> Iterator[Figure]:
    """One figure a kind; retries would show."""
    # It sends the offer first, as `send` does.
    settings = function_settings("send") | {"PUBLIC_URL": "https://sayso.example.com"}
    with child("benchmarks.redeem_calls_worker", settings=settings) as worker:
        counted = json.loads(answer_of(worker))
    for kind, name in _NAMES.items():
        say(f"  {kind}: {', '.join(f'{step} {n}' for step, n in sorted(counted[kind].items()))}")
        yield Figure(name, sum(counted[kind].values()), _UNITS[kind])


BENCHMARK = Benchmark(
    tuple(_NAMES.values()),
    "DynamoDB's calls and write units of one code that staff redeem by text, with its visit, its"
    " counters and the exchange",
    measure,
)
