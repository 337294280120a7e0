"""A file of subscribers is read to its end, whatever happens on the way."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from sayso.domain.contact import Contact, Status
from sayso.domain.imports.consent import Entering, Standing
from sayso.domain.imports.job import ImportState, Phase
from sayso.domain.imports.rows import Reason
from sayso.services import import_windows
from sayso.services.entering import TooBusy
from sayso.services.importing import ImportedElsewhere, Outcome
from tests.fakes.imports import FakeEntrants
from tests.support.bluebird import ANA, BEN, CHLOE, NOON, PROGRAM, SHOP
from tests.support.importing import Importing, people
from tests.support.sheets import GOOD, csv_of


@pytest.fixture
def world() -> Importing:
    return Importing()


@pytest.fixture
def small_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten rows a checkpoint, so that a short file takes several."""
    monkeypatch.setattr(import_windows, "ROWS_A_WINDOW", 10)


def never_in_time() -> bool:
    return True


def known(phone: str, status: Status) -> Contact:
    return Contact(phone, status, revision=2, ledger_seq=1, ledger_head="x")


def test_everybody_with_proof_is_subscribed(world: Importing) -> None:
    job = world.imported(people(25))

    assert (job.state, job.percent) == (ImportState.IMPORTED, 100)
    assert (job.tally.read, job.tally.imported, job.tally.refused_in_all) == (25, 25, 0)
    contacts = world.entrants.contacts.values()
    assert {contact.status for contact in contacts} == {Status.SUBSCRIBED}
    assert len(world.entrants.ledgers) == len(contacts) == 25


def test_each_entry_names_its_import_and_its_row(world: Importing) -> None:
    job = world.imported([GOOD | {"phone": ANA}, {}, GOOD | {"phone": BEN}])

    ((ana,), (ben,)) = (world.entrants.ledgers[phone] for phone in (ANA, BEN))
    assert ana.evidence.message_id == f"{job.id}/2"
    assert ben.evidence.message_id == f"{job.id}/4"


def test_a_dry_run_counts_and_lists_and_writes_nothing(world: Importing) -> None:
    job = world.imported([*people(3), GOOD | {"agreed_to": ""}, *people(1)], Phase.CHECK)

    assert (job.state, job.tally.imported) == (ImportState.CHECKED, 3)
    assert world.refused_rows(job) == [("5", "no_evidence"), ("6", "duplicate")]
    assert world.entrants.contacts == {}


def test_a_dry_run_foresees_what_the_import_then_does(world: Importing) -> None:
    world.entrants.contacts = {
        ANA: known(ANA, Status.OPTED_OUT),
        BEN: known(BEN, Status.SUBSCRIBED),
    }
    rows = [*(GOOD | {"phone": phone} for phone in (ANA, BEN, CHLOE, CHLOE)), *people(3, 500)]
    import_id = world.started(rows, Phase.CHECK)
    world.work(import_id)
    foreseen = world.desk.get(import_id).tally

    world.desk.start(import_id, Phase.IMPORT, NOON)
    world.work(import_id)

    assert world.desk.get(import_id).tally == foreseen
    assert (foreseen.imported, foreseen.already_in) == (4, 1)
    assert foreseen.refused == {Reason.OPTED_OUT: 1, Reason.DUPLICATE: 1}


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (Status.OPTED_OUT, Reason.OPTED_OUT),
        (Status.HELD, Reason.HELD),
        (Status.PENDING, Reason.PENDING),
    ],
)
def test_an_import_overrides_nobody(world: Importing, status: Status, reason: Reason) -> None:
    ana = known(ANA, status)
    world.entrants.contacts = {ANA: ana}

    job = world.imported([GOOD | {"phone": ANA}])

    assert world.entrants.contacts[ANA] == ana
    assert world.refused_rows(job) == [("2", reason.value)]


def test_a_subscriber_is_skipped_and_the_ledger_left_as_it_is(world: Importing) -> None:
    world.entrants.contacts = {ANA: known(ANA, Status.SUBSCRIBED)}

    job = world.imported([GOOD | {"phone": ANA}])

    assert (job.tally.imported, job.tally.already_in, job.tally.refused_in_all) == (0, 1, 0)
    assert world.entrants.ledgers == {}


def test_who_only_asked_for_help_is_entered(world: Importing) -> None:
    world.entrants.contacts = {ANA: Contact(ANA, revision=4, fallback_at=NOON)}

    job = world.imported([GOOD | {"phone": ANA}])

    ana = world.entrants.contacts[ANA]
    assert job.tally.imported == 1
    assert (ana.status, ana.revision, ana.fallback_at) == (Status.SUBSCRIBED, 5, NOON)


def test_of_two_rows_with_one_number_the_first_counts(world: Importing) -> None:
    job = world.imported(
        [
            GOOD | {"phone": ANA, "source": ""},
            GOOD | {"phone": ANA, "source": "first"},
            GOOD | {"phone": "(312) 555-0101", "source": "second"},
        ]
    )

    assert world.refused_rows(job) == [("2", "no_evidence"), ("4", "duplicate")]
    assert "source: first" in world.entrants.ledgers[ANA][0].evidence.words


