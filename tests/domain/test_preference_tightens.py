"""A customer's own wish can only ever tighten when and how often they are texted."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.domain.caps import reached
from sayso.domain.catalog import Caps
from sayso.domain.preference import Preference
from sayso.domain.terms import Basis, Terms, Timing
from sayso.domain.window import decide_window

CHICAGO = ZoneInfo("America/Chicago")
TEN = datetime(2026, 9, 16, 15, 0, tzinfo=UTC)  # ten in the morning in Chicago, a Wednesday
ANA = "+13125550101"


def here(hour: int, minute: int = 0, day: int = 16) -> datetime:
    return datetime(2026, 9, day, hour, minute, tzinfo=CHICAGO).astimezone(UTC)


@pytest.mark.parametrize(
    ("wish", "opens", "closes"),
    [
        (Preference(opens=time(17), closes=time(19)), here(17), here(19)),
        (Preference(opens=time(17)), here(17), here(21)),
        (Preference(closes=time(12, 30)), TEN, here(12, 30)),
        (Preference(opens=time(6), closes=time(23)), TEN, here(21)),
        (Preference(opens=time(8), closes=time(9)), here(8, day=17), here(9, day=17)),
    ],
)
def test_the_window_is_what_law_and_wish_both_allow(
    wish: Preference, opens: datetime, closes: datetime
) -> None:
    decision = decide_window(ANA, TEN, asked=wish)
    assert (decision.next, decision.closes) == (opens, closes)


def test_a_wish_that_closes_the_window_is_named_as_the_reason() -> None:
    decision = decide_window(ANA, TEN, asked=Preference(opens=time(17), closes=time(19)))
    assert [str(one.rule) for one in decision.why] == ["as the customer asked: 17:00-19:00"]
    assert {one.rule.source for one in decision.why} == {"the customer's own text"}


@pytest.mark.parametrize("night", ["2026-03-08", "2026-11-01"])
def test_hours_asked_for_are_the_wall_clocks_on_both_nights_of_a_change(night: str) -> None:
    evening = datetime.fromisoformat(f"{night}T00:30:00").replace(tzinfo=CHICAGO)
    decision = decide_window(ANA, evening, asked=Preference(opens=time(9, 15), closes=time(10)))
    nine = datetime.fromisoformat(f"{night}T09:15:00").replace(tzinfo=CHICAGO)
    assert decision.next == nine.astimezone(UTC)
    assert decision.closes == nine.replace(hour=10, minute=0).astimezone(UTC)


WISHES = st.builds(
    Preference,
    most=st.none() | st.integers(1, 12),
    within=st.sampled_from([timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)]),
    opens=st.none() | st.builds(time, st.integers(0, 11), st.sampled_from([0, 30])),
    closes=st.none() | st.builds(time, st.integers(12, 23), st.sampled_from([0, 45])),
)
PHONES = st.sampled_from([ANA, "+18505550101", "+14015550101", "+15005550101", "+447700900101"])
PLACES = st.sampled_from([("", "", ""), ("DALLAS", "America/Chicago", "TX")])
MOMENTS = st.builds(lambda minutes: TEN + timedelta(minutes=minutes), st.integers(-6000, 90_000))


@settings(max_examples=300)
@given(PHONES, PLACES, MOMENTS, WISHES)
def test_no_wish_ever_opens_a_window_earlier_or_longer(
    phone: str, place: tuple[str, str, str], now: datetime, wish: Preference
) -> None:
    location, zone, state = place
    without = Terms(Basis(location), zone, state).at(phone, now, now)
    with_wish = Terms(Basis(location, wish), zone, state).at(phone, now, now)
    if with_wish.timing is Timing.SEND:
        assert without.timing is Timing.SEND
        assert with_wish.until
        assert without.until
        assert with_wish.until <= without.until
    if with_wish.timing is Timing.WAIT and without.timing is Timing.WAIT:
        assert with_wish.until
        assert without.until
        assert with_wish.until >= without.until
    if without.timing is Timing.LEAVE_OUT:
        assert with_wish.timing is Timing.LEAVE_OUT


@settings(max_examples=300)
@given(PHONES, WISHES, st.lists(st.integers(0, 40_000), max_size=25))
def test_no_wish_ever_lets_through_a_text_that_a_cap_forbids(
    phone: str, wish: Preference, minutes_ago: list[int]
) -> None:
    texted = [TEN - timedelta(minutes=ago) for ago in sorted(minutes_ago)]
    terms = {one: Terms(Basis("", one), caps=Caps(3, 8, 20)) for one in (Preference(), wish)}
    barred = {one: reached(terms[one].limits(phone), texted, TEN) for one in terms}
    if barred[Preference()]:
        assert barred[wish]
    recent = sum(at > TEN - wish.within for at in texted)
    if wish.most is not None and recent >= wish.most:
        assert barred[wish]
