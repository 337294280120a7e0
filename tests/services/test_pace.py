"""All senders of a number together keep to its message parts a second."""

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from sayso.domain.pace import Throughput, throughput
from sayso.services.ports.carrier import Certainty, OutboundText
from sayso.services.send import Sender
from tests.support.bluebird import ANA, BEN, CHLOE, NOON
from tests.support.campaign_world import CampaignWorld
from tests.support.campaigns import a_subscriber
from tests.support.virtual_senders import VirtualSenders

A_SECOND = timedelta(seconds=1)


def campaign_to(people: int) -> CampaignWorld:
    """A campaign whose batches are queued, to so many people downtown."""
    phones = [f"+1312555{number:04d}" for number in range(people)]
    world = CampaignWorld([a_subscriber(phone) for phone in phones])
    campaign = world.scheduled("DOWNTOWN")
    world.launch(campaign.runs[0])
    world.plan_all()
    return world


def seconds(senders: VirtualSenders) -> float:
    times = [at for at, _ in senders.texted]
    return (max(times) - NOON).total_seconds()


def test_answers_keep_their_share() -> None:
    assert throughput(100, 10) == Throughput(90)
    assert throughput(40, 25).takes(3) == A_SECOND / 10
    with pytest.raises(ValueError, match="no parts"):
        throughput(1, 100)


def test_3000_parts_at_30_a_second_take_100_seconds_whoever_sends_them() -> None:
    senders = VirtualSenders(campaign_to(3000), Throughput(30))
    senders.run()

    assert Counter(phone for _, phone in senders.texted).most_common(1)[0][1] == 1
    assert len(senders.texted) == 3000
    assert 95 <= seconds(senders) <= 105
    assert senders.busiest_second() <= 33


def test_waiting_is_left_to_the_queue() -> None:
    senders = VirtualSenders(campaign_to(3000), Throughput(30))
    senders.run()

    batches = 64  # of at most fifty, in eight slices
    assert senders.delivered < 3 * batches
    # The texts themselves take 100 s; eight senders who all sat it out would have slept for 800.
    assert sum(one.slept.total_seconds() for one in senders.senders) < 250


def test_a_slow_number_s_batch_is_sent_over_many_deliveries() -> None:
    senders = VirtualSenders(campaign_to(60), Throughput(1), count=3)
    senders.run()

    assert len({phone for _, phone in senders.texted}) == len(senders.texted) == 60
    assert 59 <= seconds(senders) <= 63
    assert senders.busiest_second() <= 2


def test_who_is_left_of_a_delivery_that_lasts_too_long_goes_on_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The table takes a second and a half for each claim: there is no other reason to wait."""
    phones = [f"+1312555{number:04d}" for number in range(0, 80, 8)]
    world = CampaignWorld([a_subscriber(phone) for phone in phones])
    claim_all = world.slots.claim_all

    def slowly(*arguments: Any) -> Any:
        world.later(1.5 * A_SECOND)
        return claim_all(*arguments)

    monkeypatch.setattr(world.slots, "claim_all", slowly)
    campaign = world.scheduled("DOWNTOWN")
    world.launch(campaign.runs[0])
    world.plan_all()
    queued = len(world.batches.messages)
    world.send_all()

    assert world.texted() == sorted(phones)
    assert len(world.batches.delays) > queued, "it took more than one delivery"
    assert not any(world.batches.delays)
    assert world.now == NOON + len(phones) * 1.5 * A_SECOND


def test_a_carrier_that_takes_no_more_is_left_alone_by_all_senders() -> None:
    """It refuses everything for ten seconds; texts go on in order after that, each once."""
    world = campaign_to(600)
    refusals: list[datetime] = []

    def busy(_: OutboundText, at: datetime) -> Certainty | None:
        if not NOON + 5 * A_SECOND <= at < NOON + 15 * A_SECOND:
            return None
        refusals.append(at)
        return Certainty.POSTPONED

    senders = VirtualSenders(world, Throughput(30), mood=busy)
    senders.run()

    assert sorted(text.to for text in world.network.texts) == sorted(
        f"+1312555{number:04d}" for number in range(600)
    )
    # After 1, 2, 4 and 8 seconds, by whichever sender; each try of a batch costs one refusal.
    assert len(refusals) <= 8
    assert 29 <= seconds(senders) <= 40


def test_time_is_not_lost_on_those_who_are_barred() -> None:
    world = campaign_to(50)
    for phone in [f"+1312555{number:04d}" for number in range(0, 50, 2)]:
        del world.slots.contacts[phone]
    alone = VirtualSenders(world, Throughput(5), count=1)
    alone.run()

    assert len(alone.texted) == 25
    assert seconds(alone) < 6


def slow(world: CampaignWorld, parts_per_second: float) -> Sender:
    metronome = replace(world.sender.metronome, throughput=Throughput(parts_per_second))
    return replace(world.sender, metronome=metronome)


def test_a_window_that_closes_while_the_pace_is_waited_for_is_closed() -> None:
    """Nine in the evening in Chicago is the end; the last text is due at five to."""
    world = CampaignWorld([a_subscriber(phone) for phone in (ANA, BEN, CHLOE)])
    evening = datetime.fromisoformat("2026-11-24T02:54:57Z")
    world.now = evening
    campaign = world.scheduled("DOWNTOWN")
    world.launch(campaign.runs[0])
    world.plan_all()
    sender = slow(world, 0.5)
    for task in [*world.batches.messages]:
        sender.send(replace(task, turn=None), lambda: False)

    at = {text.to for text in world.network.texts}
    assert 0 < len(at) < 3
    assert world.report(campaign).waiting == 3 - len(at)


class Unreadable(Exception):
    """The item of the number's time cannot be read."""


@pytest.mark.timeout(30)
def test_a_pace_that_cannot_be_read_costs_a_delivery_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = CampaignWorld([a_subscriber(ANA), a_subscriber(BEN)], workers=1)
    campaign = world.scheduled("DOWNTOWN")
    world.launch(campaign.runs[0])
    world.plan_all()
    task = world.batches.messages.pop()

    def fail(*_: object, **__: object) -> None:
        raise Unreadable

    with monkeypatch.context() as broken:
        broken.setattr(world.pace, "take", fail)
        for _ in range(3):
            with pytest.raises(Unreadable):
                world.send(task)

    assert world.texted() == []
    world.send(task)
    world.send_all()
    assert world.texted() == [ANA, BEN]
