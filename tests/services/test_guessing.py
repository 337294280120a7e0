"""Nobody finds a code by trying: what is let through, and what that finds."""

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest

from sayso.domain.catalog import Staff
from sayso.domain.codes import ALPHABET, DRAWN, LENGTH, derived, parsed, with_check
from sayso.domain.coupon import Verdict
from sayso.services.guessing import Guessing, Source
from sayso.services.redeeming import Outcome
from tests.fakes.web_opt_ins import FakeSeals
from tests.fakes.windows import FakeWindows
from tests.support.bluebird import ANA, NOON
from tests.support.campaigns import a_subscriber
from tests.support.counters import LATER, MIA, CounterWorld
from tests.support.coupons import a_coupon, code_of

TRIES, LIVE = 1_000_000, 10_000
PHONES, ADDRESSES = 100, 100
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
WRONG = [code_of(f"+1312555{number:04}", "other") for number in range(200)]


def test_a_million_codes_against_ten_thousand_find_none(
    capsys: pytest.CaptureFixture[str],
) -> None:
    world, chance = CounterWorld(), random.Random(20261122)
    for number in range(LIVE):
        world.coupons.put(a_coupon(f"+1312{number:07}"))
    let_through = found = 0
    for number in range(TRIES):
        outcome = guess(world, chance, number)
        let_through += outcome.verdict is not Verdict.LOCKED
        found += outcome.coupon is not None

    # A day's worth: 30 a phone and 40 an address.
    assert let_through == PHONES * 30 + ADDRESSES * 40
    assert found == 0
    expected = let_through * LIVE / DRAWN
    with capsys.disabled():
        print(  # noqa: T201 (what was let through is the point of it)
            f"\n{TRIES:,} codes tried by {PHONES} phones and {ADDRESSES} addresses in a day: "
            f"{let_through:,} let through, {found} found; {expected:.4f} expected"
        )
    assert expected < 0.03


def guess(world: CounterWorld, chance: random.Random, number: int) -> Outcome:
    """The next try of a well-formed code, by one of the sources, within one day."""
    at = NOON + DAY * (number / TRIES)
    code = with_check("".join(chance.choices(ALPHABET, k=LENGTH - 1)))
    who = number % (PHONES + ADDRESSES)
    if who < PHONES:
        return world.redeems(code, f"U{number}", at, by=Staff(f"+1303555{who:04}", "Eve"))
    source = Source.address(f"198.51.100.{who}")
    return world.redeems(code, f"U{number}", at, by=None, source=source)


def test_what_is_tried_is_well_formed() -> None:
    chance = random.Random(1)
    drawn = ("".join(chance.choices(ALPHABET, k=LENGTH - 1)) for _ in range(1000))

    assert all(parsed(with_check(one)) for one in drawn)
    assert parsed(derived(b"key", "R1", ANA))


@pytest.mark.parametrize(
    ("source", "a_day"), [(Source.phone(MIA.phone), 30), (Source.address("203.0.113.9"), 40)]
)
def test_ten_wrong_codes_an_hour_lock_a_phone_and_an_address(source: Source, a_day: int) -> None:
    guessing = Guessing(FakeWindows(), FakeSeals())

    def tries(at: datetime) -> int:
        return sum(guessing.begin(source, at) is not None for _ in range(50))

    counted = [tries(NOON + hour * HOUR) for hour in range(24)]

    assert counted[:3] == [10, 10, 10]
    assert sum(counted) == a_day
    assert tries(NOON + DAY) == 10


def test_whoever_is_locked_out_is_told_so_whatever_the_code() -> None:
    world = CounterWorld()
    coupon = world.issued(a_coupon(), a_subscriber(ANA))
    for number in range(10):
        assert world.redeems(WRONG[number], f"U{number}").verdict is Verdict.UNKNOWN

    looked_up: list[str] = []
    world.coupons.find = looked_up.append  # type: ignore[assignment]

    for code in (coupon.code, WRONG[10], "nonsense"):
        assert world.redeems(code, "V").verdict is Verdict.LOCKED
    assert looked_up == []


def test_a_lock_is_over_after_its_hour() -> None:
    world = CounterWorld()
    coupon = world.issued(a_coupon(), a_subscriber(ANA))
    for number in range(11):
        world.redeems(WRONG[number], f"U{number}")

    assert world.redeems(coupon.code, "V", LATER + HOUR).verdict is Verdict.REDEEMED


def test_right_codes_are_no_guesses() -> None:
    world = CounterWorld()
    for number in range(60):
        coupon = world.issued(a_coupon(f"+1312555{number:04}"))
        assert world.redeems(coupon.code, f"U{number}").verdict is Verdict.REDEEMED
        assert world.redeems(coupon.code, f"V{number}").verdict is Verdict.USED


def test_one_locked_phone_locks_nobody_else() -> None:
    world = CounterWorld()
    coupon = world.issued(a_coupon(), a_subscriber(ANA))
    for number in range(11):
        world.redeems(WRONG[number], f"U{number}", by=Staff("+13035550199", "Eve"))

    assert world.redeems(coupon.code).verdict is Verdict.REDEEMED


def test_the_household_of_an_address_is_locked_as_one() -> None:
    guessing = Guessing(FakeWindows(), FakeSeals())
    home = [f"2001:db8:1:2::{number:x}" for number in range(1, 30)]

    let_through = [guessing.begin(Source.address(one), NOON) for one in home]

    assert sum(one is not None for one in let_through) == 10


def test_all_at_once_no_more_are_looked_up_than_one_after_another() -> None:
    guessing = Guessing(FakeWindows(), FakeSeals())
    source = Source.phone(MIA.phone)

    with ThreadPoolExecutor(16) as threads:
        begun = list(threads.map(lambda _: guessing.begin(source, NOON), range(200)))

    assert 0 < sum(one is not None for one in begun) <= 10


def test_windows_name_nobody() -> None:
    windows = FakeWindows()
    Guessing(windows, FakeSeals()).begin(Source.phone(MIA.phone), NOON)

    assert len(windows.windows) == 2
    assert not any(MIA.phone in name or MIA.phone[1:] in name for name in windows.windows)
