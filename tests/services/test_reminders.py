"""Who has not redeemed is reminded before the offer ends: with the code that they have, once."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from sayso.domain.campaign import Campaign, State
from sayso.domain.contact import Status
from sayso.domain.offer import Codes, Offer
from sayso.domain.run import Run
from sayso.domain.schedule import Schedule
from sayso.domain.versions import Versions
from sayso.services.campaigns import CampaignEdit
from sayso.services.ports.carrier import Certainty
from sayso.services.ports.queues import OccurrenceDue
from sayso.services.refusals import Invalid
from tests.support.bluebird import ADDRESS, ANA, BEN, CHLOE, NOON
from tests.support.campaign_world import CampaignWorld
from tests.support.campaigns import a_subscriber

TEXT = "Bluebird Coffee: {{ offer }}! Show {{ code }} by {{ valid_until }}. Reply STOP to end."
ENDS = NOON + timedelta(days=3)
COFFEE = Offer("A free filter coffee", remind_hours=24)


def world_of(*phones: str) -> CampaignWorld:
    return CampaignWorld([a_subscriber(phone) for phone in phones])


def scheduled(
    world: CampaignWorld, schedule: Schedule | None = None, **changes: object
) -> Campaign:
    draft = world.drafted("DOWNTOWN")
    edit = {"offer": COFFEE, "body": TEXT, "valid_until": ENDS, **changes}
    world.campaigns.update(draft.id, CampaignEdit(edit), world.now)
    return world.campaigns.schedule(draft.id, world.now, schedule or Schedule(now=True))


def reminders(world: CampaignWorld, campaign: Campaign) -> list[Run]:
    runs = map(world.store.run, campaign.runs)
    return [run for run in runs if run and run.reminds_of]


def reminded(world: CampaignWorld, campaign: Campaign) -> dict[str, str]:
    """Let the reminder come; what it says, by number."""
    (run,) = reminders(world, campaign)
    world.now = max(world.now, run.due_at)
    before = len(world.network.texts)
    world.launch(run.id)
    world.plan_all()
    world.send_all()
    return {text.to: text.body for text in world.network.texts[before:]}


def redeem(world: CampaignWorld, phone: str) -> None:
    (code,) = [one.code for one in world.slots.coupons.values() if one.phone == phone]
    world.slots.coupons[code] = replace(world.slots.coupons[code], uses=1)


def test_the_alarm_of_the_reminder_is_set_with_the_campaign() -> None:
    world = world_of(ANA)
    campaign = scheduled(world)
    (run,) = reminders(world, campaign)
    assert (run.due_at, run.reminds_of) == (ENDS - timedelta(hours=24), campaign.runs[0])
    assert world.scheduler.alarms[run.id] == run.due_at


def test_those_are_reminded_who_have_not_redeemed_with_the_code_that_they_have() -> None:
    world = world_of(ANA, BEN)
    campaign = scheduled(world)
    world.run_all()
    codes = {one.phone: one for one in world.slots.coupons.values()}
    redeem(world, BEN)

    texts = reminded(world, campaign)

    shown = codes[ANA].code
    assert texts == {
        ANA: "Bluebird Coffee: your offer ends Thursday, November 26, 12 pm: A free filter coffee."
        f" Show {shown[:4]}-{shown[4:]} or {ADDRESS}/o/{shown}. Reply STOP to end."
    }
    assert set(world.slots.coupons) == {one.code for one in codes.values()}


def test_reminders_count_apart_from_the_texts_themselves() -> None:
    world = world_of(ANA, BEN)
    campaign = scheduled(world)
    world.run_all()
    redeem(world, BEN)
    reminded(world, campaign)

    report = world.report(campaign)
    assert (report.targeted, report.sent, report.excluded) == (2, 2, {})
    assert report.reminders
    assert (report.reminders.targeted, report.reminders.sent) == (2, 1)
    assert report.status is State.FINISHED
    (run,) = reminders(world, campaign)
    assert world.slots.slots[run.id, BEN].reason == "redeemed"


def test_the_reminder_is_in_the_person_s_language() -> None:
    world = world_of()
    world.put(replace(a_subscriber(ANA), language="es"))
    campaign = scheduled(world)
    world.run_all()
    assert reminded(world, campaign)[ANA].startswith("Bluebird Coffee: su oferta vence el jueves")


def test_who_never_got_the_text_is_not_reminded() -> None:
    world = world_of(ANA, BEN, CHLOE)
    world.network.mood = lambda text: Certainty.REFUSED if text.to == BEN else None
    campaign = scheduled(world)
    world.put(a_subscriber(CHLOE, status=Status.OPTED_OUT))
    world.run_all()
    world.put(a_subscriber(CHLOE))
    world.network.mood = lambda _: None
    assert list(reminded(world, campaign)) == [ANA]


def test_who_was_held_out_is_not_reminded_and_nobody_is_held_out_anew() -> None:
    phones = [f"+13125550{number:03d}" for number in range(30)]
    world = world_of(*phones)
    campaign = scheduled(world, versions=Versions(holdout_percent=50))
    world.run_all()
    texted = world.texted()
    assert 0 < len(texted) < 30
    assert sorted(reminded(world, campaign)) == texted


def test_who_has_said_stop_is_not_reminded() -> None:
    world = world_of(ANA)
    campaign = scheduled(world)
    world.run_all()
    world.slots.contacts[ANA] = a_subscriber(ANA, status=Status.OPTED_OUT)
    assert reminded(world, campaign) == {}


def test_a_campaign_that_was_cancelled_reminds_nobody() -> None:
    world = world_of(ANA)
    campaign = scheduled(world)
    world.run_all()
    world.campaigns.cancel(campaign.id, world.now)
    assert reminded(world, campaign) == {}


def test_a_reminder_whose_run_before_was_cancelled_finds_nobody() -> None:
    world = world_of(ANA)
    campaign = scheduled(world)
    world.run_all()
    origin = world.store.run(campaign.runs[0])
    assert origin
    world.store.runs[origin.id] = origin.cancelled(world.now)
    assert reminded(world, campaign) == {}


def test_a_redelivered_reminder_texts_nobody_twice() -> None:
    world = world_of(ANA)
    campaign = scheduled(world)
    world.run_all()
    (run,) = reminders(world, campaign)
    world.now = run.due_at
    world.launch(run.id)
    world.plan_all()
    tasks, world.batches.messages = list(world.batches.messages), []
    for task in (*tasks, *tasks):
        world.send(task)
    assert world.texted() == [ANA, ANA]


def test_a_code_of_the_till_system_is_sent_again_and_none_is_taken() -> None:
    world = world_of(ANA)
    pool = world.pool_desk.create("Vouchers", ["TILL-1", "TILL-2"], world.now).pool
    offer = replace(COFFEE, codes=Codes.POOL, pool=pool.id)
    campaign = scheduled(world, offer=offer)
    world.run_all()
    assert "Show TILL-1 or" in reminded(world, campaign)[ANA]
    assert world.pool_desk.get(pool.id, world.now).given == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"valid_until": NOON + timedelta(hours=23)}, "offer.remind_hours"),
        ({"valid_until": None}, "valid_until"),
    ],
)
def test_a_reminder_that_cannot_come_is_refused(changes: dict[str, Any], field: str) -> None:
    world = world_of(ANA)
    with pytest.raises(Invalid) as refused:
        scheduled(world, **changes)
    assert [fault.field for fault in refused.value.faults] == [field]


def test_a_recurring_campaign_reminds_once_after_its_last_time_before() -> None:
    world = world_of(ANA)
    daily = Schedule(cron="0 13 * * *", timezone="America/Chicago")
    campaign = scheduled(world, daily)
    reminding: list[str] = []
    for _ in range(3):
        standing = world.store.get(campaign.id)
        assert standing
        if standing.next_at is None:
            break
        world.now = standing.next_at
        world.happen(OccurrenceDue(campaign.id, standing.next_at))
        world.run_all()
        standing = world.store.get(campaign.id)
        assert standing
        reminding.append(str(len(reminders(world, standing))))
    assert reminding == ["0", "1", "1"]
