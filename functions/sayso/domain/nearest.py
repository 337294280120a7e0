"""Which store a ZIP code means: the nearest one, where that is beyond doubt. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sayso.domain import zip_rows
from sayso.domain.catalog import Location
from sayso.domain.places import Point, miles_between

# Farther than most people go for an everyday purchase: who means that store can name it.
REACH_MILES = 50
# A ZIP code is an area, and here a point: two stores so nearly as far may be either way around.
MARGIN_MILES = 0.5


class Found(StrEnum):
    """What became of the search for the nearest store."""

    NEAREST = "nearest"
    SEVERAL = "several"  # as near as each other
    NONE_NEAR = "none near"
    UNCLEAR = "unclear"  # nobody knows where the ZIP code, or a store, is
    NO_ZIP = "no ZIP code"


@dataclass(frozen=True, slots=True)
class Nearby:
    """What a ZIP code means. `stores` is the nearest one, or those to choose from, nearest first.

    `zip` is "" where there is no such ZIP code; `said` is what the customer wrote.
    """

    said: str
    found: Found
    stores: tuple[Location, ...]

    @property
    def zip(self) -> str:
        return "" if self.found is Found.NO_ZIP else self.said

    @property
    def store(self) -> Location | None:
        return self.stores[0] if self.found is Found.NEAREST else None


def near(code: str, locations: Sequence[Location]) -> Nearby:
    """What these five digits mean among the shop's locations."""
    if not zip_rows.state_of(code):
        return Nearby(code, Found.NO_ZIP, tuple(locations))
    here = zip_rows.point_of(code)
    if here is None:
        return Nearby(code, Found.UNCLEAR, tuple(locations))
    miles = {one: miles_between(here, at) for one in locations if (at := point_of(one))}
    ordered = sorted(miles, key=miles.__getitem__)
    close = [one for one in ordered if miles[one] <= REACH_MILES]
    if not close:
        others = tuple(one for one in locations if one not in miles)
        return Nearby(code, Found.UNCLEAR if others else Found.NONE_NEAR, (*ordered, *others))
    alike = tuple(one for one in close if miles[one] - miles[close[0]] < MARGIN_MILES)
    return Nearby(code, Found.SEVERAL if alike[1:] else Found.NEAREST, alike)


def point_of(location: Location) -> Point | None:
    """Where the store is: as entered, or else the middle of its ZIP code."""
    if location.latitude is not None and location.longitude is not None:
        return Point(location.latitude, location.longitude)
    return zip_rows.place_of(location.zip)


def points_of(locations: Iterable[Location]) -> dict[str, Point]:
    """The points of those whose place is known, by code."""
    return {one.code: point for one in locations if (point := point_of(one))}
