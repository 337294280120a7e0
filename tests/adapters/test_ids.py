"""Ids sort by the time they were made."""

import re
import time

from sayso.adapters.ids import new_id


def test_an_id_is_a_ulid() -> None:
    assert re.fullmatch(r"[0-7][0-9A-HJKMNP-TV-Z]{25}", new_id())


def test_a_later_id_sorts_later() -> None:
    earlier = new_id()
    time.sleep(0.002)

    assert earlier < new_id()


def test_no_two_ids_are_the_same() -> None:
    assert len({new_id() for _ in range(10_000)}) == 10_000
