"""The local stack that end-to-end tests share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sayso_local.client import Stack
from tests.local.running import running_stack


@pytest.fixture(scope="session")
def stack_state(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The state folder of the shared stack; the variable SAYSO_STATE names it to a command."""
    return tmp_path_factory.mktemp("stack")


@pytest.fixture(scope="session")
def stack(stack_state: Path) -> Iterator[Stack]:
    """A client of one running stack for the whole session, freshly seeded with Bluebird Coffee.

    Tests share it: use phones and keywords of your own, and leave the seeded shop as it is.
    """
    with running_stack(stack_state) as running:
        yield running
