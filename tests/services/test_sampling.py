"""A sample of an audience is read while somebody waits: there is an end to it."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sayso.services.choosing import Chooser
from sayso.services.sampling import WITH_HISTORY_AT_MOST, Sampler
from tests.fakes.audience import FakeAudience
from tests.fakes.catalog import FakeCatalog
from tests.support.bluebird import NOON, SHOP
from tests.support.campaigns import a_subscriber

MANY = [f"+131255{number:05d}" for number in range(2 * WITH_HISTORY_AT_MOST)]
PAGE = 500


class Everybody:
    """CampaignHistory in which all have been texted; `asked` are the numbers that it read."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def last_texts(
        self, phones: Collection[str], campaigns: Collection[str]
    ) -> Mapping[str, Mapping[str, datetime]]:
        self.asked += phones
        return {phone: dict.fromkeys(campaigns, NOON) for phone in phones}


def test_who_was_texted_before_is_read_of_some_thousands_only() -> None:
    history = Everybody()
    places = [f"STORE{number}" for number in range(20)]
    everybody = [
        a_subscriber(phone, places[at // 2 % len(places)]) for at, phone in enumerate(MANY)
    ]
    audience = FakeAudience(everybody, PAGE)

    sample = Sampler(audience, Chooser(history, FakeCatalog(SHOP)).named).sample(
        places, "not received any", NOON
    )

    assert sample.people == ()
    assert not sample.is_whole
    assert WITH_HISTORY_AT_MOST <= len(history.asked) < WITH_HISTORY_AT_MOST + PAGE
