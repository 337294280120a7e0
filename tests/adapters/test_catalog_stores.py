"""What every CatalogStore does: the one on the table and the fake of the use cases' tests."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from sayso.adapters.dynamodb.catalog import DynamoCatalog
from sayso.domain.catalog import Caps, Catalog, Location, OptIn, Staff
from sayso.services.ports.catalog import CatalogChanged, CatalogStore
from tests.fakes.catalog import FakeCatalog
from tests.support.bluebird import COFFEE, DENVER, DOWNTOWN, HOURS, PROGRAM, UPTOWN
from tests.support.table import TABLE, mocked_table


@pytest.fixture(params=["fake", "dynamodb"])
def store(request: pytest.FixtureRequest) -> Iterator[CatalogStore]:
    if request.param == "fake":
        yield FakeCatalog()
        return
    with mocked_table() as client:
        yield DynamoCatalog(client, TABLE)


def test_a_shop_that_nobody_has_set_up_has_an_empty_catalog(store: CatalogStore) -> None:
    assert store.load() == Catalog(program=None)


def test_what_was_put_is_loaded_whole(store: CatalogStore) -> None:
    careful = replace(PROGRAM, opt_in=OptIn.DOUBLE, caps=Caps(2, 5, 9), terms_url="https://b.ex/t")

    store.put_location(DOWNTOWN, store.load())
    store.put_program(careful, store.load())
    store.put_keyword(COFFEE, store.load())
    store.put_keyword(HOURS, store.load())

    catalog = store.load()
    assert catalog.program == careful
    assert catalog.locations == (DOWNTOWN,)
    assert sorted(catalog.keywords, key=lambda one: one.word) == [COFFEE, HOURS]
    assert catalog.revision == 4


def test_locations_may_come_before_the_program(store: CatalogStore) -> None:
    store.put_location(DENVER, store.load())

    assert store.load().program is None
    assert store.load().locations == (DENVER,)


def test_a_second_put_replaces_the_first_and_forgets_what_it_held(store: CatalogStore) -> None:
    store.put_location(DOWNTOWN, store.load())
    bare = Location("DOWNTOWN", "Old Town", "America/Chicago")
    store.put_location(bare, store.load())

    assert store.load().locations == (bare,)


def test_a_location_keeps_its_place_and_hours(store: CatalogStore) -> None:
    there = replace(
        DOWNTOWN,
        address="17 E Monroe St, Chicago",
        latitude=41_880_700,
        longitude=-87_626_600,
        hours=((0, 480, 1080), (4, 1080, 1560)),
        holidays=(("2026-12-24", ((540, 840),)), ("2026-12-25", ())),
    )
    store.put_location(there, store.load())

    assert store.load().locations == (there,)
    assert hash(store.load().locations)


def test_a_changed_program_keeps_locations_and_keywords(store: CatalogStore) -> None:
    store.put_location(DOWNTOWN, store.load())
    store.put_keyword(COFFEE, store.load())
    store.put_program(PROGRAM, store.load())
    store.put_program(replace(PROGRAM, name="Bluebird"), store.load())

    catalog = store.load()
    assert catalog.program == replace(PROGRAM, name="Bluebird")
    assert (catalog.locations, catalog.keywords) == ((DOWNTOWN,), (COFFEE,))


def test_what_was_deleted_is_gone_and_the_rest_stays(store: CatalogStore) -> None:
    for location in (DOWNTOWN, UPTOWN):
        store.put_location(location, store.load())
    for keyword in (COFFEE, HOURS):
        store.put_keyword(keyword, store.load())

    store.delete_location("DOWNTOWN", store.load())
    store.delete_keyword("HOURS", store.load())

    catalog = store.load()
    assert (catalog.locations, catalog.keywords) == ((UPTOWN,), (COFFEE,))


def test_each_write_raises_the_revision(store: CatalogStore) -> None:
    store.put_program(PROGRAM, store.load())
    store.put_location(DOWNTOWN, store.load())
    store.put_keyword(COFFEE, store.load())
    store.delete_keyword("COFFEE", store.load())
    store.delete_location("DOWNTOWN", store.load())

    assert store.load().revision == 5


@pytest.mark.parametrize(
    "write",
    [
        lambda store, read: store.put_program(PROGRAM, read),
        lambda store, read: store.put_location(UPTOWN, read),
        lambda store, read: store.delete_location("DOWNTOWN", read),
        lambda store, read: store.put_keyword(COFFEE, read),
        lambda store, read: store.delete_keyword("HOURS", read),
    ],
)
def test_no_write_happens_when_the_catalog_has_changed(store: CatalogStore, write: object) -> None:
    assert callable(write)
    store.put_location(DOWNTOWN, store.load())
    store.put_keyword(HOURS, store.load())
    read = store.load()
    store.put_location(DENVER, read)
    before = store.load()

    with pytest.raises(CatalogChanged):
        write(store, read)

    assert store.load() == before


def test_the_first_write_of_all_loses_too_if_another_was_quicker(store: CatalogStore) -> None:
    read = store.load()
    store.put_location(DOWNTOWN, read)

    with pytest.raises(CatalogChanged):
        store.put_program(PROGRAM, read)

    assert store.load().program is None


def test_of_many_writers_that_read_the_same_catalog_exactly_one_wins(store: CatalogStore) -> None:
    read = store.load()

    def put(number: int) -> bool:
        try:
            store.put_location(Location(f"STORE{number}", "Store", "UTC"), read)
        except CatalogChanged:
            return False
        return True

    # One after the other: moto's transactions are not atomic between threads, DynamoDB's are.
    assert [put(number) for number in range(4)] == [True, False, False, False]
    assert [one.code for one in store.load().locations] == ["STORE0"]


def test_a_catalog_of_several_query_pages_is_read_whole() -> None:
    with mocked_table() as client:
        store = DynamoCatalog(client, TABLE)
        # Four of these fill more than the megabyte that one query returns.
        for number in range(4):
            long = Location(f"STORE{number}", "x" * 300_000, "UTC")
            store.put_location(long, store.load())

        assert len(store.load().locations) == 4


def test_staff_come_and_go(store: CatalogStore) -> None:
    store.put_staff(Staff("+13125550155", "Mia"), store.load())
    store.put_staff(Staff("+13125550155", "Mia", "DOWNTOWN", "sealed"), store.load())

    assert store.load().staff_member("+13125550155") == Staff(
        "+13125550155", "Mia", "DOWNTOWN", "sealed"
    )

    store.delete_staff("+13125550155", store.load())

    assert store.load().staff == ()
