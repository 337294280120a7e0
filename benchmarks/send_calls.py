"""How often DynamoDB is asked for a campaign's text, and how many units that takes, by step."""

import json
from collections.abc import Iterator

from benchmarks.children import answer_of, child, function_settings
from benchmarks.figures import Benchmark, Figure
from benchmarks.rounds import say


def measure() -> Iterator[Figure]:
    """A recipient's share of a whole batch, from the queue's message to the batch's end."""
    settings = function_settings("send")
    with child("benchmarks.send_calls_worker", settings=settings) as worker:
        counted = json.loads(answer_of(worker))
    texts = counted["texts"]
    for name, unit in (("calls", "calls"), ("write_units", "WRU"), ("read_units", "RRU")):
        by_step = ", ".join(f"{step} {n / texts:g}" for step, n in sorted(counted[name].items()))
        say(f"  {name} a recipient: {by_step}")
        figure = "send.dynamodb_calls" if name == "calls" else f"send.{name}"
        yield Figure(figure, sum(counted[name].values()) / texts, unit)


BENCHMARK = Benchmark(
    ("send.dynamodb_calls", "send.write_units", "send.read_units"),
    "DynamoDB's calls, write and read units per recipient of a batch of 50, all claimed and sent",
    measure,
)
