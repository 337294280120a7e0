"""What sending a campaign's text costs, beside a loop that only hands it over."""

import json
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import ExitStack

from benchmarks.children import answer_of, ask, child, function_settings
from benchmarks.endpoint import LOOPBACK
from benchmarks.figures import Benchmark, Figure
from benchmarks.rounds import interleave, medians, paired_ratio
from sayso.domain.run import BATCH

ROUNDS = 40
BATCHES_A_ROUND = 2
_SENDER, _LOOP = "sender", "loop"


def measure_cpu(rounds: int = ROUNDS, batches: int = BATCHES_A_ROUND) -> Iterator[Figure]:
    """The processor's time, every guarantee on; the carrier answers at once."""
    samples = _measured(rounds, batches * BATCH, carrier_ms=0, figure=0)
    medians(samples, "ms", 1e3)
    yield Figure("send.cpu.ratio", paired_ratio(samples, _SENDER, _LOOP), "x")


def measure_throughput(rounds: int = 10, batches: int = 4) -> Iterator[Figure]:
    """Texts a second of one worker, while the carrier takes 20 ms to answer each."""
    samples = _measured(rounds, batches * BATCH, carrier_ms=20, figure=1)
    medians(samples, "ms", 1e3)
    ratio = paired_ratio(samples, _LOOP, _SENDER)
    yield Figure("send.throughput_20ms.ratio", ratio, "x")


def _measured(rounds: int, texts: int, carrier_ms: int, figure: int) -> dict[str, list[float]]:
    """Seconds a text of each side: of the processor (figure 0) or of the wall's clock (1)."""
    with ExitStack() as children:
        started = child("benchmarks.endpoint", str(carrier_ms))
        url = f"http://{LOOPBACK}:{answer_of(children.enter_context(started))}"
        settings = function_settings("send") | {"AWS_ENDPOINT_URL": url}
        workers = {
            side: children.enter_context(child("benchmarks.send_worker", side, settings=settings))
            for side in (_SENDER, _LOOP)
        }
        for worker in workers.values():
            answer_of(worker)
        sides = {
            side: lambda worker=worker: float(ask(worker, str(texts)).split()[figure]) / texts
            for side, worker in workers.items()
        }
        samples = interleave(sides, rounds)
        require_every_text(_served(url), (rounds + 1) * texts)
    return samples


def require_every_text(served: Mapping[str, int], texts: int) -> None:
    """Raise RuntimeError unless each side handed over each of its `texts` once.

    A sender that skips people would be fast. `served`: how often each operation was called.
    """
    if served.get("SendTextMessage", 0) != 2 * texts:
        raise RuntimeError(f"the endpoint was asked for {dict(served)}, not for {2 * texts} texts")


def _served(url: str) -> dict[str, int]:
    with urllib.request.urlopen(url) as answer:  # noqa: S310
        served: dict[str, int] = json.load(answer)
    return served


CPU = Benchmark(
    ("send.cpu.ratio",),
    "CPU time of the send function per text, every guarantee on, / boto3's send_text_message loop",
    measure_cpu,
)
THROUGHPUT = Benchmark(
    ("send.throughput_20ms.ratio",),
    "texts a second of one send worker, carrier answering in 20 ms, / boto3's loop one by one",
    measure_throughput,
)
