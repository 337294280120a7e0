"""Where ZIP codes are: the rows of zip_table, unpacked as they are asked for. Pure.

Unpacked, the table holds one mark for each of the 100,000 codes that five digits can spell: 0 where
there is no such ZIP code, else the number of its state, counted from 1, and NO_POINT on top where
it has none. Then come the points of those that have one, in the order of the codes, as four planes
of bytes: the high and low halves of the steps to the north, and of those to the east. Each step
leads from the point before within the same UNIT of codes, the first one from the south pole and the
date line; they count hundredths of a degree, modulo 65,536. So a lookup adds up a hundred at most.

The table costs some milliseconds: it is loaded when a first ZIP code is looked up.
"""

import zlib
from base64 import b64decode
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import accumulate

from sayso.domain.places import MILLION, Point

CODES = 100_000
_DIGITS = 5
UNIT = 100  # codes that have their first three digits in common
HUNDREDTHS = 100
NO_POINT = 128
_WITHOUT = bytes([0, *range(NO_POINT, 256)])
_STEP = MILLION // HUNDREDTHS


def state_of(code: str) -> str:
    """The state, territory or armed forces' region of a ZIP code; "" where there is none."""
    from sayso.domain.zip_table import STATES  # noqa: PLC0415

    mark = _unpacked()[int(code)] & ~NO_POINT
    return STATES.split()[mark - 1] if mark else ""


@lru_cache(maxsize=4096)
def point_of(code: str) -> Point | None:
    """The middle of a ZIP code, to half a mile; None where it has none, or does not exist."""
    table, number = _unpacked(), int(code)
    if not 0 < table[number] < NO_POINT:
        return None
    first = number - number % UNIT
    start = len(table[:first].translate(None, _WITHOUT))
    count = len(table[first : number + 1].translate(None, _WITHOUT))
    north, east = (_summed(half, start, count) for half in (0, 2))
    return Point(north * _STEP - 90 * MILLION, east * _STEP - 180 * MILLION)


def place_of(words: str) -> Point | None:
    """The middle of the ZIP code that the words are; None where they are none."""
    is_code = len(words) == _DIGITS and words.isascii() and words.isdigit()
    return point_of(words) if is_code else None


def _summed(plane: int, start: int, count: int) -> int:
    """Where so many steps lead."""
    *_, last = accumulate(_steps(plane, start, count))
    return last & 0xFFFF


def _steps(plane: int, start: int, count: int) -> Iterator[int]:
    table = _unpacked()
    length = (len(table) - CODES) // 4
    high = CODES + plane * length + start
    low = high + length
    for a, b in zip(table[high : high + count], table[low : low + count], strict=True):
        yield a << 8 | b


@cache
def _unpacked() -> bytes:
    from sayso.domain.zip_table import PACKED  # noqa: PLC0415

    return zlib.decompress(b64decode(PACKED))
