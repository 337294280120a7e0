"""By which channels a run counts."""

from dataclasses import replace

from sayso.domain.catalog import Keyword
from sayso.domain.referrals import FRIEND
from sayso.domain.reported import (
    CHANNELS_AT_MOST,
    OTHER,
    reported_channel,
    reported_channels,
)
from tests.support.bluebird import SHOP


def test_the_channels_that_the_shop_advertises_and_friends_are_told_apart() -> None:
    known = reported_channels(SHOP)

    assert known == {"window sign", "web page", FRIEND}
    assert reported_channel("window sign", known) == "window sign"


def test_any_other_channel_is_one_of_the_others_and_none_stays_none() -> None:
    known = reported_channels(SHOP)

    assert reported_channel("a sign of last year", known) == OTHER
    assert reported_channel("", known) == ""


def test_a_shop_with_a_thousand_signs_gets_no_report_without_end() -> None:
    signs = tuple(Keyword(f"W{number}", channel=f"sign {number}") for number in range(1000))

    assert len(reported_channels(replace(SHOP, keywords=signs))) == CHANNELS_AT_MOST + 1
