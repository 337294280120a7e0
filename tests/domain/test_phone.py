"""Phone numbers come in many forms and are kept in one; logs get none of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.domain.phone import NotAPhoneNumber, masked, parse_phone
from tests.support.bluebird import ANA

numbers = st.from_regex(r"\+[1-9][0-9]{7,14}", fullmatch=True)


@pytest.mark.parametrize(
    "written",
    [ANA, "+1 312 555 0101", "+1 (312) 555-0101", "+1.312.555.0101", "+1\u2011312\u20135550101"],
)
def test_spaces_brackets_dots_and_dashes_are_forgiven(written: str) -> None:
    assert parse_phone(written) == ANA


@pytest.mark.parametrize(
    "written",
    [
        "",
        "80808",
        "3125550101",
        "13125550101",
        "+03125550101",
        "+1312555",
        "+1312555010112345",
        "+1312555010l",
        "++13125550101",
        "+13125550101;ext=5",
        "+1312５550101",
        "whatsapp:+13125550101",
    ],
)
def test_what_is_not_e164_is_refused_with_an_example(written: str) -> None:
    with pytest.raises(NotAPhoneNumber, match=r"such as \+13125550101"):
        parse_phone(written)


@given(st.text())
def test_whatever_is_accepted_is_e164(text: str) -> None:
    try:
        phone = parse_phone(text)
    except NotAPhoneNumber:
        return
    assert phone.isascii()
    assert phone[0] == "+"
    assert 8 <= len(phone[1:]) <= 15


def test_a_masked_number_shows_the_country_digit_and_the_last_two() -> None:
    assert masked(ANA) == "+1********01"


@given(numbers)
def test_a_masked_number_hides_all_but_three_digits(phone: str) -> None:
    assert sum(character.isdigit() for character in masked(phone)) == 3
    assert len(masked(phone)) == len(phone)


@pytest.mark.parametrize("text", ["", "80808", "+12345"])
def test_what_is_too_short_to_mask_is_hidden_whole(text: str) -> None:
    assert masked(text) == "***"
