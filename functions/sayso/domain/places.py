"""Points on the map, and how far apart they are. Pure."""

from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple

MILLION = 1_000_000
# The Earth's mean radius (IUGG), 6371.0088 km.
_EARTH_MILES = 3958.7613


class Point(NamedTuple):
    """A place on the map, in millionths of a degree; north and east are positive."""

    latitude: int
    longitude: int


def miles_between(here: Point, there: Point) -> float:
    """The great-circle distance in statute miles (haversine), as the crow flies."""
    north, other_north = radians(here.latitude / MILLION), radians(there.latitude / MILLION)
    east = radians((there.longitude - here.longitude) / MILLION)
    half = sin((other_north - north) / 2) ** 2
    half += cos(north) * cos(other_north) * sin(east / 2) ** 2
    return 2 * _EARTH_MILES * asin(min(1.0, sqrt(half)))
