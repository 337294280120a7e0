"""A test reaches nothing but what its kind allows, whatever the machine is set up for."""

import asyncio
import os
import socket

import pytest
from pytest_socket import SocketBlockedError, SocketConnectBlockedError

ELSEWHERE = ("192.0.2.1", 80)  # TEST-NET-1, which belongs to nobody (RFC 5737)


def test_a_test_of_one_layer_cannot_open_a_socket() -> None:
    with pytest.warns(UserWarning, match="A test tried"), pytest.raises(SocketBlockedError):
        socket.create_connection(ELSEWHERE, timeout=1)


def test_a_test_of_one_layer_may_run_an_event_loop() -> None:
    assert asyncio.run(asyncio.sleep(0, "done")) == "done"


@pytest.mark.e2e
def test_a_test_of_the_whole_stack_cannot_leave_the_machine() -> None:
    with pytest.warns(UserWarning, match="A test tried"), pytest.raises(SocketConnectBlockedError):
        socket.create_connection(ELSEWHERE, timeout=1)


@pytest.mark.e2e
def test_a_test_of_the_whole_stack_may_talk_to_a_server_on_loopback() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname(), timeout=1) as client,
    ):
        assert client.getpeername() == server.getsockname()


def test_no_credentials_or_proxies_of_the_machine_are_left() -> None:
    assert os.environ["AWS_ACCESS_KEY_ID"] == "testing"
    assert "AWS_PROFILE" not in os.environ
    assert {name.lower() for name in os.environ}.isdisjoint({"http_proxy", "https_proxy"})
