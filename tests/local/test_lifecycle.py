"""How `sayso up` starts, says what it does, and leaves nothing behind."""

import json
import os
import signal
import socket
import time
from pathlib import Path

import httpx
import pytest

from sayso_local.client import Stack
from sayso_local.users import local_credentials
from tests.local.running import Up, free_ports, processes_mentioning, sayso, up

CONTRACT = {"api", "phones", "console", "aws", "table", "number"}


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def assert_nothing_is_left(state: Path) -> None:
    """No process that was started from this state folder, and no scratch file."""
    deadline = time.monotonic() + 25
    while left := processes_mentioning(str(state)):
        assert time.monotonic() < deadline, left
        time.sleep(0.2)
    assert not (state / "tmp").exists()


def health(started: Up) -> int:
    return httpx.get(f"{started.await_ready().api}/health", trust_env=False).status_code


def test_a_ready_stack_is_described_for_scripts_and_healthy(
    stack: Stack, stack_state: Path
) -> None:
    assert set(json.loads((stack_state / "local.json").read_text())) >= CONTRACT
    assert httpx.get(f"{stack.api}/health", trust_env=False).status_code == 200
    assert stack.number == "80808"


def test_the_console_is_served_and_says_nothing_of_how_to_sign_in(
    stack: Stack, stack_state: Path
) -> None:
    console = json.loads((stack_state / "local.json").read_text())["console"]
    page = httpx.get(console, trust_env=False)
    assert page.status_code == 200
    assert "text/html" in page.headers["content-type"]
    email, password = local_credentials(stack.running.user_pool, "owner")
    assert email not in page.text
    assert password not in page.text


def test_it_says_how_to_sign_in_to_the_console(stack: Stack, stack_state: Path) -> None:
    printed = (stack_state / "up.out").read_text()
    email, password = local_credentials(stack.running.user_pool, "owner")
    assert stack.running.console in printed
    assert f"sign in as {email} with {password}" in printed
    credentials = {"email": email, "password": password}
    answer = httpx.post(f"{stack.running.console}/session", json=credentials, trust_env=False)
    assert answer.json()["roles"] == ["owner"]


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_stop_ends_every_process_and_removes_the_description(
    by: signal.Signals, tmp_path: Path
) -> None:
    with up(tmp_path) as started:
        assert health(started) == 200
        assert started.stop(by) == 0
        assert not started.places.running.exists()
    assert_nothing_is_left(tmp_path)


def test_told_to_be_quiet_it_prints_nothing_while_all_is_well(tmp_path: Path) -> None:
    with up(tmp_path, "--quiet") as started:
        started.await_ready()
        assert started.stop() == 0
        assert started.printed == ""


def test_a_stop_while_starting_leaves_nothing_either(tmp_path: Path) -> None:
    with up(tmp_path) as started:
        while not processes_mentioning(str(tmp_path / "data")):
            time.sleep(0.05)
        assert started.stop() == 0
    assert_nothing_is_left(tmp_path)


def test_killing_it_leaves_no_child_and_the_next_start_recovers(tmp_path: Path) -> None:
    with up(tmp_path) as killed:
        port = int(killed.await_ready().aws.rsplit(":", 1)[1])
        killed.process.kill()
        killed.await_end()
        assert killed.places.running.exists()
        assert sayso("token", state=tmp_path).code == 2
    with up(tmp_path, port=port) as again:
        assert health(again) == 200
        assert again.stop() == 0
    assert_nothing_is_left(tmp_path)


def test_a_second_one_says_what_runs_where_and_leaves_it_alone(
    stack: Stack, stack_state: Path
) -> None:
    second = sayso("up", "--no-browser", "--fresh", state=stack_state)
    assert second.code == 0
    assert stack.phones in second.out
    assert stack.api in second.out
    assert httpx.get(f"{stack.api}/health", trust_env=False).status_code == 200


@pytest.mark.parametrize("offset", [0, 1])
def test_a_port_in_use_is_named_with_a_way_out(offset: int, tmp_path: Path) -> None:
    port = free_ports()
    with socket.socket() as other:
        other.bind(("127.0.0.1", port + offset))
        other.listen()
        refused = sayso("up", "--no-browser", "--port", str(port), state=tmp_path)
    assert refused.code == 2
    assert f"Port {port + offset}" in refused.err
    assert "--port" in refused.err
    assert "Traceback" not in refused.err
    assert_nothing_is_left(tmp_path)


@pytest.mark.parametrize("port", ["0", "80", "65535", "-1"])
def test_a_port_out_of_range_is_refused(port: str, tmp_path: Path) -> None:
    refused = sayso("up", "--no-browser", f"--port={port}", state=tmp_path)
    assert refused.code == 2
    assert "choose a port from 1024" in refused.err


def test_state_survives_a_restart_on_other_ports_unless_fresh(tmp_path: Path) -> None:
    with up(tmp_path) as first, Stack(first.await_ready()) as stack:
        stack.text("+13125550101", "JOIN DOWNTOWN")
        stack.await_texts("+13125550101", 1)
        stack.admin("PUT", "keywords/MUFFIN", {"action": "join", "channel": "poster"})
        first.stop()
    with up(tmp_path) as second, Stack(second.await_ready()) as stack:
        assert stack.admin("GET", "subscribers/+13125550101").status_code == 200
        assert stack.admin("GET", "keywords/MUFFIN").status_code == 200
        assert len(stack.received("+13125550101")) == 1
        assert "deployment" not in second.printed
        second.stop()
    with up(tmp_path, "--fresh") as third, Stack(third.await_ready()) as stack:
        assert stack.admin("GET", "subscribers/+13125550101").status_code == 404
        assert stack.thread("+13125550101") == []
        assert stack.admin("GET", "keywords/COFFEE").status_code == 200


def test_a_part_that_ends_by_itself_ends_all_with_the_end_of_its_log(tmp_path: Path) -> None:
    with up(tmp_path) as started:
        started.await_ready()
        (phones,) = processes_mentioning("sayso_local.phones --port " + _phones_port(started))
        os.kill(int(phones.split()[0]), signal.SIGKILL)
        assert started.await_end() == 1
        assert "'phones' ended unexpectedly" in started.printed
    assert_nothing_is_left(tmp_path)


def test_nothing_is_reachable_from_other_machines(stack: Stack) -> None:
    for address in (stack.running.aws, stack.phones):
        port = int(address.rsplit(":", 1)[1])
        assert listens(port)
        assert _listening_addresses(port) == {"0100007F"}


def _phones_port(started: Up) -> str:
    return started.await_ready().phones.rsplit(":", 1)[1]


def _listening_addresses(port: int) -> set[str]:
    """The local addresses, as /proc/net spells them, that listen on a TCP port."""
    rows = Path("/proc/net/tcp").read_text().splitlines()[1:]
    rows += Path("/proc/net/tcp6").read_text().splitlines()[1:]
    fields = (row.split() for row in rows)
    return {
        address[1].split(":")[0]
        for address in fields
        if address[3] == "0A" and int(address[1].split(":")[1], 16) == port
    }
