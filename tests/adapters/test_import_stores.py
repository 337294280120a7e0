"""What every ImportStore does: the one on the table and the fake of the use cases' tests."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from sayso.adapters.dynamodb.imports import DynamoImports, import_item
from sayso.domain.imports.job import ATTESTATION, Import, Phase, Tally
from sayso.domain.imports.rows import Reason
from sayso.domain.imports.values import DateOrder
from sayso.services.ports.imports import ImportChanged, ImportStore
from tests.fakes.imports import FakeImports
from tests.support.bluebird import NOON
from tests.support.table import TABLE, mocked_table

JOB = Import(
    id="01KAMZ3S8E5XQW0V7Y9T2B4C6D",
    filename="cards.csv",
    bytes=1000,
    program="Bluebird Coffee",
    dates=DateOrder.DAY_FIRST,
    attestation=ATTESTATION,
    created_by="u-1",
    created_at=NOON,
    updated_at=NOON,
)
TALLY = Tally(12, 11, 8, 1, {Reason.BAD_PHONE: 1, Reason.DUPLICATE: 1})
LATER = NOON + timedelta(seconds=1)


@pytest.fixture(params=["fake", "dynamodb"])
def store(request: pytest.FixtureRequest) -> Iterator[ImportStore]:
    if request.param == "fake":
        yield FakeImports()
        return
    with mocked_table() as client:
        yield DynamoImports(client, TABLE)


@pytest.mark.parametrize(
    "after",
    [
        JOB.started(Phase.CHECK, "v1", LATER),
        JOB.started(Phase.IMPORT, "v1", LATER).after(TALLY, 990, 2, LATER),
        JOB.started(Phase.IMPORT, "v1", LATER).failed("the file is empty", LATER),
        JOB.started(Phase.IMPORT, "v1", LATER).after(TALLY, 990, 2, LATER).done(LATER),
    ],
)
def test_an_import_is_read_back_as_it_was_written(store: ImportStore, after: Import) -> None:
    store.save(None, JOB)
    assert store.get(JOB.id) == JOB

    store.save(JOB, after)

    assert store.get(JOB.id) == after


def test_an_import_that_has_changed_meanwhile_is_not_written_over(store: ImportStore) -> None:
    store.save(None, JOB)
    theirs = JOB.started(Phase.CHECK, "v1", NOON)
    store.save(JOB, theirs)

    for before in (None, JOB):
        with pytest.raises(ImportChanged):
            store.save(before, JOB.started(Phase.IMPORT, "v1", LATER))
    assert store.get(JOB.id) == theirs


def test_imports_are_listed_newest_first_in_pages(store: ImportStore) -> None:
    ids = [f"01KAMZ3S8E5XQW0V7Y9T2B4C6{letter}" for letter in "ABC"]
    for one in ids:
        store.save(None, replace(JOB, id=one))

    first = store.page(2)
    rest = store.page(2, first.position)

    assert [job.id for job in first.imports] == ids[:0:-1]
    assert ([job.id for job in rest.imports], rest.position) == ([ids[0]], "")


def test_an_import_that_does_not_exist_is_none(store: ImportStore) -> None:
    assert store.get("01KAMZ3S8E5XQW0V7Y9T2B4C6Z") is None


def test_an_import_is_kept_for_good() -> None:
    """Each entry that it made names it: by it the attestation is found, and who gave it."""
    assert "expires_at" not in import_item(JOB)
