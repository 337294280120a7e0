"""The cost model counts as AWS does, and the documents say what it says."""

import re
import subprocess
import sys
import tomllib
from datetime import date

import pytest

from benchmarks import costs
from benchmarks.children import ROOT, environment
from benchmarks.cost_worker import INDEXED
from benchmarks.units import Metered, read_units, size_of, write_units
from sayso.adapters.dynamodb.items import to_item
from tests.support.table import TABLE, mocked_table

COSTS = (ROOT / "docs" / "costs.md").read_text()
ROWS = {
    f"{service}.{unit}": row
    for service, rows in tomllib.loads(costs.PRICES.read_text()).items()
    for unit, row in rows.items()
}
SMALL = {"send": {"write_units": 110.0, "invocations": 2.0}, "stored": {"bytes": 60.0}}
LARGE = {"send": {"write_units": 310.0, "invocations": 4.0}, "stored": {"bytes": 160.0}}


@pytest.mark.parametrize("name", sorted(ROWS))
def test_every_price_has_a_source_a_date_and_a_row_in_the_document(name: str) -> None:
    row = ROWS[name]
    assert row["source"]
    assert date.fromisoformat(row["as_of"]) >= date(2026, 11, 22)
    amount = f"{row['price']:.10f}".rstrip("0")
    shown = amount if len(amount.partition(".")[2]) > 2 else f"{row['price']:.2f}"
    assert f"| ${shown} per {row['per']:,} |" in COSTS


def test_the_document_s_sum_is_that_of_its_rows_and_within_the_bound() -> None:
    rows = re.findall(r"\| \$[\d.]+ per [\d,]+ \|[^|]+\| \$([\d,.]+) \|", COSTS)
    amounts = [float(amount.replace(",", "")) for amount in rows]
    infrastructure, carrier = sum(amounts[:-2]), sum(amounts[-2:])
    assert infrastructure == pytest.approx(14.0, abs=0.3)
    assert infrastructure / carrier < 0.005


def test_an_item_s_size_is_that_of_names_and_values() -> None:
    item = to_item({"pk": "S#1", "n": 12345, "yes": True, "list": ["ab"], "map": {"k": "é"}})
    assert size_of(item) == (2 + 3) + (1 + 4) + (3 + 1) + (4 + 3 + 2 + 1) + (3 + 3 + 1 + 2 + 1)


def test_units_begin_anew_with_each_kilobyte_written_and_each_four_read() -> None:
    assert [write_units(size) for size in (0, 1024, 1025)] == [1, 1, 2]
    assert write_units(3000, 10) == 3
    assert [read_units(size, consistent=True) for size in (0, 4096, 4097)] == [1, 1, 2]
    assert read_units(4097, consistent=False) == 1


def test_a_transaction_costs_twice_and_an_index_only_where_it_shows() -> None:
    with mocked_table() as client:
        metered = Metered(client, {"status", "gsi1pk", "gsi1sk"})
        item = to_item({"pk": "S#1", "sk": "X", "gsi1pk": "A", "gsi1sk": "B", "status": "in"})
        seen = []
        for changed in (item, item | to_item({"note": "new"}), item | to_item({"status": "out"})):
            metered.counts.clear()
            put = {"Put": {"TableName": TABLE, "Item": changed}}
            metered.transact_write_items(TransactItems=[put])
            seen.append(metered.counts["write_units"])
    assert seen == [2 + 1, 2, 2 + 1]


def test_what_grows_with_the_recipients_is_told_from_what_does_not() -> None:
    used = costs.for_a_million(SMALL, LARGE)
    assert used["send"]["write_units"] == pytest.approx(2 * 1e6 + 10)
    assert used["send"]["invocations"] == pytest.approx(1e6 / 50 + 1)


def test_the_lines_are_the_amounts_at_their_prices() -> None:
    lines = {line.name: line.dollars for line in costs.breakdown(costs.for_a_million(SMALL, LARGE))}
    assert lines["writes"] == pytest.approx(2.00001 * 0.625)
    assert lines["sns"] == pytest.approx(1.0)
    assert set(lines) == set(costs.NAMES) - {"infra", "carrier"}


def test_the_index_that_is_reckoned_with_is_the_one_that_is_deployed() -> None:
    from infra.constructs.database import INDEXED as DEPLOYED  # noqa: PLC0415  # starts jsii

    assert set(DEPLOYED) == INDEXED


def test_planning_needs_no_more_memory_for_ten_times_the_people() -> None:
    worker = ROOT / "benchmarks" / "plan_worker.py"
    peaks = []
    for people in ("2000", "20000"):
        done = subprocess.run(
            [sys.executable, str(worker), people],
            env=environment({}),
            capture_output=True,
            text=True,
            check=True,
        )
        speed, peak = map(float, done.stdout.split())
        assert speed > 0
        peaks.append(peak)
    assert peaks[1] < 1.15 * peaks[0]


def test_redeeming_costs_what_it_takes_at_the_same_prices() -> None:
    idle = costs.of_redeeming({})
    used = {"inbound": {"write_units": 20e6}, "notify": {"read_units": 4e6, "invocations": 0.0}}
    assert costs.of_redeeming(used) - idle == pytest.approx(20 * 0.625 + 4 * 0.125)


@pytest.mark.e2e
def test_a_run_uses_what_its_recipients_need_and_nothing_is_left_out() -> None:
    used = costs._run(50)
    campaign, redeeming = used["campaign"], used["redeeming"]
    woken = {"activity", "triggers"}
    assert set(campaign) == {"launch", "plan", "send", "receipts", "stored"} | woken
    assert campaign["send"]["write_units"] >= 8 * 50
    assert campaign["receipts"]["write_units"] >= 2 * 50
    # A slot and a coupon each.
    assert campaign["stored"]["bytes"] >= 2 * 300 * 50
    assert set(redeeming) == {"inbound", "notify", "stored"} | woken
    assert redeeming["inbound"]["invocations"] == 10
    assert redeeming["inbound"]["write_units"] >= 20 * 10
    for steps in (campaign, redeeming):
        assert all(steps[step]["cpu_us"] > 0 for step in set(steps) - {"stored"})
