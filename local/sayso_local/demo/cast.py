"""Who plays: three stores somewhere where it is daytime, one where it is night, their customers."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sayso.domain.window import WindowDecision, decide_window

PEOPLE_A_STORE = 72
SLEEPERS = 5
# An opening that ends sooner, or begins sooner, may do so in the middle of the play.
_LONG_ENOUGH = timedelta(minutes=30)


@dataclass(frozen=True)
class Store:
    """A location of the demo's shop; `numbers` begins its customers' numbers, of three digits more.

    Those of its first customer are `first`. `zip` is "" where there are none.
    """

    code: str
    name: str
    timezone: str
    state: str
    alias: str
    numbers: str
    first: int = 100
    zip: str = ""

    def phone(self, index: int) -> str:
        """The number of its customer `index`, from 0 on."""
        return f"{self.numbers}{self.first + index:03d}"

    def window(self, now: datetime) -> WindowDecision:
        """When its customers may get marketing, from `now` (aware) on."""
        return decide_window(self.phone(0), now, self.timezone, self.state)


@dataclass(frozen=True)
class Person:
    """A customer, their store, and the words with which they join it."""

    phone: str
    store: str
    hello: str


# On the American mainland, around the Pacific and in Europe: at any hour it is day at one of them.
# No number is anybody's: exchange 555 is for fiction in America, as are 07700 900 in Britain
# (Ofcom) and 06 39 98 in France (Arcep); as of 2026-11.
_SHOPS: tuple[tuple[Store, ...], ...] = (
    (
        Store("DOWNTOWN", "Downtown", "America/Chicago", "IL", "LOOP", "+13125550", zip="60602"),
        Store("UPTOWN", "Uptown", "America/Chicago", "IL", "LAWRENCE", "+17735550", zip="60640"),
        Store("DENVER", "Denver", "America/Denver", "CO", "LODO", "+13035550", zip="80202"),
    ),
    (
        Store("WAIKIKI", "Waikiki", "Pacific/Honolulu", "HI", "BEACH", "+18085550", zip="96815"),
        Store("KAILUA", "Kailua", "Pacific/Honolulu", "HI", "WINDWARD", "+18085550", 300, "96734"),
        Store("JUNEAU", "Juneau", "America/Juneau", "AK", "HARBOR", "+19075550", zip="99801"),
    ),
    (
        Store("TUMON", "Tumon", "Pacific/Guam", "GU", "BAYSIDE", "+16715550", zip="96913"),
        Store("HAGATNA", "Hagatna", "Pacific/Guam", "GU", "PLAZA", "+16715550", 300, "96910"),
        Store("SAIPAN", "Saipan", "Pacific/Saipan", "MP", "GARAPAN", "+16705550", zip="96950"),
    ),
    (
        Store("SOHO", "Soho", "Europe/London", "", "CARNABY", "+447700900"),
        Store("LEEDS", "Leeds", "Europe/London", "", "BRIGGATE", "+447700900", 300),
        Store("PARIS", "Paris", "Europe/Paris", "", "MARAIS", "+33639980"),
    ),
)
# Far enough from each other that at any hour it is night at one of them. Where American law holds
# comes first: its hours have a citation.
_ELSEWHERE: tuple[Store, ...] = (
    _SHOPS[1][0],
    Store("HARLEM", "Harlem", "America/New_York", "NY", "LENOX", "+12125550", zip="10027"),
    _SHOPS[2][0],
    _SHOPS[3][0],
)


def stores_open_at(now: datetime) -> tuple[Store, ...]:
    """Three stores whose customers may all be texted at `now` (aware), and for a while yet."""
    return next(stores for stores in _SHOPS if all(_is_open(store, now) for store in stores))


def store_closed_at(now: datetime) -> Store:
    """A store whose customers may not be texted at `now` (aware), nor for a while yet."""
    return next(store for store in _ELSEWHERE if _opens_in(store, now) >= _LONG_ENOUGH)


def sleepers(store: Store) -> list[Person]:
    """Customers of a store that is closed, none of whom plays another part."""
    start = 2 * PEOPLE_A_STORE
    return [
        Person(store.phone(index), store.code, f"JOIN {store.code}")
        for index in range(start, start + SLEEPERS)
    ]


def customers(stores: Sequence[Store], chance: random.Random) -> list[Person]:
    """The customers of all stores, who join in as many ways as people do."""
    return [person for store in stores for person in _customers_of(store, chance)]


def strangers(stores: Sequence[Store], count: int) -> list[str]:
    """Numbers that have never joined, in the neighbourhood of the first store."""
    return [stores[0].phone(index) for index in range(PEOPLE_A_STORE, PEOPLE_A_STORE + count)]


def _customers_of(store: Store, chance: random.Random) -> Iterator[Person]:
    for index in range(PEOPLE_A_STORE):
        yield Person(store.phone(index), store.code, chance.choice(_hellos(store)))


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


def _is_open(store: Store, now: datetime) -> bool:
    window = store.window(now)
    return window.allowed and window.closes is not None and window.closes - now >= _LONG_ENOUGH


def _opens_in(store: Store, now: datetime) -> timedelta:
    opens = store.window(now).next
    return opens - now if opens else timedelta()
