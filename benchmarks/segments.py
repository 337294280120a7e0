"""What a segment costs the planner for each person whom the index lists."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from benchmarks.figures import Benchmark, Figure
from benchmarks.rounds import per_text_us
from sayso.domain.listed import Listed
from sayso.domain.segment.reading import read
from sayso.domain.segment.testing import bound

ROUNDS = 31
PEOPLE = 2_000
_NOW = datetime(2026, 11, 2, 18, tzinfo=UTC)
# So that nearly everyone is judged by all of it.
_WHERE = (
    "at DOWNTOWN, SOHO and joined within 120 days and not language es and first_name is known "
    "and (never visited or visited over 1 day ago)"
)


def measure_segment() -> Iterator[Figure]:
    """From a listed subscriber to whether they are meant."""
    test = bound(read(_WHERE), _NOW)
    yield Figure("segment.us", per_text_us(test, [_person(n) for n in range(PEOPLE)], ROUNDS), "us")


def _person(number: int) -> Listed:
    return Listed(
        f"+1312555{number:04d}",
        location="DOWNTOWN" if number % 2 else "SOHO",
        language="es" if number % 8 == 0 else "en",
        joined_at=_NOW - timedelta(days=number % 110),
        visited_at=_NOW - timedelta(days=2 + number % 30) if number % 3 else None,
        attributes={"first_name": "Ana"},
    )


BENCHMARK = Benchmark(
    ("segment.us",), "wall time to try a segment of five filters on one person", measure_segment
)
