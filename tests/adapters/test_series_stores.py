"""What every SeriesReader, EnrolmentStore and BucketStore does: on the table, and the fakes."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.buckets import DynamoBuckets
from sayso.adapters.dynamodb.items import to_item
from sayso.domain.campaign import Campaign, State
from sayso.domain.firing_names import Does, FiringName
from sayso.domain.listed import Listed
from sayso.domain.preference import Preference
from sayso.domain.run import Run, RunState
from sayso.domain.schedule import Schedule
from sayso.domain.series import Enrolment, Standing
from sayso.domain.slot import Slot, SlotState, Tally
from sayso.services.campaign_checks import series_of
from sayso.services.ports.campaigns import RunMove
from sayso.services.ports.series import BucketClosed, EnrolmentMove, EnrolmentsChanged
from sayso.services.ports.slots import SlotMove
from tests.support.bluebird import ANA, BEN, CHLOE, NOON
from tests.support.campaigns import BODY, KINDS_OF_STORE, a_campaign
from tests.support.series_stores import SeriesStores, opened_series
from tests.support.table import TABLE

LATER = NOON + timedelta(minutes=1)
BUCKET = str(FiringName("C1", Does.BUCKET, LATER))
LOOK = str(FiringName("C1", Does.DAILY, NOON))


@pytest.fixture(params=KINDS_OF_STORE)
def stores(request: pytest.FixtureRequest) -> Iterator[SeriesStores]:
    with opened_series(request.param, page_size=2) as opened:
        active = waiting()
        opened.campaigns.save(None, active, [RunMove(None, series_of(active, NOON))])
        yield opened


def waiting() -> Campaign:
    draft = replace(a_campaign(), schedule=Schedule(on="joined", exit_on_reply=False))
    return draft.activated(NOON)


def an_enrolment(phone: str, run_id: str = BUCKET, at: datetime = NOON) -> Enrolment:
    return Enrolment("C1", phone, at, at, LATER, run_id)


def a_move(
    phone: str, location: str = "DOWNTOWN", before: Enrolment | None = None, run_id: str = BUCKET
) -> EnrolmentMove:
    at = LATER if before else NOON
    return EnrolmentMove(before, an_enrolment(phone, run_id, at), a_person(phone, location))


def a_person(phone: str, location: str = "DOWNTOWN") -> Listed:
    return Listed(
        phone,
        location,
        channel="window sign",
        language="es",
        joined_at=NOON,
        attributes={"first_name": "Ana"},
        preference=Preference(most=1, within=timedelta(days=7)),
    )


def enrolled(stores: SeriesStores) -> int:
    progress = stores.campaigns.progress("C1")
    assert progress is not None
    return progress.targeted


def test_a_triggered_campaign_is_found_as_it_is_now(stores: SeriesStores) -> None:
    (found,) = stores.series.triggered()
    assert found == waiting() == stores.campaigns.get("C1")

    cancelled = replace(found, state=State.CANCELLED, revision=found.revision + 1)
    stores.campaigns.save(found, cancelled)
    assert list(stores.series.triggered()) == [cancelled]

    stores.campaigns.delete(cancelled)
    assert list(stores.series.triggered()) == []


def test_other_campaigns_and_drafts_are_not_among_them(stores: SeriesStores) -> None:
    stores.campaigns.save(None, a_campaign("C2", State.SCHEDULED))
    stores.campaigns.save(None, replace(a_campaign("C3"), schedule=Schedule(on="visited")))

    assert [one.id for one in stores.series.triggered()] == ["C1"]


def test_an_enrolment_comes_back_and_is_counted(stores: SeriesStores) -> None:
    stores.enrolments.enrol(BUCKET, [a_move(ANA), a_move(BEN)], NOON)

    standing = stores.enrolments.standing("C1", [ANA, BEN, CHLOE])

    assert standing == {phone: Standing(an_enrolment(phone)) for phone in (ANA, BEN)}
    assert stores.enrolments.standing("C2", [ANA]) == {}
    assert enrolled(stores) == 2


def test_an_enrolment_comes_with_the_slot_of_its_run(stores: SeriesStores) -> None:
    stores.enrolments.enrol(BUCKET, [a_move(ANA)], NOON)
    slot = Slot(BUCKET, ANA, SlotState.SENT, "DOWNTOWN#0#0", "claim", NOON)
    stores.slots.settle(BUCKET, [SlotMove(None, slot)], Tally({"sent": 1}), "", NOON)

    assert stores.enrolments.standing("C1", [ANA]) == {ANA: Standing(an_enrolment(ANA), slot)}


def test_whoever_is_enrolled_twice_is_so_once_and_nobody_else_with_it(
    stores: SeriesStores,
) -> None:
    stores.enrolments.enrol(BUCKET, [a_move(ANA)], NOON)

    with pytest.raises(EnrolmentsChanged):
        stores.enrolments.enrol(BUCKET, [a_move(BEN), a_move(ANA)], NOON)

    assert list(stores.enrolments.standing("C1", [ANA, BEN])) == [ANA]
    assert enrolled(stores) == 1


def test_a_new_enrolment_takes_the_place_of_the_one_that_was_read(stores: SeriesStores) -> None:
    stores.enrolments.enrol(BUCKET, [a_move(ANA)], NOON)
    following = str(FiringName("C1", Does.BUCKET, LATER + timedelta(hours=1)))
    move = a_move(ANA, before=an_enrolment(ANA), run_id=following)

    stores.enrolments.enrol(following, [move], NOON)

    with pytest.raises(EnrolmentsChanged):
        stores.enrolments.enrol(following, [move], NOON)
    assert stores.enrolments.standing("C1", [ANA])[ANA].enrolment == move.after


def test_a_closed_bucket_lets_nobody_in(stores: SeriesStores) -> None:
    stores.enrolments.enrol(BUCKET, [a_move(ANA)], NOON)
    stores.buckets.close(BUCKET, LATER)

    with pytest.raises(BucketClosed):
        stores.enrolments.enrol(BUCKET, [a_move(BEN)], LATER)

    assert list(stores.enrolments.standing("C1", [ANA, BEN])) == [ANA]
    assert enrolled(stores) == 1


def test_a_bucket_that_is_closed_before_anyone_is_in_stays_closed(stores: SeriesStores) -> None:
    assert stores.buckets.close(BUCKET, LATER) == ()

    with pytest.raises(BucketClosed):
        stores.enrolments.enrol(BUCKET, [a_move(ANA)], LATER)


def test_of_many_enrolments_at_once_with_a_closing_all_or_nothing_is_seen(
    stores: SeriesStores,
) -> None:
    """Whoever is let in is in the bucket that the closing saw."""
    phones = [f"+1312555{number:04d}" for number in range(12)]

    def enrol(phone: str) -> bool:
        try:
            stores.enrolments.enrol(BUCKET, [a_move(phone)], NOON)
        except BucketClosed:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        let_in = [pool.submit(enrol, phone) for phone in phones[:6]]
        pool.submit(stores.buckets.close, BUCKET, LATER).result()
        seen = set(members(stores, "DOWNTOWN"))
        let_in += [pool.submit(enrol, phone) for phone in phones[6:]]
    entered = {phone for phone, turn in zip(phones, let_in, strict=True) if turn.result()}
    assert entered == seen == set(members(stores, "DOWNTOWN"))
    assert enrolled(stores) == len(seen)


def test_closing_tells_where_people_are_and_tells_it_again(stores: SeriesStores) -> None:
    moves = [a_move(ANA), a_move(BEN, ""), a_move(CHLOE, "DENVER")]
    stores.enrolments.enrol(BUCKET, moves, NOON)

    for _ in range(2):
        assert set(stores.buckets.close(BUCKET, LATER)) == {"DOWNTOWN", "", "DENVER"}


def members(stores: SeriesStores, location: str) -> list[str]:
    found: list[str] = []
    position, is_first = "", True
    while position or is_first:
        page = stores.buckets.page(BUCKET, location, position)
        assert len(page.people) <= 2
        found += [person.phone for person in page.people]
        position, is_first = page.position, False
    return found


def test_everyone_of_a_bucket_is_found_once_over_all_pages(stores: SeriesStores) -> None:
    phones = [f"+1312555{number:04d}" for number in range(7)]
    stores.enrolments.enrol(BUCKET, [a_move(phone) for phone in phones], NOON)
    stores.enrolments.enrol(BUCKET, [a_move(CHLOE, "DENVER"), a_move(BEN, "")], NOON)

    assert members(stores, "DOWNTOWN") == phones
    assert members(stores, "DENVER") == [CHLOE]
    assert members(stores, "") == [BEN]


def test_people_come_out_of_a_bucket_as_they_were_listed(stores: SeriesStores) -> None:
    stores.enrolments.enrol(BUCKET, [a_move(ANA)], NOON)

    page = stores.buckets.page(BUCKET, "DOWNTOWN")

    assert page.people == (a_person(ANA),)
    assert page.since == {ANA: NOON}


def test_buckets_whose_time_has_come_are_found_until_their_run_has_begun(
    stores: SeriesStores,
) -> None:
    names = [
        str(FiringName("C1", Does.BUCKET, NOON + timedelta(minutes=number))) for number in range(4)
    ]
    for name, phone in zip(names, (ANA, BEN, CHLOE, "+13125550104"), strict=True):
        stores.enrolments.enrol(name, [a_move(phone, run_id=name)], NOON)
    stores.buckets.close(names[1], NOON)
    stores.buckets.begun(names[1], NOON)
    stores.buckets.close(names[2], NOON)

    assert stores.buckets.overdue("C1", NOON + timedelta(minutes=2)) == [names[0], names[2]]
    assert stores.buckets.overdue("C2", NOON + timedelta(minutes=2)) == []


def test_the_head_of_a_bucket_that_has_begun_is_not_kept_for_long() -> None:
    """On the table: all heads of a series are read whenever somebody asks what is overdue."""
    with opened_series("dynamodb", page_size=3) as stores:
        stores.enrolments.enrol(BUCKET, [a_move(ANA)], NOON)
        stores.buckets.close(BUCKET, NOON)
        stores.buckets.begun(BUCKET, NOON)

        assert isinstance(stores.buckets, DynamoBuckets)
        head = stores.buckets.client.get_item(TableName=TABLE, Key=to_item(keys.bucket(BUCKET)))
        assert head["Item"]["expires_at"] == {"N": str(keys.expires_soon_at(NOON))}


def test_a_daily_look_enrols_without_a_bucket(stores: SeriesStores) -> None:
    stores.enrolments.enrol(LOOK, [a_move(ANA, run_id=LOOK)], NOON)

    assert stores.enrolments.standing("C1", [ANA])[ANA].enrolment.run_id == LOOK
    assert enrolled(stores) == 1
    assert stores.buckets.overdue("C1", LATER) == []


def test_what_becomes_of_a_run_is_counted_for_its_series_too(stores: SeriesStores) -> None:
    run = Run(BUCKET, "C1", BODY, LATER, "UTC", ("DOWNTOWN",), RunState.SENDING)
    before = waiting()
    stores.campaigns.save(before, before.with_firing(BUCKET, NOON), [RunMove(None, run)])
    slot = Slot(BUCKET, ANA, SlotState.SENT, "DOWNTOWN#0#0", "claim", NOON)

    stores.slots.settle(BUCKET, [SlotMove(None, slot)], Tally({"sent": 1}), "DOWNTOWN#0#0", NOON)

    own, all_of_it = (stores.campaigns.progress(run_id) for run_id in (BUCKET, "C1"))
    assert own
    assert all_of_it
    assert own.tally == {"sent": 1, "batches_done": 1}
    assert all_of_it.tally == {"sent": 1}
    assert not all_of_it.has_ended(0)
