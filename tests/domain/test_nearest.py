"""A ZIP code means the nearest store, where that is beyond doubt."""

import subprocess
import sys
from dataclasses import replace

import pytest
import zipcodes

from sayso.domain import zip_rows
from sayso.domain.catalog import Location
from sayso.domain.nearest import Found, near, point_of, points_of
from sayso.domain.places import MILLION, Point, miles_between
from tests.support.bluebird import DENVER, DOWNTOWN, UPTOWN
from tests.support.repository import ROOT

TABLE = ROOT / "functions" / "sayso" / "domain" / "zip_table.py"
LOOP = replace(DOWNTOWN, zip="60602")
NORTH = replace(UPTOWN, zip="60657")
LODO = replace(DENVER, zip="80202")
STORES = (LOOP, NORTH, LODO)


def test_the_table_is_what_the_library_says_today() -> None:
    program = (
        "import runpy; made = runpy.run_path('scripts/zip_table.py')\n"
        "import zlib, base64; from sayso.domain import zip_table\n"
        "space = {}; exec(made['table'](), space)\n"
        "unpacked = [zlib.decompress(base64.b64decode(one)) for one in"
        " (space['PACKED'], zip_table.PACKED)]\n"
        "assert space['STATES'] == zip_table.STATES and unpacked[0] == unpacked[1]\n"
        "assert space['__doc__'] == zip_table.__doc__\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert done.returncode == 0, f"run scripts/zip_table.py\n{done.stderr}"


def test_the_table_stays_small() -> None:
    assert TABLE.stat().st_size < 160_000


@pytest.mark.parametrize(
    ("code", "state", "degrees"),
    [
        ("60614", "IL", (41.92, -87.65)),
        ("00501", "NY", (40.82, -73.05)),  # Holtsville: the lowest there is
        ("99950", "AK", (55.34, -131.65)),  # Ketchikan: the highest
        ("00601", "PR", (18.20, -66.74)),
        ("96910", "GU", (13.48, 144.75)),
    ],
)
def test_a_zip_code_has_its_state_and_place(
    code: str, state: str, degrees: tuple[float, float]
) -> None:
    assert zip_rows.state_of(code) == state
    assert zip_rows.point_of(code) == Point(*(round(one * MILLION) for one in degrees))


@pytest.mark.parametrize("code", ["09001", "34001", "96201", "96960"])
def test_a_post_office_abroad_is_known_and_nowhere(code: str) -> None:
    assert zip_rows.state_of(code) in ("AE", "AA", "AP", "MH")
    assert zip_rows.point_of(code) is None


@pytest.mark.parametrize("code", ["00000", "00100", "99999", "11111"])
def test_what_is_no_zip_code_is_nowhere(code: str) -> None:
    assert (zip_rows.state_of(code), zip_rows.point_of(code)) == ("", None)


def test_the_points_are_the_librarys() -> None:
    wrong = [
        one["zip_code"]
        for one in zipcodes.list_all()  # type: ignore[no-untyped-call]
        if (point := zip_rows.point_of(one["zip_code"]))
        and not (
            abs(point.latitude - float(one["lat"]) * MILLION) <= 5_001
            and abs(point.longitude - float(one["long"]) * MILLION) <= 5_001
        )
    ]
    assert wrong == []
    assert sum(bool(zip_rows.point_of(f"{code:05d}")) for code in range(100_000)) > 41_000


def test_a_distance_is_that_of_the_map() -> None:
    chicago, denver = Point(41_880_000, -87_630_000), Point(39_740_000, -104_990_000)
    assert miles_between(chicago, denver) == pytest.approx(919, abs=3)
    assert miles_between(chicago, chicago) == 0
    across = Point(0, 179_900_000), Point(0, -179_900_000)
    assert miles_between(*across) == pytest.approx(13.8, abs=0.1)


@pytest.mark.parametrize(
    ("code", "store"), [("60614", NORTH), ("60607", LOOP), ("80014", LODO), ("53158", NORTH)]
)
def test_the_nearest_store_in_reach_is_meant(code: str, store: Location) -> None:
    found = near(code, STORES)
    assert (found.found, found.store, found.zip) == (Found.NEAREST, store, code)


def test_out_of_reach_the_nearest_are_offered_first() -> None:
    found = near("68102", STORES)  # Omaha
    assert (found.found, found.store) == (Found.NONE_NEAR, None)
    assert found.stores == (NORTH, LOOP, LODO)
    assert near("00501", STORES).found is Found.NONE_NEAR


def test_two_stores_as_near_as_each_other_are_offered_both() -> None:
    beside = replace(DENVER, code="LARIMER", zip="80202")
    found = near("80014", (*STORES, beside))
    assert (found.found, found.store, found.stores) == (Found.SEVERAL, None, (LODO, beside))


def test_nothing_is_claimed_of_stores_whose_place_nobody_entered() -> None:
    found = near("60614", (DOWNTOWN, LODO))
    assert (found.found, found.stores) == (Found.UNCLEAR, (LODO, DOWNTOWN))
    assert near("60614", (DOWNTOWN, NORTH)).store == NORTH


@pytest.mark.parametrize("code", ["09001", "96201"])
def test_a_soldiers_zip_code_leaves_the_choice_and_is_kept(code: str) -> None:
    found = near(code, STORES)
    assert (found.found, found.stores, found.zip) == (Found.UNCLEAR, STORES, code)


@pytest.mark.parametrize("code", ["00000", "99999"])
def test_what_is_no_zip_code_is_not_kept(code: str) -> None:
    found = near(code, STORES)
    assert (found.found, found.stores, found.zip) == (Found.NO_ZIP, STORES, "")


def test_a_point_that_was_entered_goes_before_that_of_the_zip_code() -> None:
    there = replace(LOOP, latitude=39_740_000, longitude=-104_990_000)
    assert point_of(there) == Point(39_740_000, -104_990_000)
    assert points_of([LOOP, UPTOWN]) == {"DOWNTOWN": zip_rows.point_of("60602")}
