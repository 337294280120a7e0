"""Everybody's text brings their own code, and every delivery of it the same."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest

from sayso.domain.campaign import Campaign, Kind
from sayso.domain.codes import derived, parsed, spoken
from sayso.domain.coupon import Coupon
from sayso.domain.offer import Codes, Links, Offer
from sayso.domain.recipient import recipients
from sayso.domain.run import Batch, Run
from sayso.domain.schedule import Schedule
from sayso.domain.slot import SlotState
from sayso.domain.versions import Variant, Versions
from sayso.services.campaigns import CampaignEdit, NewCampaign
from sayso.services.issuing import ATTEMPTS_AT_MOST
from sayso.services.ports.carrier import Certainty, OutboundText
from sayso.services.refusals import Invalid
from sayso.services.writing import VersionsComposer
from tests.fakes.issuing import FakeCodeKey, FakeTillCodes
from tests.fakes.templates import FakeTemplates
from tests.support.bluebird import ADDRESS, ANA, BEN, CHLOE, NOON, SHOP
from tests.support.campaign_world import CampaignWorld
from tests.support.campaigns import a_run, a_subscriber
from tests.support.clockwork import Clockwork
from tests.support.triggered_world import WELCOME, TriggeredWorld

PHONES = [ANA, BEN, CHLOE]
COFFEE = Offer("A free filter coffee", places=("DOWNTOWN",), uses=2)
TEXT = "Bluebird Coffee: {{ offer }}! Show {{ code }} or {{ link }}. Reply STOP to end."
MENU = Links({"menu": "https://bluebird.example.com/menu"})
ENDS = NOON + timedelta(days=3)


def world_of(*phones: str) -> CampaignWorld:
    return CampaignWorld([a_subscriber(phone) for phone in phones])


def begun(
    world: CampaignWorld, offer: Offer | None = COFFEE, body: str = TEXT, **changes: object
) -> Campaign:
    """A campaign with its batches queued."""
    draft = world.drafted("DOWNTOWN")
    edit = {"offer": offer, "body": body, "valid_until": ENDS, **changes}
    world.campaigns.update(draft.id, CampaignEdit(edit), world.now)
    campaign = world.campaigns.schedule(draft.id, world.now, Schedule(now=True))
    world.launch(world.launches.messages.pop())
    world.plan_all()
    return campaign


def texts(world: CampaignWorld) -> Mapping[str, str]:
    return {text.to: text.body for text in world.network.texts}


def code_of(campaign: Campaign, phone: str, attempt: int = 0) -> str:
    return derived(FakeCodeKey().get(), campaign.runs[0], phone, attempt)


def test_everybody_reads_their_own_code_and_the_address_of_their_own_page() -> None:
    world = world_of(*PHONES)
    campaign = begun(world)
    world.send_all()
    assert texts(world) == {
        phone: f"Bluebird Coffee: A free filter coffee! Show {spoken(code)} or {ADDRESS}/o/{code}. "
        "Reply STOP to end."
        for phone in PHONES
        if (code := code_of(campaign, phone))
    }


def test_the_coupon_tells_whose_it_is_where_it_is_good_and_what_it_counts_for() -> None:
    world = world_of()
    world.put(replace(a_subscriber(ANA), channel="flyer", language="es"))
    versions = Versions({"es": TEXT.replace("Show", "Muestre")}, (Variant("B", TEXT, {}, 100),))
    campaign = begun(world, versions=versions)
    world.later(timedelta(seconds=7))
    world.send_all()
    (coupon,) = world.slots.coupons.values()
    slot = world.slots.slots[campaign.runs[0], ANA]
    assert coupon == Coupon(
        code=slot.code,
        phone=ANA,
        campaign_id=campaign.id,
        run_id=campaign.runs[0],
        issued_at=NOON + timedelta(seconds=7),
        shown=slot.code,
        variant=slot.variant,
        channel="other",
        location="DOWNTOWN",
        language=slot.language,
        valid_until=ENDS,
        places=("DOWNTOWN",),
        most_uses=2,
    )


def test_a_campaign_without_offer_and_links_brings_nobody_a_code() -> None:
    world = world_of(ANA)
    campaign = begun(world, None, "Bluebird Coffee: hello! Reply STOP to end.")
    world.send_all()
    assert world.slots.coupons == {}
    assert world.slots.slots[campaign.runs[0], ANA].code == ""


def test_links_alone_bring_a_code_that_shows_nothing() -> None:
    world = world_of(ANA)
    body = "Bluebird Coffee: our menu: {{ links.menu }} Reply STOP to end."
    campaign = begun(world, None, body, links=MENU)
    world.send_all()
    code = code_of(campaign, ANA)
    assert texts(world)[ANA] == body.replace("{{ links.menu }}", f"{ADDRESS}/o/{code}/menu")
    assert world.slots.coupons[code].shown == ""


def test_who_was_put_off_reads_the_same_code_later() -> None:
    world = world_of(ANA)
    tries: list[str] = []

    def busy_at_first(text: OutboundText) -> Certainty | None:
        tries.append(text.body)
        return Certainty.POSTPONED if len(tries) == 1 else None

    world.network.mood = busy_at_first
    begun(world)
    world.send_all()
    assert len(tries) == 2
    assert tries[0] == tries[1]
    assert len(world.slots.coupons) == 1


def test_a_crash_between_claim_and_text_leaves_one_coupon_and_no_second_text() -> None:
    world = world_of(ANA)
    campaign = begun(world)
    task = world.batches.messages[0]
    taken = world.slots.claim_all

    def crashes(*claim: object) -> None:
        taken(*claim)  # type: ignore[arg-type]
        raise ConnectionError

    world.slots.claim_all = crashes  # type: ignore[method-assign,assignment]
    with pytest.raises(ConnectionError):
        world.send(task)
    world.slots.claim_all = taken  # type: ignore[method-assign]
    world.later(timedelta(minutes=5))
    world.send(task)
    assert list(world.slots.coupons) == [code_of(campaign, ANA)]
    assert world.texted() == []
    assert world.slots.slots[campaign.runs[0], ANA].state is SlotState.UNKNOWN


def test_whose_code_is_taken_reads_another_one_and_always_that() -> None:
    world = world_of(ANA, BEN)
    campaign = begun(world)
    first, second = (code_of(campaign, ANA, attempt) for attempt in (0, 1))
    world.slots.coupons[first] = Coupon(first, CHLOE, "C0", "R0", NOON)
    world.send_all()
    assert spoken(second) in texts(world)[ANA]
    assert world.slots.slots[campaign.runs[0], ANA].code == second
    assert world.slots.coupons[first].phone == CHLOE
    assert world.texted() == [ANA, BEN]


def test_who_finds_every_code_taken_is_left_out_with_the_reason() -> None:
    world = world_of(ANA)
    campaign = begun(world)
    for attempt in range(ATTEMPTS_AT_MOST):
        code = code_of(campaign, ANA, attempt)
        world.slots.coupons[code] = Coupon(code, CHLOE, "C0", "R0", NOON)
    world.send_all()
    assert (world.texted(), world.report(campaign).excluded) == ([], {"no_code": 1})


def test_a_code_that_all_share_is_read_by_all_and_each_has_a_page_of_their_own() -> None:
    world = world_of(*PHONES)
    campaign = begun(world, Offer("Rolls", Codes.SHARED, "spring 26"))
    world.send_all()
    for phone, body in texts(world).items():
        assert f"Show SPRING26 or {ADDRESS}/o/{code_of(campaign, phone)}" in body
    shared = world.slots.coupons.pop("SPRING26")
    assert (shared.phone, shared.most_uses, shared.run_id) == ("", 0, campaign.runs[0])
    assert {one.shown for one in world.slots.coupons.values()} == {"SPRING26"}
    assert len(world.slots.coupons) == 3


def test_two_campaigns_cannot_share_one_word_until_the_first_is_cancelled() -> None:
    world = world_of(ANA)
    rolls = Offer("Rolls", Codes.SHARED, "SPRING")
    first = begun(world, rolls)
    with pytest.raises(Invalid, match="SPRING is the code of Cinnamon week"):
        begun(world, rolls)
    world.campaigns.cancel(first.id, world.now)
    second = begun(world, rolls)
    assert world.slots.coupons["SPRING"].campaign_id == second.id


def test_codes_of_the_till_are_read_by_one_each_and_who_gets_none_is_left_out() -> None:
    world = world_of(*PHONES)
    world.sender = replace(
        world.sender,
        composer=VersionsComposer(
            FakeTemplates(),
            replace(world.issuing, tills=FakeTillCodes("TILL-1", "TILL-2")),
            ADDRESS,
        ),
    )
    counted_on = world.pool_desk.create("Vouchers", ["TILL-1", "TILL-2", "TILL-3"], world.now)
    campaign = begun(world, Offer("Rolls", Codes.POOL, pool=counted_on.pool.id))
    world.send_all()
    shown = sorted(one.shown for one in world.slots.coupons.values())
    assert shown == ["TILL-1", "TILL-2"]
    assert all(parsed(code) for code in world.slots.coupons)
    assert world.report(campaign).excluded == {"no_code": 1}


def test_a_reminder_brings_the_code_of_the_run_that_it_reminds_of() -> None:
    world = world_of(ANA)
    composer = VersionsComposer(FakeTemplates(), world.issuing, ADDRESS)
    origin = replace(a_run("R1"), offer=COFFEE, body=TEXT)
    reminder = replace(a_run("R9"), offer=COFFEE, body=TEXT, reminds_of="R1")
    first, second = (_coupon_in(composer, run) for run in (origin, reminder))
    assert first == second
    assert first.run_id == "R1"


def _coupon_in(composer: VersionsComposer, run: Run) -> Coupon:
    batch = Batch("DOWNTOWN#0#0", recipients([ANA]))
    composed = composer.for_batch(run, SHOP, batch).compose(run, batch.recipients[0])
    assert composed.coupon
    return composed.coupon


def test_nobody_is_texted_by_a_sender_who_cannot_give_the_codes_that_are_promised() -> None:
    world = world_of(ANA)
    world.sender = replace(world.sender, composer=VersionsComposer(FakeTemplates()))
    begun(world)
    with pytest.raises(LookupError, match="nobody gives codes"):
        world.send_all()
    assert world.texted() == []


def test_a_recurring_campaign_gives_everybody_a_new_code_each_time() -> None:
    world = world_of(ANA)
    draft = world.drafted("DOWNTOWN")
    world.campaigns.update(draft.id, CampaignEdit({"offer": COFFEE, "body": TEXT}), NOON)
    weekly = Schedule(cron="0 12 * * TUE", timezone="America/Chicago")
    world.campaigns.schedule(draft.id, NOON, weekly)
    Clockwork(world).run_until(NOON + timedelta(days=9))
    assert [one.phone for one in world.slots.coupons.values()] == [ANA, ANA]
    assert world.texted() == [ANA, ANA]


def test_a_triggered_campaign_gives_codes_that_hold_as_long_as_its_offer() -> None:
    world = TriggeredWorld([])
    new = NewCampaign(
        "Welcome", Kind.OFFER, TEXT, schedule=WELCOME, offer=COFFEE, links=MENU, valid_until=ENDS
    )
    world.activated(world.campaigns.create(new, world.now))
    world.joins(ANA)
    world.happens()
    (coupon,) = world.slots.coupons.values()
    assert (coupon.phone, coupon.shown, coupon.valid_until) == (ANA, coupon.code, ENDS)
    assert spoken(coupon.code) in texts(world)[ANA]
