"""What the rules that look at every text cost, over the texts that the repository ships."""

from collections.abc import Iterator

from benchmarks.figures import Benchmark, Figure
from benchmarks.rounds import per_text_us
from benchmarks.texts import shipped_texts
from sayso.domain.parts import count_parts
from sayso.domain.understanding import intent_of

ROUNDS = 31


def measure_classify() -> Iterator[Figure]:
    """From a text's exact words to its intent."""
    yield Figure("classify.us", per_text_us(intent_of, shipped_texts(), ROUNDS), "us")


def measure_parts() -> Iterator[Figure]:
    """From a text to its message parts."""
    yield Figure("parts.us", per_text_us(count_parts, shipped_texts(), ROUNDS), "us")


CLASSIFY = Benchmark(
    ("classify.us",), "wall time to classify one of the shipped texts", measure_classify
)
PARTS = Benchmark(
    ("parts.us",), "wall time to count the message parts of one of the shipped texts", measure_parts
)
