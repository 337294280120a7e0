"""Numbers as people type them, and those that no web form may have texted."""

import pytest

from sayso.adapters.phone_numbers import TypedNumbers
from sayso.services.ports.web_opt_ins import ELSEWHERE, NOT_MOBILE, UNREADABLE, NotTextable

US = TypedNumbers(["US", "PR"])


@pytest.mark.parametrize(
    "typed",
    [
        *("(312) 555-0101", "312-555-0101", "312.555.0101", "3125550101", " 312 555 0101 "),
        *("1-312-555-0101", "13125550101", "+1 312 555 0101", "+13125550101", "011 13125550101"),
        *("３１２５５５０１０１", "312\u00a0555\u20110101", "tel:+1-312-555-0101"),
        "+1 (312) 555–0101",
    ],
)
def test_every_way_to_write_a_number_is_the_same_number(typed: str) -> None:
    assert US.read(typed) == "+13125550101"


def test_a_territory_that_is_named_is_texted() -> None:
    assert US.read("787 555 0101") == "+17875550101"


@pytest.mark.parametrize(
    "typed",
    ["", "hello", "555-0101", "312555010", "31255501011234567", "+", "1" * 500, "0000000000"],
)
def test_what_is_no_number_is_unreadable(typed: str) -> None:
    with pytest.raises(NotTextable) as refused:
        US.read(typed)
    assert refused.value.reason == UNREADABLE


def test_a_number_behind_an_extension_is_no_mobile_phone() -> None:
    with pytest.raises(NotTextable):
        US.read("312 555 0101 x22")


@pytest.mark.parametrize(
    "typed",
    ["+1 876 555 0101", "809-555-0101", "604 555 0101", "+44 7400 123456", "+52 55 5555 0101"],
    ids=["Jamaica", "Dominican Republic", "Canada", "United Kingdom", "Mexico"],
)
def test_a_number_of_another_country_is_refused_though_it_may_begin_alike(typed: str) -> None:
    with pytest.raises(NotTextable) as refused:
        US.read(typed)
    assert refused.value.reason == ELSEWHERE


@pytest.mark.parametrize("typed", ["900 555 0100", "800 555 0199"], ids=["premium", "toll-free"])
def test_a_number_that_is_nobodys_phone_is_refused(typed: str) -> None:
    with pytest.raises(NotTextable) as refused:
        US.read(typed)
    assert refused.value.reason == NOT_MOBILE


def test_a_shop_elsewhere_reads_numbers_as_its_customers_write_them() -> None:
    assert TypedNumbers(["GB"]).read("07400 123456") == "+447400123456"
