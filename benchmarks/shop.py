"""The shop whose customers text in the benchmarks, as the table holds it."""

from dataclasses import asdict

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.items import Item, to_item
from sayso.domain.catalog import Catalog, Keyword, Location, Program

TABLE = "sayso"
NUMBER = "80808"
JOIN = "JOIN DOWNTOWN"

# Each kind in the order of its sort keys, as a query returns them.
CATALOG = Catalog(
    program=Program(
        name="Bluebird Coffee",
        help_contact="hello@bluebird.example",
        frequency="up to 4 msgs/month",
        terms_url="https://bluebird.example/terms",
        privacy_url="https://bluebird.example/privacy",
        timezone="America/Chicago",
    ),
    locations=(
        Location("DENVER", "Bluebird Denver", "America/Denver", "CO", "80202", ("LODO",)),
        Location("DOWNTOWN", "Bluebird Downtown", "America/Chicago", "IL", "60602", ("LOOP",)),
        Location("UPTOWN", "Bluebird Uptown", "America/Chicago", "IL", "60640", ("NORTHSIDE",)),
    ),
    keywords=(
        Keyword("BEANS", location="DENVER", channel="receipt"),
        Keyword("COFFEE", location="DOWNTOWN", channel="window sign"),
    ),
    revision=6,
)


def head_item() -> Item:
    """The catalog's head: the program with its revision."""
    if CATALOG.program is None:
        raise ValueError("the shop of the benchmarks has a program")
    return to_item(keys.program() | asdict(CATALOG.program) | {"revision": CATALOG.revision})


def catalog_items() -> list[Item]:
    """The catalog's whole partition, in the order of its sort keys."""
    locations = [keys.location(one.code) | asdict(one) for one in CATALOG.locations]
    keywords = [keys.keyword(one.word) | asdict(one) for one in CATALOG.keywords]
    items = [head_item(), *map(to_item, [*locations, *keywords])]
    return sorted(items, key=lambda item: str(item["sk"]["S"]))


def phone(number: int) -> str:
    """One of ten million numbers in Chicago."""
    return f"+1312{number % 10_000_000:07d}"
