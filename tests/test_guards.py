"""The table of guards speaks of the code as it stands."""

import pytest

from scripts.mutate_guards import Guard, guards
from tests.support.repository import ROOT


@pytest.mark.parametrize("guard", guards(), ids=lambda guard: guard.name)
def test_each_guard_stands_where_the_table_says_once(guard: Guard) -> None:
    whole = (ROOT / guard.file).read_text(encoding="utf-8")
    assert guard.removed_from(whole) != whole
    assert all((ROOT / test.partition("::")[0]).exists() for test in guard.tests)


def test_a_guard_that_is_gone_is_told() -> None:
    guard = Guard("no guard", "README.md", "nowhere", "", ())
    with pytest.raises(ValueError, match="stands 0 times"):
        guard.removed_from("text")
