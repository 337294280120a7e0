"""A chain with a store in every time zone of the United States, and its customers' area codes.

Each store's area code lies in one zone and one state, so that the observer needs no tables of the
product's to know what time it is there.
"""

from typing import NamedTuple

from sayso.domain.catalog import Caps, Catalog, Keyword, KeywordAction, Location, Program

NUMBER = "80808"


class Store(NamedTuple):
    """One place: its area code, its code, IANA zone and state."""

    area: str
    code: str
    zone: str
    state: str


STORES = tuple(
    sorted(
        Store(*line.split())
        for line in """
        203 NEWHAVEN America/New_York CT
        205 BIRMINGHAM America/Chicago AL
        206 SEATTLE America/Los_Angeles WA
        207 PORTLAND America/New_York ME
        212 MIDTOWN America/New_York NY
        213 SUNSET America/Los_Angeles CA
        214 DALLAS America/Chicago TX
        303 DENVER America/Denver CO
        305 MIAMI America/New_York FL
        312 CHICAGO America/Chicago IL
        401 PROVIDENCE America/New_York RI
        404 ATLANTA America/New_York GA
        410 BALTIMORE America/New_York MD
        415 MISSION America/Los_Angeles CA
        504 NEWORLEANS America/Chicago LA
        505 SANTAFE America/Denver NM
        602 PHOENIX America/Phoenix AZ
        612 LAKESIDE America/Chicago MN
        615 NASHVILLE America/Chicago TN
        617 BOSTON America/New_York MA
        702 VEGAS America/Los_Angeles NV
        787 SANJUAN America/Puerto_Rico PR
        808 WAIKIKI Pacific/Honolulu HI
        907 ANCHORAGE America/Anchorage AK
        """.strip().splitlines()
    )
)
CAPS = Caps(per_day=2, per_week=3, per_month=10)
PROGRAM = Program(
    name="Bluebird Coffee",
    help_contact="hello@bluebird.example",
    frequency="up to 3 msgs/week",
    timezone="America/New_York",
    caps=CAPS,
)
CATALOG = Catalog(
    PROGRAM,
    tuple(
        Location(one.code, f"Bluebird {one.code.title()}", one.zone, one.state) for one in STORES
    ),
    (
        Keyword("COFFEE", channel="window sign"),
        Keyword("BREW", channel="receipt"),
        Keyword("HOURS", KeywordAction.REPLY, reply="Open 7am-6pm every day."),
    ),
    revision=1,
)