def test_an_import_twice_enters_nobody_twice(world: Importing) -> None:
    world.imported(people(5))
    before = dict(world.entrants.ledgers)

    again = world.imported(people(5))

    assert (again.tally.imported, again.tally.already_in) == (0, 5)
    assert world.entrants.ledgers == before


@pytest.mark.usefixtures("small_windows")
def test_a_long_file_is_read_in_as_many_goes_as_it_takes(world: Importing) -> None:
    import_id = world.started([*people(34), *people(2)])
    goes = [world.work(import_id, never_in_time) for _ in range(4)]

    assert goes == [Outcome.CONTINUES] * 4
    assert world.queue.queued == [import_id] * 5
    assert world.work(import_id) is Outcome.COMPLETE
    job = world.desk.get(import_id)
    assert (job.tally.read, job.tally.imported) == (36, 34)
    assert world.refused_rows(job) == [("36", "duplicate"), ("37", "duplicate")]


@pytest.mark.usefixtures("small_windows")
@pytest.mark.parametrize("entered", [0, 4, 10, 17, 33])
def test_a_crash_neither_loses_nor_doubles_anybody(world: Importing, entered: int) -> None:
    rows = [*people(20), GOOD | {"phone": ""}, *people(14, 20), *people(3)]
    import_id = world.started(rows)
    world.entrants.crash_after = entered
    with pytest.raises(RuntimeError):
        world.work(import_id)

    assert world.work(import_id) is Outcome.COMPLETE

    tally = world.desk.get(import_id).tally
    assert (tally.read, tally.imported, tally.already_in) == (38, 34, 0)
    assert tally.refused == {Reason.BAD_PHONE: 1, Reason.DUPLICATE: 3}
    assert {len(ledger) for ledger in world.entrants.ledgers.values()} == {1}


def test_a_message_that_is_delivered_again_after_the_end_changes_nothing(world: Importing) -> None:
    job = world.imported(people(5))

    assert world.work(job.id) is Outcome.STOPPED
    assert world.desk.get(job.id) == job


def test_of_two_workers_at_once_one_gives_way(world: Importing) -> None:
    import_id = world.started(people(5))
    first = world.desk.get(import_id)

    class Meanwhile(FakeEntrants):
        def enter(self, entering: Sequence[Entering]) -> Mapping[str, Standing]:
            found = super().enter(entering)
            world.store.imports[import_id] = replace(first, revision=first.revision + 1)
            return found

    world.importer = replace(world.importer, entrants=Meanwhile())

    with pytest.raises(ImportedElsewhere):
        world.work(import_id)


def test_a_number_that_keeps_changing_is_tried_again_later(world: Importing) -> None:
    import_id = world.started(people(1))

    class Restless(FakeEntrants):
        def enter(self, entering: Sequence[Entering]) -> Mapping[str, Standing]:
            (one,) = entering
            moved = Contact(one.after.phone, revision=one.before.revision + 1)
            self.contacts = {moved.phone: moved}
            return super().enter(entering)

    world.importer = replace(world.importer, entrants=Restless())

    with pytest.raises(TooBusy):
        world.work(import_id)
    assert world.desk.get(import_id).tally.read == 0


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "the file is empty"),
        (b"name\r\nAna\r\n", "phone, opted_in_at"),
        (b"PK\x03\x04", "Excel workbook"),
    ],
)
def test_a_file_that_cannot_be_read_fails_with_a_reason(
    world: Importing, content: bytes, says: str
) -> None:
    job = world.imported(content)

    assert job.state is ImportState.FAILED
    assert says in job.failure


@pytest.mark.usefixtures("small_windows")
def test_a_file_whose_end_cannot_be_read_enters_nobody(world: Importing) -> None:
    job = world.imported(csv_of(people(30)).encode() + "é".encode("latin-1"))

    assert job.state is ImportState.FAILED
    assert "0xe9 in line 32" in job.failure
    assert world.entrants.contacts == {}


def test_a_file_that_is_uploaded_anew_on_the_way_is_not_gone_on_with(world: Importing) -> None:
    import_id = world.started(people(3))
    world.files.upload(import_id, b"another")

    assert world.work(import_id) is Outcome.STOPPED
    assert "uploaded anew" in world.desk.get(import_id).failure


def test_consent_to_a_program_of_another_name_is_none_to_this_one(world: Importing) -> None:
    import_id = world.started(people(3))
    world.change(replace(SHOP, program=replace(PROGRAM, name="Redbird Tea")))

    assert world.work(import_id) is Outcome.STOPPED
    assert "no program called Bluebird Coffee" in world.desk.get(import_id).failure
    assert world.entrants.contacts == {}


def test_an_import_that_does_not_exist_is_an_error(world: Importing) -> None:
    with pytest.raises(LookupError):
        world.work("nowhere")
