"""What every Carrier does: End User Messaging on the simulator, SNS on moto, and the fake."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from moto import mock_aws
from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.sns.models import sns_backends

from sayso.adapters import aws, end_user_messaging
from sayso.adapters.carriers import CarrierSettings, carrier_from, opt_out_list_from
from sayso.services.ports.carrier import (
    OPTED_OUT_AT_CARRIER,
    Carrier,
    Certainty,
    OptOutList,
    OutboundText,
    Purpose,
    SendFailed,
)
from tests.fakes.carrier import FakeCarrier
from tests.support.bluebird import ANA, BEN, NUMBER
from tests.support.simulated_carrier import Phones, simulated

HELLO = OutboundText(ANA, "Bluebird Coffee: hello! ¿Qué tal? ☕", Purpose.ANSWER)


@dataclass
class Network:
    """A carrier, its opt-out list, and what the phones got."""

    carrier: Carrier
    opt_outs: OptOutList
    bodies_to: Callable[[str], list[str]]
    phones: Any = field(default=None)


@pytest.fixture(autouse=True)
def fresh_clients() -> Iterator[None]:
    yield
    aws.client_without_retries.cache_clear()


def settings(carrier: str) -> CarrierSettings:
    return CarrierSettings(carrier, NUMBER, configuration_set="sayso", opt_out_list="Default")


@pytest.fixture
def simulator(tmp_path: Path) -> Iterator[Phones]:
    client = aws.client_without_retries(end_user_messaging.SERVICE)
    with simulated(client, tmp_path) as phones:
        yield phones


@pytest.fixture
def end_user(simulator: Phones) -> Network:
    def bodies_to(phone: str) -> list[str]:
        return [text["body"] for text in simulator.thread(phone)]

    chosen = settings("end-user-messaging")
    return Network(carrier_from(chosen), opt_out_list_from(chosen), bodies_to, simulator)


@pytest.fixture
def sns() -> Iterator[Network]:
    with mock_aws():
        aws.client_without_retries.cache_clear()
        backend = sns_backends[DEFAULT_ACCOUNT_ID]["us-east-1"]

        def bodies_to(phone: str) -> list[str]:
            texts = backend.sms_messages.values()
            return [text[1] for text in texts if text[0] == phone]

        chosen = settings("sns")
        yield Network(carrier_from(chosen), opt_out_list_from(chosen), bodies_to)


@pytest.fixture(params=["fake", "end_user", "sns"])
def network(request: pytest.FixtureRequest) -> Network:
    if request.param == "fake":
        fake = FakeCarrier()
        return Network(fake, fake.opt_outs, fake.bodies_to)
    found: Network = request.getfixturevalue(request.param)
    return found


@pytest.fixture(params=["fake", "end_user"])
def listing(request: pytest.FixtureRequest) -> Network:
    """A carrier with an opt-out list that can be added to; SNS has none."""
    if request.param == "fake":
        fake = FakeCarrier()
        return Network(fake, fake.opt_outs, fake.bodies_to)
    found: Network = request.getfixturevalue(request.param)
    return found


def test_a_text_arrives_word_by_word_and_each_has_an_id_of_its_own(network: Network) -> None:
    receipts = {network.carrier.send(HELLO).message_id for _ in range(2)}
    assert len(receipts) == 2
    assert network.bodies_to(ANA) == [HELLO.body] * 2
    assert network.bodies_to(BEN) == []


@pytest.mark.parametrize("purpose", Purpose)
def test_texts_of_either_purpose_are_taken(network: Network, purpose: Purpose) -> None:
    network.carrier.send(OutboundText(ANA, "hello", purpose, {"exchange": "in-1"}, 3600))
    assert network.bodies_to(ANA) == ["hello"]


def test_a_number_on_the_list_is_refused_until_it_comes_off(listing: Network) -> None:
    listing.opt_outs.add(ANA)
    with pytest.raises(SendFailed) as failure:
        listing.carrier.send(HELLO)
    assert failure.value.certainty is Certainty.REFUSED
    assert failure.value.reason == OPTED_OUT_AT_CARRIER
    listing.opt_outs.remove(ANA)
    assert listing.carrier.send(HELLO).message_id
    assert listing.bodies_to(ANA) == [HELLO.body]


def test_a_number_may_be_added_to_the_list_twice(listing: Network) -> None:
    listing.opt_outs.add(ANA)
    listing.opt_outs.add(ANA)


def test_a_number_that_is_not_on_the_list_may_be_taken_off_it(network: Network) -> None:
    network.opt_outs.remove(ANA)


def test_the_list_bars_nobody_else(listing: Network) -> None:
    listing.opt_outs.add(BEN)
    assert listing.carrier.send(HELLO).message_id


def test_what_comes_back_in_delivery_events_is_handed_over(end_user: Network) -> None:
    end_user.carrier.send(OutboundText(ANA, "hi", Purpose.ANSWER, {"exchange": "in-1"}))
    (text,) = end_user.phones.thread(ANA)
    assert text["context"] == {"exchange": "in-1"}
    assert (text["from"], text["message_type"]) == (NUMBER, "TRANSACTIONAL")


def test_marketing_is_declared_as_such_to_the_carrier(end_user: Network) -> None:
    end_user.carrier.send(OutboundText(ANA, "hi", Purpose.MARKETING, time_to_live_s=3600))
    (text,) = end_user.phones.thread(ANA)
    assert text["message_type"] == "PROMOTIONAL"


def test_a_text_that_is_too_long_is_refused_for_good(end_user: Network) -> None:
    with pytest.raises(SendFailed) as failure:
        end_user.carrier.send(OutboundText(ANA, "☕" * 700, Purpose.ANSWER))
    assert failure.value.certainty is Certainty.REFUSED
    assert failure.value.reason == "MAXIMUM_SIZE_EXCEEDED"


def test_an_empty_text_is_refused_without_quoting_the_request(end_user: Network) -> None:
    with pytest.raises(SendFailed) as failure:
        end_user.carrier.send(OutboundText(ANA, "", Purpose.ANSWER))
    assert failure.value.certainty is Certainty.REFUSED
    assert failure.value.__cause__ is None
    assert ANA not in str(failure.value)


def test_a_carrier_that_is_too_busy_takes_the_text_later(end_user: Network) -> None:
    end_user.phones.have(parts_per_second=1)
    end_user.carrier.send(HELLO)
    with pytest.raises(SendFailed) as failure:
        end_user.carrier.send(HELLO)
    assert failure.value.certainty is Certainty.POSTPONED
    assert end_user.bodies_to(ANA) == [HELLO.body]


def test_a_number_that_came_off_the_list_lately_cannot_come_off_again(end_user: Network) -> None:
    end_user.phones.have(opt_in_interval_days=30)
    end_user.opt_outs.add(ANA)
    end_user.opt_outs.remove(ANA)
    end_user.opt_outs.add(ANA)
    with pytest.raises(SendFailed) as failure:
        end_user.opt_outs.remove(ANA)
    assert failure.value.certainty is Certainty.REFUSED


def test_sns_has_no_list_to_add_to_and_says_nothing_about_it(sns: Network) -> None:
    sns.opt_outs.add(ANA)
    assert sns.carrier.send(HELLO).message_id


def test_without_a_list_of_its_own_a_number_keeps_none_in_step(simulator: Phones) -> None:
    chosen = CarrierSettings("end-user-messaging", NUMBER, "", opt_out_list="")
    opt_outs = opt_out_list_from(chosen)
    opt_outs.add(ANA)
    assert carrier_from(chosen).send(HELLO).message_id
    opt_outs.remove(ANA)


def test_an_unknown_carrier_is_named_in_the_error() -> None:
    with pytest.raises(ValueError, match="'pigeon'"):
        carrier_from(settings("pigeon"))
