"""What a million recipients cost on AWS, from what a run was seen to use, beside the carrier.

Two runs of different sizes are measured: what grows with the recipients is told from what a run
costs anyway. Prices: `prices.toml`. Assumptions are named below, each on the expensive side.
"""

import json
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.children import ROOT, answer_of, child, function_settings
from benchmarks.figures import Benchmark, Figure
from benchmarks.rounds import say

PRICES = ROOT / "benchmarks" / "prices.toml"
MILLION = 1_000_000
# Whole batches; moto copies all of its items for each transaction, so few of them.
_SIZES = (50, 150)
_RECIPIENTS_A_REDEMPTION = 5
# One processor of Lambda's comes with so much memory (Lambda developer guide, "Configure memory"),
# so a second of the processor costs as much whatever a function's memory is.
_GB_A_PROCESSOR = 1769 / 1024
# Sockets, TLS, and a slower processor than the one that this is measured on.
_SLOWER = 2.0
# The send functions stay up while the number's throughput is used up: the flow's concurrency, the
# function's memory and what a short code allows, less the replies' headroom (cdk.json).
_SENDERS, _SENDER_GB, _PARTS_A_SECOND = 5, 0.5, 90
_EVENTS_A_TEXT = 2
# X-Ray's default rule: one request a second, and every twentieth of the others.
_TRACED = 0.05
_MONTHS_KEPT = 400 / 30.4
_GB = 1e9
_GIB = 1024**3
# At most 160 characters of GSM-7, as the measured text has with its code and link.
_PARTS = 1
# How long an endpoint has `notify` wait for its answer.
_ENDPOINT_S, _NOTIFY_GB = 1.0, 0.25

Used = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Line:
    """Dollars for a million recipients, and what they are for."""

    name: str
    dollars: float
    explanation: str


