"""A phone simulator in its own process, and the stand-in for SNS that it publishes to."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.phones import FakeSns, Simulator


@pytest.fixture(scope="module")
def sns() -> Iterator[FakeSns]:
    with FakeSns() as fake:
        yield fake


@pytest.fixture(scope="module")
def phones(sns: FakeSns, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Simulator]:
    """One simulator a module; `clean` empties it before each test."""
    with Simulator(tmp_path_factory.mktemp("phones"), sns) as simulator:
        yield simulator


@pytest.fixture
def clean(phones: Simulator, sns: FakeSns) -> Simulator:
    """The module's simulator as if it had just been started for the first time."""
    ordinary = {
        "parts_per_second": None,
        "latency_ms": 0,
        "opt_in_interval_days": 0,
        "configuration_set": None,
    }
    phones.http.put("/carrier", json=ordinary).raise_for_status()
    phones.http.put("/carrier/faults", json=[]).raise_for_status()
    phones.http.post("/reset").raise_for_status()
    sns.heard.clear()
    sns.on_inbound = None
    sns.away = False
    return phones


@pytest.fixture
def carrier(clean: Simulator) -> Any:
    """An AWS client of the carrier."""
    return clean.carrier_client()
