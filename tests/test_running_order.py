"""In which order the tests are begun, and which of them stay on one worker."""

import pytest

from tests.conftest import LONGEST, TESTS
from tests.support.repository import ROOT
from tests.support.scheduling import group_of


@pytest.mark.parametrize("module", LONGEST)
def test_what_is_begun_first_exists(module: str) -> None:
    assert (TESTS / module).exists()


def test_what_is_dear_to_make_is_shared_by_one_worker() -> None:
    permissions = group_of("tests/infra/test_permissions.py::test_one[prod]")
    assert permissions == group_of("tests/infra/test_queues.py::test_another")
    month = group_of("tests/simulation/test_month.py::test_one[a::b]")
    assert month == group_of("tests/simulation/test_month.py::test_another")
    stack = group_of("tests/local/phones/test_delivery.py::test_one")
    assert stack != group_of("tests/local/phones/test_phone_api.py::test_one")
    assert (ROOT / month).exists()


def test_any_other_test_goes_where_there_is_time() -> None:
    one, other = (f"tests/domain/test_window.py::test_hours[{hour}]" for hour in (1, 2))
    assert group_of(one) != group_of(other)