def measure() -> Iterator[Figure]:
    """The lines, their sum, its share of what the carrier asks for, and what redeeming takes."""
    small, large = (_run(size) for size in _SIZES)
    used = for_a_million(small["campaign"], large["campaign"])
    lines, prices = breakdown(used), prices_of()
    for line in lines:
        say(f"  {line.name}: ${line.dollars:.3f} ({line.explanation})")
        yield Figure(f"cost.{line.name}_usd", line.dollars, "USD/million")
    infra = sum(line.dollars for line in lines)
    carrier = MILLION * _PARTS * (prices["carrier.part"] + prices["carrier.fee"])
    yield Figure("cost.infra_usd", infra, "USD/million")
    yield Figure("cost.carrier_usd", carrier, "USD/million")
    yield Figure("cost.infra_share_percent", 100 * infra / carrier, "%")
    redeemed = [size // _RECIPIENTS_A_REDEMPTION for size in _SIZES]
    used = for_a_million(small["redeeming"], large["redeeming"], redeemed)
    yield Figure("cost.redeeming_usd", of_redeeming(used), "USD/million")


def prices_of() -> dict[str, float]:
    """Dollars a unit, by `service.unit`."""
    tables = tomllib.loads(PRICES.read_text())
    return {
        f"{service}.{unit}": row["price"] / row["per"]
        for service, rows in tables.items()
        for unit, row in rows.items()
    }


def for_a_million(
    small: Used, large: Used, sizes: Sequence[int] = _SIZES
) -> dict[str, dict[str, float]]:
    """What each step would use for a million, from what it used for each of the two sizes."""
    less, more = sizes
    found: dict[str, dict[str, float]] = {}
    for step in large:
        found[step] = {}
        for name in large[step]:
            at_less, at_more = small[step].get(name, 0), large[step][name]
            slope = max(0.0, (at_more - at_less) / (more - less))
            found[step][name] = at_more + slope * (MILLION - more)
    return found


def breakdown(used: Used) -> list[Line]:
    """The bill's lines."""
    total, prices = _total(used), prices_of()
    stored_gb = total["bytes"] / _GIB
    waiting_s = MILLION * _PARTS / _PARTS_A_SECOND * _SENDERS
    gb_seconds = _processor_gb_s(total) + waiting_s * _SENDER_GB
    events = MILLION * _EVENTS_A_TEXT
    traces = total["invocations"] * _TRACED + MILLION * _PARTS / _PARTS_A_SECOND
    return [
        _line("writes", prices["dynamodb.write_units"], total["write_units"], "write units"),
        _line("reads", prices["dynamodb.read_units"], total["read_units"], "read units"),
        _line(
            "storage",
            (prices["dynamodb.storage_gb_months"] + prices["dynamodb.recovery_gb_months"])
            * _MONTHS_KEPT,
            stored_gb,
            f"GB kept for {_MONTHS_KEPT:.0f} months, with recovery to any point in time",
        ),
        # SNS puts each event into the queue by itself.
        _line("sqs", prices["sqs.requests"], total["sqs_requests"] + events, "requests"),
        _line("sns", prices["sns.publishes"], events, "delivery events"),
        _line("lambda_calls", prices["lambda.requests"], total["invocations"], "invocations"),
        _line("lambda_time", prices["lambda.gb_seconds"], gb_seconds, "GB-seconds"),
        _line("logs", prices["cloudwatch.log_gb"], total["log_bytes"] / _GB, "GB, with metrics"),
        _line("traces", prices["xray.traces"], traces, "traces"),
        _line("scheduler", prices["scheduler.invocations"], 8, "alarms, one a time zone"),
    ]


def of_redeeming(used: Used) -> float:
    """Dollars for a million codes that staff redeem by text, of each of which one endpoint is told.

    Without the two texts. Everything is kept as long as a slot.
    """
    total, prices = _total(used), prices_of()
    waiting_s = MILLION * _ENDPOINT_S
    storage = prices["dynamodb.storage_gb_months"] + prices["dynamodb.recovery_gb_months"]
    return (
        prices["dynamodb.write_units"] * total["write_units"]
        + prices["dynamodb.read_units"] * total["read_units"]
        + storage * _MONTHS_KEPT * total["bytes"] / _GIB
        + prices["sqs.requests"] * total["sqs_requests"]
        + prices["lambda.requests"] * total["invocations"]
        + prices["lambda.gb_seconds"] * (_processor_gb_s(total) + waiting_s * _NOTIFY_GB)
        + prices["cloudwatch.log_gb"] * total["log_bytes"] / _GB
        + prices["xray.traces"] * total["invocations"] * _TRACED
    )


def _total(used: Used) -> Mapping[str, float]:
    """What all steps use together."""
    total: defaultdict[str, float] = defaultdict(float)
    for step, counts in used.items():
        for name, count in counts.items():
            total[name] += count
        say(f"  {step}: {', '.join(f'{counts[name]:,.0f} {name}' for name in counts)}")
    return total


def _processor_gb_s(total: Mapping[str, float]) -> float:
    return total["cpu_us"] / 1e6 * _SLOWER * _GB_A_PROCESSOR


def _line(name: str, price: float, amount: float, unit: str) -> Line:
    return Line(name, price * amount, f"{amount:,.2f} {unit}")


def _run(recipients: int) -> Mapping[str, Used]:
    queue = "https://sqs.us-east-1.amazonaws.com/000000000000/any"
    settings = function_settings("send") | {
        "SLICES_QUEUE_URL": queue,
        "BATCHES_QUEUE_URL": queue,
        # What the pace has the functions wait is reckoned, not waited for.
        "PARTS_PER_SECOND": "1000000",
        "REPLY_HEADROOM_PERCENT": "10",
        "PUBLIC_URL": "https://sayso.example.com",
    }
    sizes = (str(recipients), str(recipients // _RECIPIENTS_A_REDEMPTION))
    with child("benchmarks.cost_worker", *sizes, settings=settings) as worker:
        used: Mapping[str, Used] = json.loads(answer_of(worker))
    return used


NAMES = (
    *("writes", "reads", "storage", "sqs", "sns", "lambda_calls", "lambda_time", "logs"),
    *("traces", "scheduler", "infra", "carrier"),
)
BENCHMARK = Benchmark(
    (*(f"cost.{name}_usd" for name in NAMES), "cost.infra_share_percent", "cost.redeeming_usd"),
    "dollars for a million recipients, each with a code, from what two runs were seen to use / the"
    " carrier's price; and for a million codes that are redeemed by text",
    measure,
)
