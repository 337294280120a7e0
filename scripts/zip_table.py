"""Write functions/sayso/domain/zip_table.py: the state and the place of each ZIP code.

The source is the `zipcodes` library (MIT), whose points are those of GeoNames (CC BY 4.0) and whose
list is completed by the USPS. Run it again when the library has moved: a test fails until then.

Of what it knows only states and points are kept, to a hundredth of a degree, about half a mile: no
farther off than a point can stand for a whole ZIP code. Military post offices and those of other
countries have none.
"""

from __future__ import annotations

import textwrap
import zlib
from base64 import b64encode
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import zipcodes

from sayso.domain.states import STATES
from sayso.domain.zip_rows import CODES, HUNDREDTHS, NO_POINT, UNIT

TARGET = Path(__file__).resolve().parents[1] / "functions" / "sayso" / "domain" / "zip_table.py"
_HEADER = '''"""The state and the place of each ZIP code; written by scripts/zip_table.py.

Source: zipcodes {version}; places: GeoNames (geonames.org), CC BY 4.0, rounded. The layout is told
in sayso.domain.zip_rows.
"""
'''


class Row(NamedTuple):
    """One ZIP code; its point in hundredths of a degree from the south pole and the date line."""

    code: int
    state: str
    point: tuple[int, int] | None


def table() -> str:
    """The module's text."""
    rows = sorted(_rows())
    states = sorted({row.state for row in rows})
    packed = b64encode(zlib.compress(_planes(rows, states), 9)).decode()
    return "\n".join(
        [
            _HEADER.format(version=zipcodes.__version__),
            _constant("STATES", " ".join(states)),
            _constant("PACKED", packed),
        ]
    )


def _rows() -> Iterator[Row]:
    for one in zipcodes.list_all():  # type: ignore[no-untyped-call]
        north, east = float(one["lat"] or 0), float(one["long"] or 0)
        has_point = one["state"] in STATES and (north or east)
        point = _hundredths(north, 90), _hundredths(east, 180)
        yield Row(int(one["zip_code"]), one["state"], point if has_point else None)


def _hundredths(degrees: float, least: int) -> int:
    return round((degrees + least) * HUNDREDTHS)


def _planes(rows: list[Row], states: list[str]) -> bytes:
    """Alike beside alike: zlib makes the least of it then."""
    marks = bytearray(CODES)
    for row in rows:
        marks[row.code] = states.index(row.state) + 1 + (0 if row.point else NO_POINT)
    steps = [*_steps(rows)]
    halves = [
        bytes(step[axis] >> shift & 255 for step in steps) for axis in (0, 1) for shift in (8, 0)
    ]
    return bytes(marks) + b"".join(halves)


def _steps(rows: list[Row]) -> Iterator[tuple[int, int]]:
    """From each point to the next of the same unit, in 16 bits that wrap around."""
    for _, unit in groupby(rows, lambda row: row.code // UNIT):
        north = east = 0
        for row in unit:
            if row.point:
                yield (row.point[0] - north) & 0xFFFF, (row.point[1] - east) & 0xFFFF
                north, east = row.point


def _constant(name: str, text: str) -> str:
    body = "\n".join(textwrap.wrap(text, 99))
    return f'{name} = """\\\n{body}\n"""\n'


def main() -> None:
    TARGET.write_text(table())


if __name__ == "__main__":
    main()
