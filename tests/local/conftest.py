"""The local stack that end-to-end tests share."""

from collections.abc import Iterator

import pytest

from sayso_local.client import Stack
from tests.local.running import running_stack


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A client of one running stack for the whole session, freshly seeded with Bluebird Coffee.

    Tests share it: use phones and keywords of your own, and leave the seeded shop as it is.
    """
    with running_stack(tmp_path_factory.mktemp("stack")) as running:
        yield running
