"""Setting the shop up: the program, its locations and its keywords."""

from dataclasses import replace

import pytest

from sayso.domain.catalog import Catalog, Keyword, KeywordAction, Location
from sayso.domain.contact import Contact, Status
from sayso.services.keywords import KeywordDesk
from sayso.services.locations import LocationDesk
from sayso.services.program import ProgramDesk
from sayso.services.refusals import Busy, Conflict, Invalid, NotFound
from tests.fakes.catalog import FakeCatalog
from tests.fakes.subscribers import FakeSubscribers
from tests.support.bluebird import ANA, BREW, COFFEE, DENVER, DOWNTOWN, HOURS, PROGRAM, SHOP, UPTOWN


class Contested(FakeCatalog):
    """A store where somebody else writes between each of our first `times` reads and writes."""

    def __init__(self, catalog: Catalog, times: int, theirs: Location) -> None:
        super().__init__(catalog)
        self.times = times
        self.theirs = theirs

    def load(self) -> Catalog:
        read = super().load()
        if self.times:
            self.times -= 1
            self.put_location(replace(self.theirs, zip=f"6060{self.times}"), read)
        return read


def test_a_program_is_new_once() -> None:
    desk = ProgramDesk(FakeCatalog())

    assert desk.put(PROGRAM) is True
    assert desk.put(replace(PROGRAM, name="Bluebird")) is False
    assert desk.get().name == "Bluebird"


def test_before_it_is_set_up_there_is_no_program() -> None:
    with pytest.raises(NotFound, match="PUT /admin/program"):
        ProgramDesk(FakeCatalog()).get()


def test_a_wrong_program_is_not_stored() -> None:
    store = FakeCatalog(SHOP)

    with pytest.raises(Invalid, match="timezone"):
        ProgramDesk(store).put(replace(PROGRAM, timezone="Chicago"))

    assert store.catalog == SHOP


def test_putting_what_stands_there_already_writes_nothing() -> None:
    store = FakeCatalog(SHOP)

    assert ProgramDesk(store).put(PROGRAM) is False
    assert LocationDesk(store, FakeSubscribers()).put(DENVER) is False
    assert KeywordDesk(store).put(COFFEE) is False

    assert store.writes == 0


def test_locations_and_keywords_are_listed_in_order() -> None:
    store = FakeCatalog(SHOP)

    assert LocationDesk(store, FakeSubscribers()).all() == [DENVER, DOWNTOWN, UPTOWN]
    assert KeywordDesk(store).all() == [BREW, COFFEE, HOURS]


def test_a_location_that_clashes_is_not_stored() -> None:
    store = FakeCatalog(SHOP)

    with pytest.raises(Invalid, match="already means the location DOWNTOWN"):
        LocationDesk(store, FakeSubscribers()).put(Location("WEST", "Loop", "America/Chicago"))

    assert store.catalog == SHOP


def test_a_location_that_a_keyword_stands_for_stays() -> None:
    store = FakeCatalog(SHOP)

    with pytest.raises(Conflict, match="COFFEE"):
        LocationDesk(store, FakeSubscribers()).delete("DOWNTOWN")

    assert store.catalog == SHOP


def test_a_location_with_subscribers_stays() -> None:
    store = FakeCatalog(SHOP)
    ana = Contact(ANA, Status.SUBSCRIBED, revision=1, location="UPTOWN")

    with pytest.raises(Conflict, match="subscribers"):
        LocationDesk(store, FakeSubscribers([ana])).delete("UPTOWN")

    assert store.catalog == SHOP


def test_a_location_that_nobody_refers_to_can_go() -> None:
    store = FakeCatalog(SHOP)
    ana = Contact(ANA, Status.OPTED_OUT, revision=2, location="UPTOWN")

    LocationDesk(store, FakeSubscribers([ana])).delete("UPTOWN")

    assert store.catalog.locations == (DOWNTOWN, DENVER)


def test_what_is_not_there_cannot_be_looked_at_or_removed() -> None:
    store = FakeCatalog(SHOP)
    locations, keywords = LocationDesk(store, FakeSubscribers()), KeywordDesk(store)

    for look in (locations.get, locations.delete, keywords.get, keywords.delete):
        with pytest.raises(NotFound, match="MOON"):
            look("MOON")

    assert store.catalog == SHOP


def test_a_reserved_keyword_is_not_stored() -> None:
    store = FakeCatalog(SHOP)

    with pytest.raises(Invalid, match="reserved"):
        KeywordDesk(store).put(Keyword("STOP", KeywordAction.REPLY, reply="Are you sure?"))

    assert store.catalog == SHOP


def test_a_keyword_is_found_and_removed_in_any_spelling() -> None:
    store = FakeCatalog(SHOP)
    desk = KeywordDesk(store)

    assert desk.get("hours") == HOURS
    desk.delete("hours")

    assert store.catalog.keywords == (COFFEE, BREW)


def test_a_write_that_met_another_is_judged_again_by_what_that_one_left() -> None:
    # Somebody adds a store with the alias that we are about to give another store.
    theirs = Location("WEST", "West Loop", "America/Chicago", aliases=("bakery",))
    store = Contested(SHOP, times=1, theirs=theirs)
    ours = Location("EAST", "East Side", "America/Chicago", aliases=("bakery",))

    with pytest.raises(Invalid, match="already means the location WEST"):
        LocationDesk(store, FakeSubscribers()).put(ours)


def test_a_write_that_met_another_which_does_not_matter_goes_through() -> None:
    store = Contested(SHOP, times=2, theirs=Location("WEST", "West", "America/Chicago"))

    assert KeywordDesk(store).put(Keyword("BAGEL")) is True
    assert store.catalog.keyword("BAGEL") == Keyword("BAGEL")


def test_a_write_that_always_meets_others_gives_up_and_says_so() -> None:
    store = Contested(SHOP, times=99, theirs=Location("WEST", "West", "America/Chicago"))

    with pytest.raises(Busy):
        KeywordDesk(store).put(Keyword("BAGEL"))

    assert store.catalog.keyword("BAGEL") is None
