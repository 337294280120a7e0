"""An owner announces a file, has it checked and imported, and gets the rows that were refused."""

from dataclasses import replace

import pytest

from sayso.domain.imports.job import ATTESTATION, BYTES_AT_MOST, ImportState, Phase
from sayso.services.imports import NewImport
from sayso.services.ports.queues import NotQueued
from sayso.services.refusals import Busy, Conflict, Invalid, NotFound
from tests.support.bluebird import EMPTY_SHOP, NOON
from tests.support.importing import OWNER, Importing, people
from tests.support.sheets import GOOD

NEW = NewImport("cards.csv", 2048, "Bluebird Coffee", ATTESTATION)


@pytest.fixture
def world() -> Importing:
    return Importing()


def test_an_announced_file_gets_a_place_to_go_to(world: Importing) -> None:
    job, address = world.desk.create(NEW, OWNER, NOON)

    assert (job.state, job.created_by) == (ImportState.AWAITING_FILE, OWNER)
    assert job.attestation == "I have proof of consent for each row"
    assert address.url.endswith("import-1?2048")
    assert world.desk.get(job.id) == job


@pytest.mark.parametrize(
    ("new", "field"),
    [
        (replace(NEW, program="Redbird Tea"), "program"),
        (replace(NEW, attestation="I suppose so"), "attestation"),
        (replace(NEW, bytes=BYTES_AT_MOST + 1), "bytes"),
    ],
)
def test_an_announcement_that_cannot_be_is_refused(
    world: Importing, new: NewImport, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        world.desk.create(new, OWNER, NOON)

    assert [fault.field for fault in refused.value.faults] == [field]
    assert world.store.imports == {}


def test_without_a_program_there_is_nothing_to_consent_to(world: Importing) -> None:
    world.change(EMPTY_SHOP)

    with pytest.raises(Invalid, match="no program is set up"):
        world.desk.create(NEW, OWNER, NOON)


@pytest.mark.parametrize("phase", Phase)
def test_without_its_file_an_import_does_not_start(world: Importing, phase: Phase) -> None:
    job = world.announced()

    with pytest.raises(Conflict, match="has not been uploaded"):
        world.desk.start(job.id, phase, NOON)
    assert world.queue.queued == []


def test_starting_twice_queues_twice_and_changes_nothing(world: Importing) -> None:
    """The message may have got lost: the worker finds by itself that there is nothing to do."""
    import_id = world.started(people(3))
    started = world.desk.get(import_id)

    assert world.desk.start(import_id, Phase.IMPORT, NOON) == started
    assert world.queue.queued == [import_id, import_id]


def test_an_import_in_the_queue_cannot_become_a_check(world: Importing) -> None:
    import_id = world.started(people(3))

    with pytest.raises(Conflict, match="being imported"):
        world.desk.start(import_id, Phase.CHECK, NOON)


def test_what_was_imported_is_not_imported_again(world: Importing) -> None:
    job = world.imported(people(3))

    with pytest.raises(Conflict, match="imported already"):
        world.desk.start(job.id, Phase.IMPORT, NOON)


def test_a_start_that_could_not_be_queued_is_mended_by_another(world: Importing) -> None:
    class Broken:
        def put(self, import_id: str) -> None:
            raise NotQueued("1 message")

    import_id = world.uploaded(people(3))
    broken = replace(world.desk, queue=Broken())
    with pytest.raises(Busy):
        broken.start(import_id, Phase.IMPORT, NOON)

    world.desk.start(import_id, Phase.IMPORT, NOON)

    assert world.queue.queued == [import_id]


def test_the_refused_rows_are_there_at_the_end(world: Importing) -> None:
    import_id = world.started([GOOD | {"phone": ""}])
    with pytest.raises(Conflict, match="still being read"):
        world.desk.refused(import_id, NOON)
    world.work(import_id)

    address, rows = world.desk.refused(import_id, NOON)

    assert (address.url.rpartition("/")[2], rows) == ("refused", 1)


def test_where_no_row_was_refused_there_is_no_list(world: Importing) -> None:
    job = world.imported(people(3))

    with pytest.raises(NotFound, match="no row"):
        world.desk.refused(job.id, NOON)


def test_a_list_expires_with_its_file(world: Importing) -> None:
    job = world.imported([GOOD | {"phone": ""}])
    world.files.lists.clear()

    with pytest.raises(NotFound, match="kept for 30 days"):
        world.desk.refused(job.id, NOON)


def test_imports_are_listed_newest_first(world: Importing) -> None:
    ids = [world.announced().id for _ in range(3)]

    page = world.desk.page(2)
    rest = world.desk.page(2, page.position)

    assert [job.id for job in (*page.imports, *rest.imports)] == ids[::-1]
    assert rest.position == ""


def test_an_import_that_does_not_exist_is_not_found(world: Importing) -> None:
    with pytest.raises(NotFound):
        world.desk.get("nowhere")
