"""How often DynamoDB is asked for a campaign's text, and how many units that takes, by step."""

import json
from collections.abc import Iterator

from benchmarks.children import answer_of, child, function_settings
from benchmarks.figures import Benchmark, Figure
from benchmarks.rounds import say

# The names of the figures, by the kind of batch.
_NAMES = {"plain": "send.", "offer": "send.offer."}
_UNITS = {"calls": "calls", "write_units": "WRU", "read_units": "RRU"}


def measure() -> Iterator[Figure]:
    """A recipient's share of a whole batch, from the queue's message to the batch's end."""
    settings = function_settings("send") | {"PUBLIC_URL": "https://sayso.example.com"}
    with child("benchmarks.send_calls_worker", settings=settings) as worker:
        counted = json.loads(answer_of(worker))
    for kind, beginning in _NAMES.items():
        texts = counted[kind]["texts"]
        for name, unit in _UNITS.items():
            steps = counted[kind][name]
            by_step = ", ".join(f"{step} {n / texts:g}" for step, n in sorted(steps.items()))
            say(f"  {name} a recipient ({kind}): {by_step}")
            yield Figure(f"{beginning}{_named(name)}", sum(steps.values()) / texts, unit)


def _named(counted: str) -> str:
    return "dynamodb_calls" if counted == "calls" else counted


BENCHMARK = Benchmark(
    tuple(f"{beginning}{_named(name)}" for beginning in _NAMES.values() for name in _UNITS),
    "DynamoDB's calls, write and read units per recipient of a batch of 50, all claimed and sent;"
    " of a batch whose texts bring codes and links, too",
    measure,
)
