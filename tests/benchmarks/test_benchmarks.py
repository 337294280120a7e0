"""The benchmarks run, measure what they say, and report it in the form that people rely on."""

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarks import __main__ as command
from benchmarks import join_calls, join_cpu, redeem_calls, send_calls, send_cpu, startup
from benchmarks.asset import zipped_bytes
from benchmarks.endpoint import ANSWERS
from benchmarks.figures import Benchmark, Figure
from benchmarks.rounds import interleave, paired_ratio
from benchmarks.shop import CATALOG, TABLE
from benchmarks.suite import BENCHMARKS, known_names
from benchmarks.texts import shipped_texts
from sayso.adapters.dynamodb.catalog import read_catalog

LASTING_NAMES = {
    *("init.inbound.ratio", "init.admin.ratio", "asset.mb"),
    *("join.cpu.ratio", "join.aws_calls", "classify.us", "window.us", "parts.us"),
    *("send.cpu.ratio", "send.throughput_20ms.ratio", "send.dynamodb_calls"),
    *("plan.recipients_per_s", "plan.peak_mb_10k", "plan.peak_mb_1m"),
    "cost.infra_share_percent",
}


def values(figures: Iterable[Figure]) -> dict[str, float]:
    return {figure.name: figure.value for figure in figures}


def broken() -> Iterator[Figure]:
    raise RuntimeError("the endpoint went away")


def test_the_names_that_people_rely_on_exist_once() -> None:
    assert set(known_names()) >= LASTING_NAMES
    assert len(known_names()) == len(set(known_names()))


def test_the_help_says_in_one_line_what_each_benchmark_compares(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit):
        command.main(["--help"])
    lines = capsys.readouterr().out.splitlines()
    for benchmark in BENCHMARKS:
        assert f"{' '.join(benchmark.names)}: {benchmark.compares}" in lines


def test_a_figure_is_printed_on_a_line_and_written_to_the_report(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = tmp_path / "made" / "bench.json"
    assert command.main(["parts.us", "--report", str(report)]) == 0
    printed = capsys.readouterr()
    found = re.fullmatch(r"parts\.us ([0-9.]+) us\n", printed.out)
    assert found
    assert json.loads(report.read_text()) == {"parts.us": {"value": float(found[1]), "unit": "us"}}
    assert "median" in printed.err


def test_a_benchmark_that_fails_is_told_and_the_others_are_still_reported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    fine = Benchmark(["fine.us"], "nothing", lambda: [Figure("fine.us", 1.23456, "us")])
    failing = Benchmark(["broken.us"], "nothing", broken)
    monkeypatch.setattr(command, "chosen", lambda names: [failing, fine])
    assert command.main(["--report", str(tmp_path / "bench.json")]) == 1
    printed = capsys.readouterr()
    assert printed.out == "fine.us 1.235 us\n"
    assert "failed: the endpoint went away" in printed.err


def test_a_name_that_no_figure_has_is_refused() -> None:
    with pytest.raises(SystemExit) as ended:
        command.main(["join.speed"])
    assert ended.value.code == 2


def test_the_sides_take_turns_and_the_first_round_is_dropped() -> None:
    order: list[str] = []

    def side(name: str, took: float) -> float:
        order.append(name)
        return took

    sides = {"a": lambda: side("a", 3.0), "b": lambda: side("b", 2.0)}
    samples = interleave(sides, 2)
    assert order == ["a", "b", "b", "a", "a", "b"]
    assert samples == {"a": [3.0, 3.0], "b": [2.0, 2.0]}
    assert paired_ratio(samples, "a", "b") == 1.5


def test_start_up_is_compared_in_fresh_interpreters() -> None:
    assert 0 < values(startup.measure_inbound(rounds=2))["init.inbound.ratio"] < 10
    assert 0 < values(startup.measure_admin(rounds=2))["init.admin.ratio"] < 10


@pytest.mark.e2e
def test_a_join_is_compared_with_the_least_that_a_handler_can_do() -> None:
    found = values(join_cpu.measure(rounds=2, texts=5))
    assert found.keys() == set(join_cpu.BENCHMARK.names)
    assert all(0.5 < ratio < 20 for ratio in found.values())


@pytest.mark.parametrize("operation", ["PutItem", "TransactWriteItems", "SendTextMessage"])
def test_a_handler_that_skips_work_is_not_measured(operation: str) -> None:
    served = {"PutItem": 10, "TransactWriteItems": 20, "SendTextMessage": 30, "UpdateItem": 20}
    join_cpu.require_every_answer(served, 10)
    with pytest.raises(RuntimeError, match=operation):
        join_cpu.require_every_answer(served | {operation: served[operation] - 1}, 10)


@pytest.mark.e2e
def test_a_campaign_s_text_is_compared_with_a_bare_loop() -> None:
    found = values(send_cpu.measure_cpu(rounds=2, batches=1))
    found |= values(send_cpu.measure_throughput(rounds=2, batches=1))
    assert found.keys() == {*send_cpu.CPU.names, *send_cpu.THROUGHPUT.names}
    assert 0.5 < found["send.cpu.ratio"] < 10
    assert 1 < found["send.throughput_20ms.ratio"] < 50


def test_a_sender_that_skips_people_is_not_measured() -> None:
    send_cpu.require_every_text({"SendTextMessage": 20}, 10)
    for served in ({"SendTextMessage": 19}, {"SendTextMessage": 21}, {}):
        with pytest.raises(RuntimeError, match="20 texts"):
            send_cpu.require_every_text(served, 10)


def test_a_recipient_takes_far_less_than_two_calls_of_dynamodb() -> None:
    found = values(send_calls.measure())
    assert found.keys() == set(send_calls.BENCHMARK.names)
    assert 0.1 < found["send.dynamodb_calls"] <= 0.5
    assert 6 <= found["send.write_units"] <= 7
    assert found["send.read_units"] <= 0.5


def test_a_code_adds_its_coupons_write_to_the_claim_and_hardly_a_call() -> None:
    found = values(send_calls.measure())
    assert found["send.offer.write_units"] - found["send.write_units"] == pytest.approx(2, abs=0.1)
    # A batch of fifty takes four calls more; where it is slow, another look at the pace or two.
    assert found["send.offer.dynamodb_calls"] - found["send.dynamodb_calls"] <= 0.15


def test_a_redemption_by_text_is_measured_with_all_that_follows_from_it() -> None:
    found = values(redeem_calls.measure())
    assert found.keys() == set(redeem_calls.BENCHMARK.names)
    assert 5 <= found["redeem.dynamodb_calls"] <= 15
    assert 10 <= found["redeem.write_units"] <= 25


def test_a_customer_waits_for_at_most_three_calls_of_a_warm_worker() -> None:
    found = values(join_calls.measure())
    assert found.keys() == set(join_calls.BENCHMARK.names)
    assert found["join.aws_calls"] <= 3
    assert found["join.aws_calls_known"] <= 3
    assert found["join.aws_calls_cold"] <= 3


def test_the_canned_answers_are_the_catalog_as_the_table_holds_it() -> None:
    class Canned:
        def query(self, **_: Any) -> Any:
            return ANSWERS["Query"]

    assert read_catalog(Canned(), TABLE) == CATALOG


def test_an_asset_is_weighed_as_an_archive(tmp_path: Path) -> None:
    (tmp_path / "package").mkdir()
    (tmp_path / "package" / "module.py").write_text("pass\n" * 10_000)
    assert 100 < zipped_bytes(tmp_path) < 10_000


def test_the_rules_are_timed_on_what_people_really_text() -> None:
    texts = shipped_texts()
    assert len(texts) > 500
    assert all(texts)
