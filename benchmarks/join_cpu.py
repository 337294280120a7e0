"""Processor time of a JOIN from a new number, beside the least that any handler would take."""

import json
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import ExitStack

from benchmarks.children import answer_of, ask, child, function_settings
from benchmarks.endpoint import LOOPBACK
from benchmarks.figures import Benchmark, Figure
from benchmarks.rounds import interleave, medians, paired_ratio

# Many short rounds: what disturbs the machine for a moment then spoils one pair, not the median.
ROUNDS = 120
TEXTS_A_ROUND = 15
_BUSY, _QUIET, _FLOOR = "JOIN", "JOIN after a pause", "one put and one send"
_WORKERS = {
    _BUSY: ("sayso.handlers.inbound", "0"),
    _QUIET: ("sayso.handlers.inbound", "2"),
    _FLOOR: ("benchmarks.minimal_handler", "0"),
}


def measure(rounds: int = ROUNDS, texts: int = TEXTS_A_ROUND) -> Iterator[Figure]:
    """Both ratios, from one run in which all sides take turns on the same endpoint."""
    with ExitStack() as children:
        url = f"http://{LOOPBACK}:{answer_of(children.enter_context(child('benchmarks.endpoint')))}"
        settings = function_settings("inbound") | {"AWS_ENDPOINT_URL": url}
        workers = {
            side: children.enter_context(child("benchmarks.join_worker", *way, settings=settings))
            for side, way in _WORKERS.items()
        }
        for worker in workers.values():
            answer_of(worker)
        sides = {
            side: lambda worker=worker: float(ask(worker, str(texts))) / texts
            for side, worker in workers.items()
        }
        samples = interleave(sides, rounds)
        require_every_answer(_served(url), (rounds + 1) * texts)
    medians(samples, "ms", 1e3)
    yield Figure("join.cpu.ratio", paired_ratio(samples, _BUSY, _FLOOR), "x")
    yield Figure("join.cpu_after_pause.ratio", paired_ratio(samples, _QUIET, _FLOOR), "x")


def require_every_answer(served: Mapping[str, int], texts: int) -> None:
    """Raise RuntimeError unless each side stored and answered each of its `texts` once.

    A handler that skips work would be fast. `served`: how often each operation was called.
    """
    expected = {"SendTextMessage": 3 * texts, "TransactWriteItems": 2 * texts, "PutItem": texts}
    found = {operation: served.get(operation, 0) for operation in expected}
    if found != expected:
        raise RuntimeError(f"the endpoint was asked for {found}, not for {expected}")


def _served(url: str) -> dict[str, int]:
    with urllib.request.urlopen(url) as answer:  # noqa: S310
        served: dict[str, int] = json.load(answer)
    return served


BENCHMARK = Benchmark(
    ("join.cpu.ratio", "join.cpu_after_pause.ratio"),
    "CPU time per JOIN from a new number, texts in a row or 2 s apart, / one put and one send",
    measure,
)
