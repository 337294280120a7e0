"""The carrier's word ends marketing to a number at once, with proof, until an opt-in."""

from dataclasses import replace
from datetime import timedelta

import pytest

from sayso.domain.campaign import Campaign
from sayso.domain.contact import Status
from sayso.domain.delivery import Suppression
from sayso.domain.ledger import Change, faults
from sayso.services.outside_word import KeepsChanging
from sayso.services.ports.carrier import OPTED_OUT_AT_CARRIER, Certainty
from tests.support.bluebird import ANA, BEN, NOON
from tests.support.campaign_world import CampaignWorld
from tests.support.campaigns import a_subscriber

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture
def world() -> CampaignWorld:
    """A minute after Ana and Ben joined."""
    found = CampaignWorld([a_subscriber(ANA), a_subscriber(BEN)])
    found.later(MINUTE)
    return found


def offered(world: CampaignWorld) -> Campaign:
    """One more campaign, sent to whom it may reach."""
    campaign = world.scheduled("DOWNTOWN")
    world.run_all()
    return campaign


def told(world: CampaignWorld, kind: str, campaign: Campaign, phone: str = ANA) -> dict[str, int]:
    received = world.receipts.receive({"e": world.event(phone, kind, campaign.runs[0])}, world.now)
    assert not received.failed
    return dict(received.ended)


def status(world: CampaignWorld, phone: str = ANA) -> Status:
    return world.slots.contacts[phone].status


def changes(world: CampaignWorld, phone: str = ANA) -> list[Change]:
    assert faults(world.ledgers[phone]) == []
    return [entry.change for entry in world.ledgers[phone]]


def test_whom_the_carrier_refuses_as_opted_out_is_opted_out_at_once(world: CampaignWorld) -> None:
    world.network.opt_outs.add(ANA)

    first = offered(world)
    second = offered(world)

    assert status(world) is Status.OPTED_OUT
    (entry,) = world.ledgers[ANA]
    assert (entry.change, entry.evidence.medium) == (Change.OPTED_OUT, "carrier")
    assert entry.evidence.words == OPTED_OUT_AT_CARRIER
    assert entry.evidence.program == "Bluebird Coffee"
    assert world.report(first).failures == {OPTED_OUT_AT_CARRIER: 1}
    assert world.report(second).failures == {}
    assert world.texted() == [BEN, BEN]


def test_a_refusal_for_another_reason_ends_nothing(world: CampaignWorld) -> None:
    world.network.mood = lambda text: Certainty.REFUSED if text.to == ANA else None

    offered(world)

    assert status(world) is Status.SUBSCRIBED


