"""Threads that last: whatever goes wrong with one batch, the next has all of them."""

from threading import Event

import pytest

from sayso.services.crew import Crew


def free(crew: Crew) -> bool:
    """Whether all of the crew can be engaged, without waiting for anybody."""
    with crew.engaged(crew.size):
        return True


class Trouble(BaseException):
    """What nobody catches."""


def test_those_engaged_are_free_again_when_nothing_followed() -> None:
    crew = Crew(2)
    with crew.engaged(2):
        pass
    assert free(crew)


@pytest.mark.timeout(20)
@pytest.mark.parametrize("handed", [0, 1, 2])
def test_they_are_free_again_whatever_went_wrong_in_between(handed: int) -> None:
    crew = Crew(2)

    def work() -> None:
        with crew.engaged(2) as team:
            for _ in range(handed):
                team.hand(lambda: None)
            raise Trouble

    with pytest.raises(Trouble):
        work()
    assert free(crew)


@pytest.mark.timeout(20)
def test_whoever_wants_more_than_are_free_waits_for_them() -> None:
    crew, go = Crew(2), Event()
    with crew.engaged(1) as team:
        working = team.hand(go.wait)
    with crew.engaged(1):
        assert not working.done()
    go.set()
    assert free(crew)
    assert working.result()
