"""How long a function takes to import and to make its clients, beside bare boto3.

Fresh interpreters in turns, each less an empty one. The first round writes the bytecode of
whatever has none yet, and is dropped.
"""

from collections.abc import Iterator

from benchmarks.children import function_settings, lifetime
from benchmarks.figures import Benchmark, Figure
from benchmarks.rounds import interleave, medians

ROUNDS = 21
_EMPTY, _FLOOR = "empty interpreter", "boto3 and two clients"
_BOTO3 = """
import boto3
boto3.client("dynamodb")
boto3.client("pinpoint-sms-voice-v2")
"""


def measure_inbound(rounds: int = ROUNDS) -> Iterator[Figure]:
    """The function that answers texts."""
    yield _ratio("inbound", rounds)


def measure_admin(rounds: int = ROUNDS) -> Iterator[Figure]:
    """The function of the admin API."""
    yield _ratio("admin", rounds)


def _ratio(name: str, rounds: int) -> Figure:
    settings = function_settings(name)
    module = f"sayso.handlers.{name}"
    codes = {_EMPTY: "", _FLOOR: _BOTO3, module: f"import {module}"}
    sides = {side: lambda code=code: lifetime(code, settings) for side, code in codes.items()}
    taken = medians(interleave(sides, rounds), "ms", 1e3)
    ours, floor = taken[module] - taken[_EMPTY], taken[_FLOOR] - taken[_EMPTY]
    return Figure(f"init.{name}.ratio", ours / floor, "x")


INBOUND = Benchmark(
    ("init.inbound.ratio",),
    "start-up (import, clients) of the inbound function / boto3 with its two clients",
    measure_inbound,
)
ADMIN = Benchmark(
    ("init.admin.ratio",),
    "start-up (import, clients) of the admin function / boto3 with two clients",
    measure_admin,
)
