"""Codes of the till system's: enough for everybody or nothing is sent, and none goes out twice."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from sayso.domain.campaign import Campaign, State
from sayso.domain.contact import Status
from sayso.domain.offer import Codes, Offer
from sayso.domain.pool import Pool
from sayso.domain.schedule import Schedule
from sayso.domain.slot import SlotState
from sayso.domain.versions import Versions
from sayso.services.campaigns import CampaignEdit
from sayso.services.issuing import NO_CODE
from sayso.services.ports.carrier import Certainty, OutboundText
from sayso.services.refusals import Conflict, Invalid
from tests.support.bluebird import ANA, BEN, CHLOE, NOON
from tests.support.campaign_world import CampaignWorld
from tests.support.campaigns import a_subscriber

TEXT = "Bluebird Coffee: {{ offer }}! Show {{ code }} by {{ valid_until }}. Reply STOP to end."
ENDS = NOON + timedelta(days=3)
TOMORROW = Schedule(at="2026-11-24T12:00:00")
SUNDAY = Schedule(cron="0 12 * * SUN", timezone="America/Chicago")


def crowd(count: int) -> list[str]:
    return [f"+13125{number:06d}" for number in range(count)]


def world_of(*phones: str) -> CampaignWorld:
    return CampaignWorld([a_subscriber(phone) for phone in phones])


def pool_of(world: CampaignWorld, count: int) -> Pool:
    codes = [f"TILL-{number:05d}" for number in range(count)]
    return world.pool_desk.create("Spring vouchers", codes, world.now).pool


def drafted(world: CampaignWorld, pool: Pool, **changes: object) -> Campaign:
    draft = world.drafted("DOWNTOWN")
    offer = Offer("A free filter coffee", Codes.POOL, pool=pool.id)
    edit = {"offer": offer, "body": TEXT, "valid_until": ENDS, **changes}
    return world.campaigns.update(draft.id, CampaignEdit(edit), world.now)


def scheduled(
    world: CampaignWorld, pool: Pool, schedule: Schedule | None = None, **changes: object
) -> Campaign:
    draft = drafted(world, pool, **changes)
    return world.campaigns.schedule(draft.id, world.now, schedule or Schedule(now=True))


def codes_sent(world: CampaignWorld) -> Counter[str]:
    return Counter(text.body.partition("Show ")[2].split()[0] for text in world.network.texts)


def now_of(world: CampaignWorld, pool: Pool) -> Pool:
    return world.pool_desk.get(pool.id, world.now)


def test_five_hundred_codes_are_too_few_for_five_hundred_and_one_people() -> None:
    world = world_of(*crowd(501))
    pool = pool_of(world, 500)
    draft = drafted(world, pool)

    with pytest.raises(Invalid) as refused:
        world.campaigns.schedule(draft.id, world.now, Schedule(now=True))

    (fault,) = refused.value.faults
    assert fault.field == "offer.pool"
    assert fault.reason.startswith("1 code is missing: the audience has 501 people")
    assert world.launches.messages == []
    assert world.store.get(draft.id) == draft
    assert now_of(world, pool).reserved == {}


@pytest.mark.parametrize("name", ["", "  ", "x" * 81, "two\nlines", "a\x00b"])
def test_a_pool_has_a_name_of_one_line(name: str) -> None:
    world = world_of()

    with pytest.raises(Invalid) as refused:
        world.pool_desk.create(name, ["TILL-1"], NOON)

    assert [fault.field for fault in refused.value.faults] == ["name"]
    assert world.pool_desk.all(NOON) == []


def test_five_hundred_codes_go_to_five_hundred_people_each_once() -> None:
    world = world_of(*crowd(500))
    pool = pool_of(world, 500)
    campaign = scheduled(world, pool)

    world.run_all()

    sent = codes_sent(world)
    assert len(sent) == 500
    assert set(sent.values()) == {1}
    assert world.texted() == crowd(500)
    left = now_of(world, pool)
    assert (left.given, left.free, left.reserved) == (500, 0, {})
    assert world.report(campaign).sent == 500


def test_two_campaigns_cannot_count_on_the_same_codes() -> None:
    world = world_of(ANA, BEN)
    pool = pool_of(world, 3)
    scheduled(world, pool, TOMORROW)

    with pytest.raises(Invalid, match="1 code is missing"):
        scheduled(world, pool)

    assert now_of(world, pool).open_to("another") == 1


def test_who_schedules_again_counts_on_codes_once() -> None:
    world = world_of(ANA, BEN)
    pool = pool_of(world, 2)
    campaign = scheduled(world, pool, TOMORROW)
    world.campaigns.schedule(campaign.id, world.now, TOMORROW)
    assert now_of(world, pool).reserved == {campaign.id: 2}


def test_a_campaign_that_is_cancelled_lets_go_of_its_codes() -> None:
    world = world_of(ANA, BEN)
    pool = pool_of(world, 2)
    first = scheduled(world, pool, TOMORROW)
    world.campaigns.cancel(first.id, world.now)

    scheduled(world, pool)
    world.run_all()

    assert world.texted() == sorted([ANA, BEN])


def test_a_reservation_of_a_campaign_that_was_never_written_lapses() -> None:
    world = world_of(ANA, BEN)
    pool = pool_of(world, 2)
    draft = drafted(world, pool)
    reserving = world.pool_desk.reserving
    reserving.reserve(draft, world.now)
    assert now_of(world, pool).reserved == {draft.id: 2}
    world.later(timedelta(minutes=2))
    assert now_of(world, pool).reserved == {}


def test_a_redelivered_batch_brings_the_same_codes() -> None:
    world = world_of(ANA, BEN, CHLOE)
    pool = pool_of(world, 9)
    scheduled(world, pool)
    world.launch(world.launches.messages.pop())
    world.plan_all()
    tasks = list(world.batches.messages)
    for task in (*tasks, *tasks):
        world.send(task)
    assert (now_of(world, pool).given, len(codes_sent(world))) == (3, 3)


def test_codes_come_back_from_those_who_are_not_texted() -> None:
    world = world_of(ANA, BEN, CHLOE)
    pool = pool_of(world, 3)
    campaign = scheduled(world, pool)
    world.launch(world.launches.messages.pop())
    world.plan_all()
    gone = a_subscriber(BEN, status=Status.OPTED_OUT)
    world.slots.contacts[BEN] = gone

    world.send_all()

    assert world.texted() == sorted([ANA, CHLOE])
    left = now_of(world, pool)
    assert (left.given, left.free) == (2, 1)
    again = scheduled(world, pool, where="not received any")
    assert now_of(world, pool).reserved.get(again.id, 0) in (0, 1)
    assert world.report(campaign).excluded == {"opted_out": 1}


def test_a_code_whose_text_the_carrier_refused_is_somebody_elses_next_time() -> None:
    world = world_of(ANA)
    pool = pool_of(world, 1)
    world.network.mood = lambda _: Certainty.REFUSED
    first = scheduled(world, pool)
    world.run_all()
    assert now_of(world, pool).free == 1

    world.network.mood = lambda _: None
    world.put(a_subscriber(BEN))
    world.put(a_subscriber(ANA, status=Status.OPTED_OUT))
    scheduled(world, pool)
    world.run_all()

    assert world.texted() == [BEN]
    assert codes_sent(world) == {"TILL-00000": 1}
    assert world.slots.slots[first.runs[0], ANA].state is SlotState.FAILED


def test_a_code_that_may_have_been_sent_never_comes_back() -> None:
    world = world_of(ANA)
    pool = pool_of(world, 1)
    world.network.mood = lambda _: Certainty.UNKNOWN
    scheduled(world, pool)
    world.run_all()
    assert (now_of(world, pool).given, now_of(world, pool).free) == (1, 0)


def test_codes_of_a_cancelled_run_come_back_if_nobody_was_sent_them() -> None:
    world = world_of(ANA, BEN)
    pool = pool_of(world, 2)
    campaign = scheduled(world, pool)
    world.launch(world.launches.messages.pop())
    world.plan_all()

    def busy(_: OutboundText) -> Certainty | None:
        return Certainty.POSTPONED

    world.network.mood = busy
    tasks, world.batches.messages = list(world.batches.messages), []
    for task in tasks:
        world.send(task)
    assert now_of(world, pool).given == 2
    world.campaigns.cancel(campaign.id, world.now)
    world.send_all()
    assert (now_of(world, pool).given, now_of(world, pool).free) == (0, 2)


def test_who_is_held_out_costs_no_code() -> None:
    world = world_of(*crowd(40))
    pool = pool_of(world, 40)
    campaign = scheduled(world, pool, versions=Versions(holdout_percent=50))
    world.run_all()
    held_out = world.report(campaign).held_out
    assert 0 < held_out < 40
    assert now_of(world, pool).free == held_out


def test_whoever_joins_after_the_count_is_left_out_and_counted() -> None:
    world = world_of(ANA)
    pool = pool_of(world, 1)
    campaign = scheduled(world, pool)
    world.put(a_subscriber(BEN))
    world.run_all()
    report = world.report(campaign)
    assert (report.sent, report.excluded) == (1, {NO_CODE: 1})
    assert report.explained[NO_CODE]


def test_a_recurring_campaign_counts_on_codes_for_its_first_time() -> None:
    world = world_of(ANA, BEN)
    pool = pool_of(world, 1)
    month = NOON + timedelta(days=30)
    with pytest.raises(Invalid, match="1 code is missing"):
        scheduled(world, pool, SUNDAY, valid_until=month)
    world.pool_desk.add(pool.id, ["TILL-MORE"], world.now)
    campaign = scheduled(world, pool, SUNDAY, valid_until=month)
    assert campaign.state is State.SCHEDULED
    assert now_of(world, pool).reserved == {campaign.id: 2}


def test_a_pool_that_is_in_use_stays() -> None:
    world = world_of(ANA)
    pool = pool_of(world, 2)
    campaign = scheduled(world, pool, TOMORROW)
    with pytest.raises(Conflict, match="counts on"):
        world.pool_desk.delete(pool.id, world.now)
    world.campaigns.cancel(campaign.id, world.now)
    world.pool_desk.delete(pool.id, world.now)
    assert world.pool_desk.all(world.now) == []

    used = pool_of(world, 2)
    scheduled(world, used)
    world.run_all()
    with pytest.raises(Conflict, match="1 people have codes"):
        world.pool_desk.delete(used.id, world.now)


def test_a_campaign_of_a_pool_that_does_not_exist_is_refused() -> None:
    world = world_of(ANA)
    pool = pool_of(world, 2)
    draft = drafted(world, pool)
    world.pool_desk.delete(pool.id, world.now)
    with pytest.raises(Invalid, match="there is no pool"):
        world.campaigns.schedule(draft.id, world.now, Schedule(now=True))


def test_what_any_pool_has_already_is_refused_row_by_row() -> None:
    world = world_of()
    pool_of(world, 2)
    rows = ["TILL-00001", "fresh-1", "FRESH 1", "x", "TILL-NEW"]
    filled = world.pool_desk.create("Another", rows, world.now)
    assert (filled.added, [one.row for one in filled.bad]) == (2, [1, 3, 4])
    assert list(world.pools.codes(filled.pool.id)) == ["fresh-1", "TILL-NEW"]


def test_a_hundred_thousand_codes_are_taken_and_one_more_is_not() -> None:
    world = world_of()
    pool = pool_of(world, 100_000)
    assert (pool.codes, pool.free) == (100_000, 100_000)
    with pytest.raises(Invalid, match="at most 100000 codes"):
        world.pool_desk.add(pool.id, ["TILL-MORE"], world.now)


def test_all_pools_together_hold_a_million_codes_and_not_one_more() -> None:
    world = world_of()
    pool = pool_of(world, 2)
    full = replace(pool, id="01KAMZFULL", name="Last year's", codes=999_995)
    world.pools.save(None, full)
    with pytest.raises(Invalid, match="hold at most 1000000 codes, and there is room for 3: "):
        world.pool_desk.create("Another", ["NEW-1", "NEW-2", "NEW-3", "NEW-4"], world.now)
    with pytest.raises(Invalid, match="and there is room for 3: "):
        world.pool_desk.add(pool.id, ["NEW-1", "NEW-2", "NEW-3", "NEW-4"], world.now)
    assert world.pool_desk.add(pool.id, ["NEW-1", "NEW-2", "NEW-3"], world.now).pool.codes == 5
