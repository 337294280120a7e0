"""Segments and listed people of every kind, for tests that try them all."""

from datetime import date, datetime, timedelta

from hypothesis import strategies as st

from sayso.domain.attributes import RESERVED
from sayso.domain.listed import Listed
from sayso.domain.places import Point
from sayso.domain.preference import NO_PREFERENCE, Preference
from sayso.domain.segment.bounds import DAYS_AT_MOST, MILES_AT_MOST, checked_values
from sayso.domain.segment.filters import (
    Among,
    Asked,
    Attribute,
    Before,
    BirthdayIn,
    BirthdayWithin,
    Event,
    Ever,
    Field,
    Filter,
    Known,
    Near,
    Past,
    Received,
    Recent,
    Since,
    Span,
    Unit,
    VisitedAt,
    Wish,
    all_of,
    any_of,
    negated,
)
from tests.support.bluebird import ANA, BEN, CHLOE, NOON

CAMPAIGNS = ("01KAMZ3S8E5XQW0V7Y9T2B4C6D", "01KAMZ3S8E5XQW0V7Y9T2B4C6E")
# Few of each, so that filters and people meet; and some that need care in a text.
_values = st.sampled_from(
    ["DOWNTOWN", "Soho", "window sign", "es", 'the "one"', "and", "a,b", "back\\slash", "(x", "é="]
) | st.text(min_size=1, max_size=20).filter(lambda text: text.split() and text.isprintable())
_names = st.sampled_from(["first_name", "city", "birthday", "note_1"])
_lists = st.lists(_values, min_size=1, max_size=3)
_spans = st.builds(Span, st.integers(1, DAYS_AT_MOST // 7), st.sampled_from(Unit))
_days = st.dates(date(1970, 1, 1), date(2100, 12, 31))
_events = st.sampled_from(Event)


def _among(field: Field, values: list[str]) -> Among:
    return Among(field, checked_values(field, values))


conditions: st.SearchStrategy[Filter] = st.one_of(
    st.builds(_among, st.sampled_from(Field), _lists),
    st.builds(lambda name, values: Attribute(name, checked_values(None, values)), _names, _lists),
    st.builds(Known, _names | st.sampled_from(list(Field)).map(str)),
    st.builds(Ever, _events),
    st.builds(Recent, _events, _spans),
    st.builds(Past, _events, _spans),
    st.builds(Before, _events, _days),
    st.builds(Since, _events, _days),
    st.builds(BirthdayWithin, st.integers(0, 365)),
    st.builds(
        BirthdayIn, st.lists(st.integers(1, 12), min_size=1, max_size=3, unique=True).map(tuple)
    ),
    st.builds(
        Received,
        st.lists(st.sampled_from(CAMPAIGNS), max_size=2, unique=True).map(tuple),
        st.none() | _spans,
    ),
    st.builds(Asked, st.sampled_from(Wish)),
    st.builds(
        lambda values, span: VisitedAt(checked_values(Field.LOCATION, values), span),
        _lists | st.just(["within"]),
        st.none() | _spans,
    ),
    st.builds(
        Near, st.integers(1, MILES_AT_MOST), st.sampled_from(["60614", "DOWNTOWN", "SOHO", "OF"])
    ),
)


def _combined(inner: st.SearchStrategy[Filter]) -> st.SearchStrategy[Filter]:
    several = st.lists(inner, min_size=1, max_size=3)
    return several.map(all_of) | several.map(any_of) | inner.map(negated)


segments = st.recursive(conditions, _combined, max_leaves=8)

_times = st.none() | st.timedeltas(timedelta(), timedelta(days=800)).map(lambda ago: NOON - ago)
_birthdays = st.dates(date(2024, 1, 1), date(2024, 12, 31)).map(lambda day: f"{day:%m-%d}")
people = st.builds(
    Listed,
    phone=st.sampled_from([ANA, BEN, CHLOE]),
    location=st.sampled_from(["", "DOWNTOWN", "SOHO"]),
    channel=st.sampled_from(["", "window sign", "receipt"]),
    keyword=st.sampled_from(["", "JOIN", "ES"]),
    language=st.sampled_from(["", "en", "es"]),
    joined_at=_times,
    last_heard_at=_times,
    visited_at=_times,
    clicked_at=_times,
    redeemed_at=_times,
    attributes=st.fixed_dictionaries(
        {}, optional={"first_name": _values, "city": _values, "birthday": _birthdays}
    ),
    preference=st.sampled_from([NO_PREFERENCE, Preference(most=1)]),
    visits=st.dictionaries(
        st.sampled_from(["DOWNTOWN", "SOHO"]),
        st.timedeltas(timedelta(), timedelta(days=800)).map(lambda ago: (NOON - ago).isoformat()),
    ),
    zip=st.sampled_from(["", "60614", "10012"]),
)
PLACES = {"DOWNTOWN": Point(41_880_000, -87_630_000), "SOHO": Point(40_720_000, -74_000_000)}
histories = st.dictionaries(
    st.sampled_from([ANA, BEN, CHLOE]),
    st.dictionaries(
        st.sampled_from(["", *CAMPAIGNS]),
        st.timedeltas(timedelta(), timedelta(days=800)).map(lambda ago: NOON - ago),
    ),
)


def ago(**length: float) -> datetime:
    """So long before noon."""
    return NOON - timedelta(**length)


assert not RESERVED & {"first_name", "city", "birthday", "note_1"}
