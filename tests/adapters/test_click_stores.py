"""What every ClickStore does: the one on the table and the fake of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest

from sayso.adapters.dynamodb.clicks import DynamoClicks
from sayso.adapters.dynamodb.coupons import DynamoCoupons
from sayso.domain.coupon import Coupon
from sayso.domain.takings import groups_of
from sayso.services.ports.clicks import ClickStore
from tests.fakes.clicks import FakeClicks
from tests.support.bluebird import ANA, BEN, NOON
from tests.support.coupons import Till, a_coupon, opened_till

LATER = NOON + timedelta(hours=2)


@dataclass(frozen=True)
class Links:
    till: Till
    clicks: ClickStore

    def issued(self, coupon: Coupon) -> Coupon:
        self.till.coupons.put(coupon)
        return coupon

    def kept(self, coupon: Coupon) -> Coupon:
        found = self.till.coupons.get(coupon.code)
        assert found
        return found


# Nobody in the simulated shop follows a link: it has no such store.
@pytest.fixture(params=["fake", "dynamodb"])
def links(request: pytest.FixtureRequest) -> Iterator[Links]:
    with opened_till(request.param) as till:
        if isinstance(till.coupons, DynamoCoupons):
            yield Links(till, DynamoClicks(till.coupons.client, till.coupons.table))
        else:
            yield Links(till, FakeClicks(till.outcomes.campaigns, till.coupons))  # type: ignore[attr-defined]


def test_a_first_click_counts_the_person_for_all_and_for_each_group(links: Links) -> None:
    coupon = links.issued(a_coupon(variant="B"))
    assert links.clicks.first(coupon, groups_of(coupon), LATER)
    assert links.till.tally() == {
        "clicked": 1,
        "l=DOWNTOWN|clicked": 1,
        "c=sign|clicked": 1,
        "v=B|clicked": 1,
    }
    assert links.kept(coupon).clicked_at == LATER


def test_the_same_person_counts_once_for_good(links: Links) -> None:
    coupon = links.issued(a_coupon())
    assert links.clicks.first(coupon, [], LATER)
    assert not links.clicks.first(coupon, [], LATER + timedelta(days=1))
    assert links.till.tally() == {"clicked": 1}
    assert links.kept(coupon).clicked_at == LATER


def test_another_person_and_another_run_count_by_themselves(links: Links) -> None:
    for coupon in (a_coupon(), a_coupon(BEN), a_coupon(ANA, "R2")):
        assert links.clicks.first(links.issued(coupon), [], LATER)
    assert links.till.tally() == {"clicked": 2}
    assert links.till.tally("R2") == {"clicked": 1}


def test_every_opening_counts_as_a_click_and_a_programs_as_a_preview(links: Links) -> None:
    coupon = links.issued(a_coupon())
    for _ in range(3):
        links.clicks.opened(coupon, LATER)
    links.clicks.previewed(coupon, LATER)
    assert links.till.tally() == {"clicks": 3, "previews": 1}
    assert links.kept(coupon).clicked_at is None


def test_a_click_after_the_coupon_is_gone_brings_none_back(links: Links) -> None:
    coupon = a_coupon()
    links.clicks.first(coupon, [], LATER)
    assert links.till.coupons.get(coupon.code) is None
