"""`sayso verify-ledger` against a running stack whose table somebody has edited."""

from itertools import count
from pathlib import Path

import pytest

from sayso.domain.phone import masked
from sayso_local.client import Stack
from tests.local.running import sayso

_numbers = count(7_100)


@pytest.fixture
def ivy(stack: Stack) -> str:
    """A number of its own, which has joined and left."""
    phone = f"+1312555{next(_numbers)}"
    stack.text(phone, "JOIN UPTOWN")
    stack.await_texts(phone, 1)
    stack.text(phone, "STOP")
    stack.await_texts(phone, 2)
    return phone


def test_an_untouched_ledger_is_intact(ivy: str, stack_state: Path) -> None:
    done = sayso("verify-ledger", ivy, state=stack_state)
    assert (done.code, done.out) == (0, "1 ledger with 2 entries read: intact.\n")


def test_an_edited_entry_is_found_among_all_and_named(
    ivy: str, stack: Stack, stack_state: Path
) -> None:
    assert sayso("verify-ledger", state=stack_state).code == 0
    key = {"pk": {"S": f"S#{ivy}"}, "sk": {"S": "LEDGER#00000002"}}
    table, client = stack.running.table, stack.aws.dynamodb()
    kept = client.get_item(TableName=table, Key=key)["Item"]
    client.put_item(TableName=table, Item={**kept, "words": {"S": "I love it"}})
    try:
        all_of_them = sayso("verify-ledger", state=stack_state)
        assert all_of_them.code == 1
        fault = "entry 2 was changed after it was written"
        first, *_ = all_of_them.out.splitlines()
        assert first == f"{masked(ivy)}: {fault}"
        assert all_of_them.out.endswith(" read: 1 NOT intact.\n")
        assert ivy not in all_of_them.out + all_of_them.err
        shown = sayso("verify-ledger", ivy, "--show-numbers", state=stack_state)
        assert (shown.code, shown.out.splitlines()[0]) == (1, f"{ivy}: {fault}")
        assert stack.admin("GET", f"subscribers/{ivy}/consent").json()["faults"] == [fault]
    finally:
        client.put_item(TableName=table, Item=kept)
    assert sayso("verify-ledger", ivy, state=stack_state).code == 0


def test_a_stack_on_aws_is_found_by_name(
    ivy: str, stack: Stack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", stack.running.aws)
    done = sayso("verify-ledger", ivy, "--stack", stack.running.stack, "--region", "us-east-1")
    assert (done.code, done.out) == (0, "1 ledger with 2 entries read: intact.\n")


def test_the_proof_page_comes_through_the_gateway(ivy: str, stack: Stack) -> None:
    answer = stack.admin("GET", f"subscribers/{ivy}/consent", params={"format": "html"})
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "The record is intact." in answer.text
    headers = {"authorization": f"Bearer {stack.token()}", "accept": "text/html"}
    asked = stack.http.get(f"{stack.api}/admin/subscribers/{ivy}/consent", headers=headers)
    assert asked.text.startswith("<!doctype html>")


@pytest.mark.parametrize(
    ("arguments", "explanation"),
    [
        (["5550101"], "a phone number is a plus sign"),
        (["+13125550199", "--region", "us-east-1"], "--region goes with --stack"),
        (["--state", "/nowhere"], "sayso up"),
        (["+13125550101", "+13125550102"], "unrecognized arguments"),
    ],
)
def test_a_misuse_is_explained(arguments: list[str], explanation: str) -> None:
    done = sayso("verify-ledger", *arguments)
    assert (done.code, done.out) == (2, "")
    assert explanation in done.err
    assert "Traceback" not in done.err


def test_a_number_that_never_texted_has_no_ledger(stack: Stack, stack_state: Path) -> None:
    done = sayso("verify-ledger", "+13125557199", state=stack_state)
    assert (done.code, done.out) == (2, "")
    assert "never texted" in done.err
