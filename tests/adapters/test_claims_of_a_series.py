"""The claim of a triggered text: refused to whoever has said something since they were enrolled."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from sayso.domain.contact import Contact
from sayso.domain.firing_names import Does, FiringName
from sayso.domain.slot import Slot, SlotState
from sayso.services.ports.slots import Barred, Conditions
from tests.support.bluebird import ANA, NOON
from tests.support.campaigns import (
    KINDS_OF_STORE,
    Stores,
    a_run,
    a_subscriber,
    opened_stores,
    sending,
)

LATER = NOON + timedelta(seconds=1)
RUN = a_run(str(FiringName("C1", Does.BUCKET, NOON)))
UNHEARD = Conditions(not_heard_since=NOON, not_joined_since=NOON)


@pytest.fixture(params=KINDS_OF_STORE)
def stores(request: pytest.FixtureRequest) -> Iterator[Stores]:
    with opened_stores(request.param) as opened:
        sending(opened.campaigns, RUN)
        yield opened


def claim(stores: Stores, person: Contact, conditions: Conditions) -> str:
    """The reason why not; "" for a claim that went through."""
    stores.contacts.put(person)
    slot = Slot(RUN.id, ANA, SlotState.CLAIMED, "DOWNTOWN#0#0", "claim", LATER)
    try:
        stores.slots.claim(RUN, slot, LATER, conditions)
    except Barred as barred:
        assert stores.slots.read(RUN.id, [ANA]) == {}
        return barred.reason
    return ""


def ana(heard: datetime | None = NOON, joined: datetime = NOON) -> Contact:
    return replace(a_subscriber(ANA), last_heard_at=heard, joined_at=joined)


@pytest.mark.parametrize("heard", [None, NOON])
def test_whoever_has_said_nothing_since_is_texted(stores: Stores, heard: datetime | None) -> None:
    assert claim(stores, ana(heard), UNHEARD) == ""


def test_whoever_has_replied_is_not(stores: Stores) -> None:
    assert claim(stores, ana(heard=LATER), UNHEARD) == "replied"


def test_whoever_has_opted_in_anew_is_not(stores: Stores) -> None:
    assert claim(stores, ana(joined=LATER), UNHEARD) == "opted_in_anew"


def test_a_reply_is_nothing_where_nobody_minds(stores: Stores) -> None:
    conditions = replace(UNHEARD, not_heard_since=None)
    assert claim(stores, ana(heard=LATER), conditions) == ""


def test_another_text_of_the_series_may_follow(stores: Stores) -> None:
    """Two firings are no siblings, as the runs of one scheduling in two zones are."""
    earlier = str(FiringName("C1", Does.BUCKET, NOON - timedelta(hours=1)))
    person = replace(ana(), last_run=earlier, last_run_at=NOON - timedelta(hours=1))

    assert claim(stores, person, UNHEARD) == ""
