"""`sayso token` and `sayso invite` against a running stack, and where there is none."""

import os
from pathlib import Path

import httpx
import pytest

from sayso_local.client import Stack
from tests.local.running import Finished, sayso

NO_AWS = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_DEFAULT_REGION", "AWS_REGION")


def invite_on_aws(*arguments: str) -> Finished:
    """Invite as on AWS: the ambient endpoint is the emulator's, the state folder is unknown."""
    return sayso("invite", "kim@example.com", "--role", "owner", *arguments)


@pytest.fixture
def as_on_aws(stack: Stack, monkeypatch: pytest.MonkeyPatch) -> Stack:
    monkeypatch.setenv("AWS_ENDPOINT_URL", stack.running.aws)
    return stack


@pytest.mark.parametrize("role", ["owner", "marketer", "staff"])
def test_a_printed_token_opens_the_admin_api(role: str, stack: Stack, stack_state: Path) -> None:
    done = sayso("token", "--role", role, state=stack_state)
    headers = {"authorization": f"Bearer {done.out.strip()}"}
    answer = httpx.get(f"{stack.api}/admin/locations", headers=headers, trust_env=False)
    assert (done.code, answer.status_code) == (0, 200)


def test_without_a_token_the_admin_api_stays_shut(stack: Stack) -> None:
    assert httpx.get(f"{stack.api}/admin/locations", trust_env=False).status_code == 401


@pytest.mark.parametrize("words", [["token"], ["invite", "ana@example.com", "--role", "owner"]])
def test_without_a_running_stack_the_way_to_one_is_named(words: list[str], tmp_path: Path) -> None:
    done = sayso(*words, state=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert "sayso up" in done.err
    assert "Traceback" not in done.err


def test_an_invitation_says_the_password_and_how_to_go_on(stack: Stack, stack_state: Path) -> None:
    done = sayso("invite", "Ivy@example.com", "--role", "marketer", state=stack_state)
    assert done.code == 0
    assert "ivy@example.com is invited as marketer" in done.out
    assert "Temporary password: " in done.out
    assert f"Sign in with it: {stack.running.console}" in done.out


def test_a_second_invitation_says_what_has_changed(stack: Stack, stack_state: Path) -> None:
    for role, expected in (("staff", "is invited"), ("owner", "was staff and is owner now")):
        done = sayso("invite", "jo@example.com", "--role", role, state=stack_state)
        assert (done.code, expected in done.out) == (0, True), done.out


def test_a_bad_address_is_refused_before_anything_is_asked(tmp_path: Path) -> None:
    done = sayso("invite", "ana@", "--role", "owner", state=tmp_path)
    assert done.code == 2
    assert "not an e-mail address" in done.err


def test_a_stack_on_aws_is_found_by_name_and_cognito_mails(as_on_aws: Stack) -> None:
    done = invite_on_aws("--stack", as_on_aws.running.stack, "--region", "us-east-1")
    assert (done.code, done.err) == (0, "")
    assert "mailing kim@example.com" in done.out


def test_a_stack_that_is_not_there_is_named_with_the_region(as_on_aws: Stack) -> None:
    done = invite_on_aws("--stack", "Nowhere", "--region", "us-east-1")
    assert done.code == 2
    assert "no stack Nowhere in region us-east-1" in done.err


@pytest.mark.parametrize(
    ("arguments", "explanation"),
    [
        (["--stack", "Sayso"], "No AWS region is set"),
        (["--stack", "Sayso", "--region", "us-east-1"], "No usable AWS credentials"),
        (["--region", "us-east-1"], "--region goes with --stack"),
    ],
)
def test_what_aws_needs_and_lacks_is_said_plainly(
    arguments: list[str], explanation: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in NO_AWS:
        monkeypatch.delenv(name)
    assert "AWS_PROFILE" not in os.environ
    done = invite_on_aws(*arguments)
    assert (done.code, done.out) == (2, "")
    assert explanation in done.err
    assert "Traceback" not in done.err
