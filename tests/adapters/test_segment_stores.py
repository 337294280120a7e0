"""What every SegmentStore does: the one on the table and the fake of it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from sayso.adapters.dynamodb.segments import DynamoSegments
from sayso.domain.segment.saved import SavedSegment
from sayso.services.ports.segments import SegmentChanged, SegmentStore
from tests.fakes.segments import FakeSegments
from tests.support.bluebird import NOON
from tests.support.table import TABLE, mocked_table

NEW = SavedSegment("S1", "New faces", NOON, NOON, ("DOWNTOWN",), "joined within 30 days")


@pytest.fixture(params=["fake", "dynamodb"])
def store(request: pytest.FixtureRequest) -> Iterator[SegmentStore]:
    if request.param == "fake":
        yield FakeSegments()
        return
    with mocked_table() as client:
        yield DynamoSegments(client, TABLE)


def test_a_segment_is_found_as_it_was_saved(store: SegmentStore) -> None:
    everyone = SavedSegment("S2", "Everyone", NOON, NOON)
    store.save(None, NEW)
    store.save(None, everyone)

    assert (store.get("S1"), store.get("S2"), store.get("S3")) == (NEW, everyone, None)


def test_of_two_changes_at_once_one_loses(store: SegmentStore) -> None:
    store.save(None, NEW)
    changed = replace(NEW, where="", updated_at=NOON + timedelta(hours=1), revision=2)
    store.save(NEW, changed)

    with pytest.raises(SegmentChanged):
        store.save(NEW, replace(NEW, name="Old faces", revision=2))
    with pytest.raises(SegmentChanged):
        store.save(None, NEW)
    with pytest.raises(SegmentChanged):
        store.delete(NEW)
    assert store.get("S1") == changed


def test_what_is_deleted_is_gone_and_cannot_be_changed(store: SegmentStore) -> None:
    store.save(None, NEW)
    store.delete(NEW)

    assert store.get("S1") is None
    with pytest.raises(SegmentChanged):
        store.save(NEW, replace(NEW, revision=2))


def test_segments_are_listed_newest_first_in_pages(store: SegmentStore) -> None:
    for number in range(5):
        store.save(None, replace(NEW, id=f"S{number}"))

    walked, position, is_first = list[list[str]](), "", True
    while position or is_first:
        page = store.page(2, position)
        walked.append([one.id for one in page.segments])
        position, is_first = page.position, False

    assert [one for page in walked for one in page] == ["S4", "S3", "S2", "S1", "S0"]
    assert all(len(page) <= 2 for page in walked)
