"""The `sayso` command's manners."""

import json
import subprocess
import sys

import pytest

from tests.local.running import READY_SECONDS, sayso


def test_a_text_a_line_is_classified_and_echoed() -> None:
    done = sayso("classify", stdin="STOP\nJOIN DOWNTOWN\r\n\ngood morning\u2028to you")
    assert done.code == 0
    assert done.out.split("\n") == [
        "stop\tSTOP",
        "join\tJOIN DOWNTOWN",
        "none\t",
        "none\tgood morning\u2028to you",
        "",
    ]


def test_parts_says_which_characters_make_a_text_dear() -> None:
    done = sayso("parts", stdin='"see you at 5"\n"caf\\u00e9 \\u2615"\n')
    assert [json.loads(line) for line in done.out.splitlines()] == [
        {"parts": 1, "encoding": "GSM-7", "units": 12, "costly": []},
        {"parts": 1, "encoding": "UCS-2", "units": 6, "costly": ["\u2615"]},
    ]


@pytest.mark.parametrize("line", ["hello", "3", '["a"]', "null", '"unfinished', ""])
def test_parts_refuses_a_line_that_is_not_a_json_string(line: str) -> None:
    done = sayso("parts", stdin=f"{line}\n")
    assert (done.code, done.out) == (2, "")
    assert "must be one JSON string" in done.err
    assert "Traceback" not in done.err


def test_what_was_answered_before_a_bad_line_stands() -> None:
    done = sayso("parts", stdin='"ok"\nnot ok\n')
    assert done.code == 2
    assert len(done.out.splitlines()) == 1


@pytest.mark.parametrize(
    "words", [[], ["unknown"], ["up", "--port", "many"], ["token", "--role", "king"]]
)
def test_a_misuse_shows_the_usage_and_exits_2(words: list[str]) -> None:
    done = sayso(*words)
    assert done.code == 2
    assert "usage: sayso" in done.out + done.err


def test_each_answer_comes_before_the_next_question() -> None:
    asking = subprocess.Popen(
        [sys.executable, "-m", "sayso_local.cli", "classify"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert asking.stdin is not None
    assert asking.stdout is not None
    for said, answer in (("STOP", b"stop\tSTOP\n"), ("café", "none\tcafé\n".encode())):
        asking.stdin.write(f"{said}\n".encode())
        asking.stdin.flush()
        assert asking.stdout.readline() == answer
    asking.stdin.close()
    assert asking.wait(timeout=READY_SECONDS) == 0
    asking.stdout.close()


def test_explain_shows_what_weighed_most_with_the_model() -> None:
    done = sayso("classify", "--explain", stdin="STOP\nkill these texts\n")
    by_rule, by_model = done.out.splitlines()
    assert by_rule == "stop\tSTOP\tSTOP: 47 CFR 64.1200(a)(10)"
    assert by_model.startswith("stop\tkill these texts\tthe model: worded like opt-outs (")
    assert "; sum " in by_model


def test_a_long_file_is_answered_in_order_and_a_full_block_without_more_to_come() -> None:
    """What is shared out among the cores comes back as it went in; nobody waits for more input."""
    block = b"".join(b"%-6d STOP please %-45d\n" % (number, number) for number in range(960))
    with subprocess.Popen(
        [sys.executable, "-m", "sayso_local.cli", "classify"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(block[: 1 << 16])
        process.stdin.flush()
        whole = block[: 1 << 16].count(b"\n")
        answers = [process.stdout.readline() for _ in range(whole)]
        rest, _ = process.communicate(block[1 << 16 :] + block)
    answers += rest.splitlines(keepends=True)
    assert [answer.partition(b"\t")[2] for answer in answers] == (block + block).splitlines(True)
