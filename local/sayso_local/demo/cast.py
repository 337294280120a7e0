"""Who plays: three stores somewhere where it is daytime, and the customers of each."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

PEOPLE_A_STORE = 72
_FIRST_HOUR, _LAST_HOUR = 9, 19
_FIRST_NUMBER = 100


@dataclass(frozen=True)
class Store:
    """A location of the demo's shop; `numbers` begins its customers' phone numbers."""

    code: str
    name: str
    timezone: str
    state: str
    alias: str
    numbers: str


@dataclass(frozen=True)
class Person:
    """A customer, their store, and the words with which they join it."""

    phone: str
    store: str
    hello: str


# On the American mainland, around the Pacific and in Europe: at any hour it is day at one of them.
# The numbers are those that each country keeps free for fiction, or close to them.
_SHOPS: tuple[tuple[Store, ...], ...] = (
    (
        Store("DOWNTOWN", "Downtown", "America/Chicago", "IL", "LOOP", "+1312555"),
        Store("UPTOWN", "Uptown", "America/Chicago", "IL", "LAWRENCE", "+1773555"),
        Store("DENVER", "Denver", "America/Denver", "CO", "LODO", "+1303555"),
    ),
    (
        Store("WAIKIKI", "Waikiki", "Pacific/Honolulu", "HI", "BEACH", "+1808555"),
        Store("KAILUA", "Kailua", "Pacific/Honolulu", "HI", "WINDWARD", "+1808556"),
        Store("JUNEAU", "Juneau", "America/Juneau", "AK", "HARBOR", "+1907555"),
    ),
    (
        Store("TUMON", "Tumon", "Pacific/Guam", "GU", "BAYSIDE", "+1671555"),
        Store("HAGATNA", "Hagatna", "Pacific/Guam", "GU", "PLAZA", "+1671556"),
        Store("SAIPAN", "Saipan", "Pacific/Saipan", "MP", "GARAPAN", "+1670555"),
    ),
    (
        Store("SOHO", "Soho", "Europe/London", "", "CARNABY", "+44207946"),
        Store("LEEDS", "Leeds", "Europe/London", "", "BRIGGATE", "+44113496"),
        Store("PARIS", "Paris", "Europe/Paris", "", "MARAIS", "+3319900"),
    ),
)


def stores_open_at(now: datetime) -> tuple[Store, ...]:
    """Three stores in whose zones it is day at `now` (aware)."""
    return next(stores for stores in _SHOPS if all(_is_day(store, now) for store in stores))


def customers(stores: Sequence[Store], chance: random.Random) -> list[Person]:
    """The customers of all stores, who join in as many ways as people do."""
    return [person for store in stores for person in _customers_of(store, chance)]


def strangers(stores: Sequence[Store], count: int) -> list[str]:
    """Numbers that have never joined, in the neighbourhood of the first store."""
    start = _FIRST_NUMBER + PEOPLE_A_STORE
    return [f"{stores[0].numbers}{number:04d}" for number in range(start, start + count)]


def _customers_of(store: Store, chance: random.Random) -> Iterator[Person]:
    for number in range(_FIRST_NUMBER, _FIRST_NUMBER + PEOPLE_A_STORE):
        yield Person(f"{store.numbers}{number:04d}", store.code, chance.choice(_hellos(store)))


def _hellos(store: Store) -> tuple[str, ...]:
    """The sign says JOIN and the code; this is what people make of it."""
    code, half = store.code, len(store.code) // 2
    return (
        f"JOIN {code}",
        f"JOIN {code}",
        f"Join {code.title()}",
        f"join {code.lower()} ",
        f"JOIN {code} please!",
        f"join: {code[:half].lower()}-{code[half:].lower()}!",
        f"Join the {code.lower()} store pls",
        f"JOIN {store.alias}",
        f"“Join {code.title()}”",
        f"join {code[:half].lower()}{code[half + 1 :].lower()}",  # one letter short
    )


def _is_day(store: Store, now: datetime) -> bool:
    return _FIRST_HOUR <= now.astimezone(ZoneInfo(store.timezone)).hour < _LAST_HOUR
