"""An import's way from the wish to its last row."""

from dataclasses import replace
from datetime import timedelta

import pytest

from sayso.domain.imports.consent import AlreadyIn, Entered
from sayso.domain.imports.job import ATTESTATION, Import, ImportState, Phase, StartRefused, Tally
from sayso.domain.imports.rows import Reason, Rejected
from sayso.domain.imports.values import DateOrder
from tests.support.bluebird import NOON

LATER = NOON + timedelta(minutes=1)
JOB = Import(
    id="01KAMZ3S8E5XQW0V7Y9T2B4C6D",
    filename="cards.csv",
    bytes=1000,
    program="Bluebird Coffee",
    dates=DateOrder.ISO,
    attestation=ATTESTATION,
    created_by="u-1",
    created_at=NOON,
    updated_at=NOON,
)
NO_PHONE = Rejected(Reason.BAD_PHONE, "phone is empty")
TWICE = Rejected(Reason.DUPLICATE, "the same number as row 2, which counts")


def test_rows_are_counted_by_what_became_of_them() -> None:
    tally = Tally().plus(3, [Entered(), NO_PHONE]).plus(6, [AlreadyIn(), TWICE, NO_PHONE])

    assert (tally.row, tally.read) == (6, 5)
    assert (tally.imported, tally.already_in, tally.refused_in_all) == (1, 1, 3)
    assert tally.refused == {Reason.BAD_PHONE: 2, Reason.DUPLICATE: 1}


def test_a_check_may_be_followed_by_the_import_which_counts_anew() -> None:
    checked = JOB.started(Phase.CHECK, "v1", NOON).after(Tally(9, 8, 8), 900, 1, LATER).done(LATER)

    started = checked.started(Phase.IMPORT, "v1", LATER)

    assert (checked.state, checked.phase) == (ImportState.CHECKED, Phase.CHECK)
    assert (started.state, started.phase) == (ImportState.IMPORTING, Phase.IMPORT)
    assert (started.tally, started.bytes_read, started.refused_parts) == (Tally(), 0, 0)


@pytest.mark.parametrize("phase", Phase)
@pytest.mark.parametrize(
    ("state", "says"),
    [
        (ImportState.CHECKING, "being checked"),
        (ImportState.IMPORTING, "being imported"),
        (ImportState.IMPORTED, "imported already"),
        (ImportState.FAILED, "could not be read"),
    ],
)
def test_an_import_starts_once(state: ImportState, says: str, phase: Phase) -> None:
    with pytest.raises(StartRefused, match=says):
        replace(JOB, state=state).started(phase, "v1", NOON)


def test_every_change_is_a_new_revision() -> None:
    started = JOB.started(Phase.IMPORT, "v1", LATER)

    assert (started.revision, started.updated_at) == (2, LATER)
    assert started.after(Tally(2, 1, 1), 500, 0, LATER).revision == 3
    assert started.failed("the file is empty", LATER).revision == 3
    assert started.done(LATER).revision == 3


@pytest.mark.parametrize(("read", "percent"), [(0, 0), (500, 50), (999, 99), (1000, 99)])
def test_only_an_import_that_has_ended_is_at_a_hundred_percent(read: int, percent: int) -> None:
    running = JOB.started(Phase.IMPORT, "v1", NOON).after(Tally(), read, 0, NOON)

    assert running.percent == percent
    assert running.done(NOON).percent == 100
