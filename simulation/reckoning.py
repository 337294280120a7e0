"""The end of a simulation: what the product reports, beside what was seen from outside."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from sayso.domain.campaign import Campaign, State
from sayso.domain.ledger import Audit
from sayso.domain.run import Run
from sayso.domain.slot import SlotState
from simulation.world import World

_DELIVERED = "TEXT_DELIVERED"


class Unknown(NamedTuple):
    """Slots of whose text nobody has heard, by run: the carrier took it, or it did not."""

    texted: Counter[str]
    untexted: Counter[str]


def reckon(world: World) -> None:
    """Tell the observer of all that does not add up."""
    texted = world.observer.is_texted
    unknown = Unknown(
        world.slots.count(SlotState.UNKNOWN, texted),
        world.slots.count(SlotState.UNKNOWN, lambda row, run_id: not texted(row, run_id)),
    )
    for campaign in world.marketing.all():
        _check_campaign(world, campaign, unknown)
        _check_pool(world, campaign, unknown)
    if unhandled := world.observer.unhandled():
        world.observer.violated("inbound texts lost", f"{unhandled} texts")
    for row, lines in world.conversations.ledgers.items():
        world.observer.ledger(row, lines)
        audit, contact = Audit(world.people.phone(row)), world.contacts.get(row)
        for line in lines:
            audit.read(line)
        audit.end(contact, contact)
        for fault in audit.faults:
            world.observer.violated("a ledger does not verify", f"row {row}: {fault}")


def _check_campaign(world: World, campaign: Campaign, unknown: Unknown) -> None:
    report = world.use_cases.report(campaign.id, world.agenda.now())
    observer, name = world.observer, f"campaign {campaign.id}"
    if campaign.state not in (State.FINISHED, State.CANCELLED):
        observer.violated("a campaign never ended", f"{name} is {campaign.state}")
    accounted = report.sent + report.refused + report.unknown + sum(report.excluded.values())
    if report.waiting or accounted != report.targeted:
        observer.violated("recipients are missing", f"{name}: {report}")
    runs = world.campaigns.runs_of(campaign.id)
    counts = (report.sent, report.delivered)
    _compare_with_carrier(world, [run for run in runs if not run.reminds_of], counts, unknown)
    if told := report.reminders:
        if told.waiting:
            observer.violated("recipients are missing", f"{name}: {told}")
        counts = (told.sent, told.delivered)
        _compare_with_carrier(world, [run for run in runs if run.reminds_of], counts, unknown)


def _compare_with_carrier(
    world: World, runs: Sequence[Run], counts: tuple[int, int], unknown: Unknown
) -> None:
    """Of these runs so many texts were sent, and so many delivered, by the report."""
    sent, delivered = counts
    taken = sum(world.observer.accepted[run.id] for run in runs)
    unsettled = sum(unknown.texted[run.id] for run in runs)
    name = f"campaign {runs[0].campaign_id}" if runs else "no run"
    if taken != sent + unsettled:
        world.observer.violated(
            "the report is not the carrier's count",
            f"{name}: {taken} taken, {sent} sent, {unsettled} unknown",
        )
    told = sum(world.reports.ends[run.id][_DELIVERED] for run in runs)
    if told != delivered:
        world.observer.violated(
            "deliveries are not the carrier's count",
            f"{name}: {told} told, {delivered} reported",
        )


def _check_pool(world: World, campaign: Campaign, unknown: Unknown) -> None:
    """A code is either free, or somebody's who has read it, or whose text may be lost."""
    pool = world.pools.get(campaign.offer.pool) if campaign.offer else None
    if pool is None:
        return
    free = world.pools.between(pool.id, pool.taken, pool.end)
    runs = [one for one in world.campaigns.runs_of(campaign.id) if not one.reminds_of]
    lost = sum(unknown.untexted[run.id] for run in runs)
    shown = world.observer.promises.shown[campaign.id]
    if len({*free}) != len(free) or any(map(world.observer.promises.is_shown, free)):
        world.observer.violated("a code is free that somebody has", f"pool {pool.id}")
    if (pool.given, pool.free) != (shown + lost, len(free)):
        world.observer.violated(
            "a pool's codes do not add up",
            f"campaign {campaign.id}: {pool.given} given, {shown} shown, {lost} lost",
        )
