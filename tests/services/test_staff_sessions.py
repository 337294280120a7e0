"""Staff sign in to the redeem page."""

from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from sayso.domain.catalog import Catalog, Staff
from sayso.services.guessing import Guessing
from sayso.services.ports.doorkeeper import NotLetIn, TooManyTries
from sayso.services.staff_sessions import SESSION, StaffSessions
from tests.fakes.web_opt_ins import FakeSeals
from tests.fakes.windows import FakeWindows
from tests.support.bluebird import ANA, NOON, SHOP

MIA = Staff("+13125550155", "Mia", "DOWNTOWN", pin="sealed:4711")
OMAR = Staff("+13125550156", "Omar", pin="")
CATALOG = replace(SHOP, staff=(MIA, OMAR))
HOME = "203.0.113.9"


class PlainPins:
    """Seals that can be read."""

    def matches(self, pin: str, sealed: str) -> bool:
        return sealed == f"sealed:{pin}"


@dataclass
class Door:
    windows: FakeWindows = field(default_factory=FakeWindows)

    def __post_init__(self) -> None:
        seals = FakeSeals()
        self.sessions = StaffSessions(seals, Guessing(self.windows, seals), PlainPins())

    def enter(self, phone: str = MIA.phone, pin: str = "4711", ip: str = HOME) -> str:
        return self.sessions.begin(CATALOG, phone, pin, ip, NOON)[1]

    def who(self, session: str, catalog: Catalog = CATALOG) -> Staff | None:
        return self.sessions.who(catalog, session, NOON + timedelta(hours=1))


@pytest.fixture
def door() -> Door:
    return Door()


def test_number_and_pin_begin_a_session_of_that_person(door: Door) -> None:
    assert door.who(door.enter()) == MIA


def test_a_session_lasts_a_shift(door: Door) -> None:
    session = door.enter()
    assert door.sessions.who(CATALOG, session, NOON + SESSION - timedelta(seconds=1)) == MIA
    assert door.sessions.who(CATALOG, session, NOON + SESSION) is None


@pytest.mark.parametrize(
    ("phone", "pin"), [(MIA.phone, "4712"), (MIA.phone, ""), (OMAR.phone, ""), (ANA, "4711")]
)
def test_a_wrong_pin_one_that_was_never_set_and_a_stranger_are_not_let_in(
    door: Door, phone: str, pin: str
) -> None:
    with pytest.raises(NotLetIn):
        door.enter(phone, pin)


def test_a_session_ends_with_the_pin_that_began_it_and_with_the_job(door: Door) -> None:
    session = door.enter()
    another_pin = replace(SHOP, staff=(replace(MIA, pin="sealed:0815"), OMAR))
    assert door.who(session, another_pin) is None
    assert door.who(session, replace(SHOP, staff=(OMAR,))) is None


def test_nobody_makes_a_session_of_their_own(door: Door) -> None:
    ends, phone, seal = door.enter().split(".")
    later = str(int(ends) + 3600)
    forged = ["", ".", "..", f"{later}.{phone}.{seal}", f"{ends}.{phone}.", f"{ends}.é.{seal}"]
    assert [door.who(one) for one in forged] == [None] * len(forged)


def test_ten_wrong_pins_of_a_number_lock_it_out_wherever_they_come_from(door: Door) -> None:
    for number in range(10):
        with pytest.raises(NotLetIn):
            door.enter(pin="0000", ip=f"198.51.100.{number}")
    with pytest.raises(TooManyTries):
        door.enter()


def test_ten_wrong_numbers_from_one_address_lock_that_out(door: Door) -> None:
    for number in range(10):
        with pytest.raises(NotLetIn):
            door.enter(phone=f"+1312555020{number}")
    with pytest.raises(TooManyTries):
        door.enter()
    assert door.enter(ip="198.51.100.1")


def test_an_address_that_is_locked_out_locks_no_numbers_out(door: Door) -> None:
    for number in range(10):
        with pytest.raises(NotLetIn):
            door.enter(phone=f"+1312555020{number}")
    for _ in range(10):
        with pytest.raises(TooManyTries):
            door.enter(pin="0000")

    assert door.enter(ip="198.51.100.1")


def test_who_gets_it_right_may_sign_in_as_often_as_they_like(door: Door) -> None:
    assert [door.who(door.enter()) for _ in range(25)] == [MIA] * 25