def test_a_refusal_that_a_crash_kept_from_being_heeded_is_heeded_by_the_redelivery(
    world: CampaignWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.network.opt_outs.add(ANA)
    world.scheduled("DOWNTOWN")
    world.launch(world.launches.messages.pop())
    world.plan_all()
    (task,) = [one for one in world.batches.messages if ANA in one.phones]
    outside = world.carriers_word.outside.contacts
    with monkeypatch.context() as broken:
        broken.setattr(outside, "change", _breaks_off)
        with pytest.raises(ConnectionError):
            world.send(task)
    assert status(world) is Status.SUBSCRIBED

    world.later(2 * MINUTE)
    world.send(task)

    assert status(world) is Status.OPTED_OUT


def _breaks_off(*_: object) -> None:
    raise ConnectionError


def test_a_refusal_that_is_older_than_a_new_opt_in_ends_nothing(world: CampaignWorld) -> None:
    anew = replace(a_subscriber(ANA), joined_at=world.now, revision=2)
    world.put(anew)

    assert not world.carriers_word.refuses(ANA, OPTED_OUT_AT_CARRIER, NOON)
    assert world.slots.contacts[ANA] == anew


def test_spam_opts_out_and_puts_the_number_on_the_carrier_s_list(world: CampaignWorld) -> None:
    ended = told(world, "TEXT_SPAM", offered(world))

    assert ended == {Suppression.OPTED_OUT: 1}
    assert status(world) is Status.OPTED_OUT
    assert changes(world) == [Change.OPTED_OUT]
    assert world.ledgers[ANA][0].evidence.words == "TEXT_SPAM"
    assert world.ledgers[ANA][0].evidence.message_id == "m-1"
    assert world.network.opt_outs.phones == {ANA}


def test_a_number_that_is_no_number_is_out_of_reach_at_once(world: CampaignWorld) -> None:
    ended = told(world, "TEXT_INVALID", offered(world))
    offered(world)

    assert ended == {Suppression.UNREACHABLE: 1}
    assert status(world) is Status.UNREACHABLE
    assert changes(world) == [Change.UNREACHABLE]
    assert world.network.opt_outs.phones == set(), "nobody has said stop"
    assert world.texted() == [ANA, BEN, BEN]


@pytest.mark.parametrize(
    "kind", ["TEXT_CARRIER_BLOCKED", "TEXT_TTL_EXPIRED", "TEXT_UNKNOWN", "TEXT_PROTECT_BLOCKED"]
)
def test_what_tells_nothing_of_the_number_ends_nothing(world: CampaignWorld, kind: str) -> None:
    for _ in range(5):
        assert told(world, kind, offered(world)) == {}
        world.later(7 * DAY)
    assert status(world) is Status.SUBSCRIBED


@pytest.mark.parametrize("kind", ["TEXT_UNREACHABLE", "TEXT_CARRIER_UNREACHABLE", "TEXT_BLOCKED"])
def test_who_is_not_reached_three_times_in_a_row_over_a_week_is_given_up(
    world: CampaignWorld, kind: str
) -> None:
    ended = []
    for _ in range(3):
        ended.append(told(world, kind, offered(world)))
        world.later(4 * DAY)

    assert ended == [{}, {}, {Suppression.UNREACHABLE: 1}]
    assert status(world) is Status.UNREACHABLE


def test_who_was_reached_in_between_is_not(world: CampaignWorld) -> None:
    for kind in ("TEXT_UNREACHABLE", "TEXT_DELIVERED", "TEXT_UNREACHABLE", "TEXT_UNREACHABLE"):
        told(world, kind, offered(world))
        world.later(4 * DAY)
    assert status(world) is Status.SUBSCRIBED


def test_who_has_texted_in_between_is_not(world: CampaignWorld) -> None:
    for number in range(3):
        told(world, "TEXT_UNREACHABLE", offered(world))
        world.later(4 * DAY)
        if number == 1:
            world.put(replace(world.slots.contacts[ANA], last_heard_at=world.now))
    assert status(world) is Status.SUBSCRIBED


def test_the_same_event_again_ends_nothing_twice(world: CampaignWorld) -> None:
    campaign = offered(world)

    assert told(world, "TEXT_SPAM", campaign) == {Suppression.OPTED_OUT: 1}
    assert told(world, "TEXT_SPAM", campaign) == {}
    assert changes(world) == [Change.OPTED_OUT]


def test_an_event_that_comes_after_a_new_opt_in_does_not_undo_it(world: CampaignWorld) -> None:
    campaign = offered(world)
    late = world.event(ANA, "TEXT_SPAM", campaign.runs[0])
    world.later(MINUTE)
    world.put(replace(a_subscriber(ANA), joined_at=world.now, revision=2))

    assert not world.receipts.receive({"e": late}, world.now).ended
    assert status(world) is Status.SUBSCRIBED


def test_an_event_of_a_text_that_somebody_else_sent_ends_nothing(world: CampaignWorld) -> None:
    other = replace(world.event(ANA, "TEXT_SPAM", "R1"), context={"newsletter": "7"})

    received = world.receipts.receive({"e": other}, world.now)

    assert (received.ignored, dict(received.ended)) == (1, {})
    assert status(world) is Status.SUBSCRIBED


def test_an_answer_that_is_called_spam_opts_out_too(world: CampaignWorld) -> None:
    answer = replace(world.event(ANA, "TEXT_SPAM", "R1"), context={"exchange": "in-1"})

    assert dict(world.receipts.receive({"e": answer}, world.now).ended) == {
        Suppression.OPTED_OUT: 1
    }


def test_an_event_whose_contact_keeps_changing_is_delivered_again(
    world: CampaignWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign = offered(world)

    def busy(*_: object, **__: object) -> None:
        raise KeepsChanging("the contact kept changing")

    monkeypatch.setattr(type(world.carriers_word), "reports", busy)
    events = {"e": world.event(ANA, "TEXT_SPAM", campaign.runs[0])}

    assert set(world.receipts.receive(events, world.now).failed) == {"e"}
    assert world.report(campaign).undelivered == 1, "its text is settled all the same"


def test_nobody_who_was_never_here_is_opted_out(world: CampaignWorld) -> None:
    stranger = "+13125550199"

    assert not world.carriers_word.refuses(stranger, OPTED_OUT_AT_CARRIER, world.now)
    assert stranger not in world.slots.contacts
