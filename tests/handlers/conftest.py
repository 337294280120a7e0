"""What the tests of handlers share."""

from collections.abc import Iterator

import pytest

from sayso.domain.coupon import Coupon
from tests.support.console import Console, opened_console
from tests.support.offer_pages import LIVE, opened_to_ana
from tests.support.public_pages import PublicPages


@pytest.fixture
def console() -> Iterator[Console]:
    """An owner at a console where nothing has been set up."""
    with opened_console() as found:
        yield found


@pytest.fixture
def shop(console: Console) -> Console:
    """An owner at the console of Bluebird Coffee, open in three places."""
    set_up(console)
    return console


@pytest.fixture
def pages() -> Iterator[PublicPages]:
    """The customers' pages, to which Ana is no stranger."""
    with opened_to_ana() as found:
        yield found


@pytest.fixture
def coupon(pages: PublicPages) -> Coupon:
    """Ana's, from a text that she got."""
    return pages.issued(LIVE)


def set_up(console: Console) -> None:
    """Bluebird Coffee: a program, three locations in two time zones, two keywords."""
    put = console.put
    answers = [
        put("/admin/program", {"name": "Bluebird Coffee", "help_contact": "help@bluebird.example"}),
        put("/admin/locations/DOWNTOWN", {"name": "Downtown", "timezone": "America/Chicago"}),
        put("/admin/locations/UPTOWN", {"name": "Uptown", "timezone": "America/Chicago"}),
        put("/admin/locations/DENVER", {"name": "Denver LoDo", "timezone": "America/Denver"}),
        put("/admin/keywords/COFFEE", {"location": "DOWNTOWN", "channel": "window sign"}),
        put("/admin/keywords/MENU", {"action": "reply", "reply": "Espresso 3, cortado 4."}),
    ]
    assert [answer.status for answer in answers] == [201] * 6
