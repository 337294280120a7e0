"""What every OptOutRegister does: AWS's on the simulator, SNS's on moto, and the fake."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from moto import mock_aws
from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.sns.models import sns_backends

from sayso.adapters import aws, end_user_messaging, opt_out_registers
from sayso.adapters.carriers import CarrierSettings
from sayso.adapters.opt_out_registers import EndUserMessagingRegister, opt_out_register_from
from sayso.services.ports.carrier import Certainty, SendFailed
from sayso.services.ports.opt_out_register import Listed, OptOutRegister
from tests.fakes.opt_out_list import FakeOptOutList
from tests.fakes.opt_out_register import FakeOptOutRegister
from tests.support.bluebird import ANA, BEN, CHLOE, NUMBER
from tests.support.simulated_carrier import simulated

MANY = [f"+1312555{n:04d}" for n in range(230)]


@dataclass
class Register:
    """A register, and how a number comes onto the list that it reads."""

    register: OptOutRegister
    list: Callable[[str], object]
    told_the_carrier: Callable[[str], object]


def settings(carrier: str = "end-user-messaging", name: str = "Default") -> CarrierSettings:
    return CarrierSettings(carrier, NUMBER, configuration_set="sayso", opt_out_list=name)


@pytest.fixture(params=["fake", "end_user", "sns"])
def register(request: pytest.FixtureRequest) -> Register:
    found: Register = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def fake() -> Register:
    opt_outs = FakeOptOutList()
    return Register(FakeOptOutRegister(opt_outs), opt_outs.add, opt_outs.add)


@pytest.fixture
def end_user(tmp_path: Path) -> Iterator[Register]:
    aws.client.cache_clear()
    client = aws.client(end_user_messaging.SERVICE)
    with simulated(client, tmp_path) as phones:
        opt_outs = end_user_messaging.EndUserMessagingOptOutList(client, "Default")
        chosen = opt_out_register_from(settings())
        assert chosen

        def told(phone: str) -> None:
            assert phones.send("PUT", f"/phones/{phone}", json={"opted_out": True}).is_success

        yield Register(chosen, opt_outs.add, told)
    aws.client.cache_clear()


@pytest.fixture
def sns() -> Iterator[Register]:
    with mock_aws():
        aws.client.cache_clear()
        chosen = opt_out_register_from(settings("sns"))
        assert chosen
        told = sns_backends[DEFAULT_ACCOUNT_ID]["us-east-1"].opt_out_numbers
        told.clear()
        yield Register(chosen, told.append, told.append)
    aws.client.cache_clear()


def read(register: OptOutRegister) -> list[Listed]:
    found: list[Listed] = []
    page = register.page()
    found += page.numbers
    while page.position:
        page = register.page(page.position)
        found += page.numbers
    return found


def test_an_empty_list_has_one_empty_page(register: Register) -> None:
    assert read(register.register) == []


def test_every_number_of_a_long_list_is_read_once(register: Register) -> None:
    for phone in MANY:
        register.list(phone)

    assert sorted(one.phone for one in read(register.register)) == MANY


def test_since_when_and_by_whose_wish_is_told(end_user: Register) -> None:
    before = datetime.now(UTC) - timedelta(seconds=1)
    end_user.list(ANA)
    end_user.told_the_carrier(BEN)

    ana, ben = read(end_user.register)

    assert (ana.phone, ana.by_customer) == (ANA, False)
    assert (ben.phone, ben.by_customer) == (BEN, True)
    for one in (ana, ben):
        assert one.since is not None
        assert before <= one.since <= datetime.now(UTC)


def test_pages_are_as_long_as_asked_for(end_user: Register) -> None:
    for phone in (ANA, BEN, CHLOE):
        end_user.list(phone)
    client = aws.client(end_user_messaging.SERVICE)

    page = EndUserMessagingRegister(client, "Default", page_size=2).page()

    assert len(page.numbers) == 2
    assert page.position


def test_a_list_that_does_not_exist_is_a_refusal(end_user: Register) -> None:
    register = opt_out_register_from(settings(name="Elsewhere"))
    assert register

    with pytest.raises(SendFailed) as failure:
        register.page()

    assert failure.value.certainty is Certainty.REFUSED


def test_only_aws_own_list_takes_numbers_from_us(end_user: Register) -> None:
    assert end_user.register.takes_numbers
    assert not opt_out_registers.SnsRegister(None).takes_numbers


def test_without_a_list_there_is_nothing_to_keep_in_step_with() -> None:
    assert opt_out_register_from(settings(name="")) is None
