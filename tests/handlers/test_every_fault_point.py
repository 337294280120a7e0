"""Every call to AWS and the carrier goes wrong once, in every way, at every step of a campaign.

The calls are numbered in a run without a fault; none is left out. However one of them fails, each
recipient is texted at most once, nobody is lost without being reported, and the run is closed.
"""

import gc
from collections import Counter
from collections.abc import Iterator

import pytest
from moto.dynamodb.models.table import Table

from tests.support.fault_stories import STORIES, UNDISTURBED
from tests.support.fault_story import Story
from tests.support.faulty_calls import Fault, Strike
from tests.support.faulty_world import FaultyWorld, opened_faulty_world

FUNCTIONS = ("launch", "plan", "send", "receipts")
# The SDK tries most calls again: what has had its effect once has to bear that, too.
EVERY_WAY = [
    *(pytest.param(fault, True, id=fault.name.lower()) for fault in Fault),
    pytest.param(Fault.LOST, False, id="lost_once"),
]
# The first story has most of the calls: a test for each function's, which may run side by side.
PARTS = [
    *(pytest.param(UNDISTURBED, name, id=name) for name in FUNCTIONS),
    *(pytest.param(story, "", id=story.name) for story in STORIES[1:]),
]


@pytest.fixture(scope="module")
def world() -> Iterator[FaultyWorld]:
    with opened_faulty_world() as opened:
        yield opened


def test_campaigns_without_a_fault(world: FaultyWorld) -> None:
    points: Counter[str] = Counter()
    for story in STORIES:
        outcome = world.without_a_fault(story)
        outcome.check_all_texted(story)
        struck = [outcome.calls[number] for number in world.points(story)]
        assert struck, "each story has calls of its own"
        points.update(call.stage for call in struck)
        if story is UNDISTURBED:
            assert struck == [*outcome.calls]
    assert set(points) == set(FUNCTIONS)
    kinds = len(EVERY_WAY)
    print(f"\n{points.total()} fault points {dict(points)}, {kinds} faults at each")  # noqa: T201


@pytest.mark.parametrize(("fault", "lasting"), EVERY_WAY)
@pytest.mark.parametrize(("story", "function"), PARTS)
def test_any_call_may_fail(
    world: FaultyWorld, story: Story, function: str, fault: Fault, lasting: bool
) -> None:
    planned = world.without_a_fault(story).calls
    points = [one for one in world.points(story) if function in ("", planned[one].stage)]

    assert points
    for number in points:
        outcome = world.campaign(story, Strike(number, fault, lasting))
        try:
            outcome.check(story)
        except AssertionError as broken:
            pytest.fail(f"{planned[number]} (call {number}) {fault}: {broken}\n{outcome}")
        assert outcome.calls[number] == planned[number], "the fault struck what it was meant for"


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_any_message_may_be_delivered_three_times(world: FaultyWorld, story: Story) -> None:
    messages = world.without_a_fault(story).deliveries

    for number in range(messages):
        world.campaign(story, thrice=number).check_all_texted(story)
    print(f"\n{messages} messages, each delivered three times")  # noqa: T201


def test_hundreds_of_campaigns_leave_no_copies_of_the_table_behind(world: FaultyWorld) -> None:
    world.campaign(UNDISTURBED)
    gc.collect()

    assert sum(isinstance(each, Table) for each in gc.get_objects()) <= 2
