"""The campaign that the benchmarks send: a run in the middle of a large audience."""

from dataclasses import replace
from datetime import UTC, datetime

from sayso.adapters.dynamodb.items import Item
from sayso.adapters.dynamodb.runs import plan_item, run_item
from sayso.domain.offer import Offer
from sayso.domain.recipient import recipients
from sayso.domain.run import Plan, Run, RunState, Slice

# A Monday, noon in Chicago: every state's window is open.
NOON = datetime(2026, 11, 23, 18, tzinfo=UTC)
BODY = "Bluebird Coffee: two cinnamon rolls for one today at Bluebird Downtown. Reply STOP to end."
RUN = Run(
    id="01K8Z0000000000000000RUN01",
    campaign_id="01K8Z000000000000000CAMP01",
    body=BODY,
    due_at=NOON,
    timezone="America/Chicago",
    locations=("DOWNTOWN",),
    state=RunState.SENDING,
    launched_at=NOON,
)
# The same, where everybody's text brings a code and a page of their own.
OFFERED = replace(
    RUN,
    body="Bluebird Coffee: {{ offer }}! Show {{ code }} or open {{ link }} Reply STOP to end.",
    offer=Offer("Two cinnamon rolls for one"),
)
# A whole batch.
PEOPLE = recipients(f"+1312555{number:04d}" for number in range(50))


def run_items(run: Run = RUN) -> list[Item]:
    """The run and its slices' checkpoints, as a sender reads them after a batch: not done yet."""
    slices = [
        Plan(Slice(run.id, "DOWNTOWN", shard)).with_page(PEOPLE, "more") for shard in range(8)
    ]
    return [run_item(run), *(plan_item(plan, NOON) for plan in slices)]
