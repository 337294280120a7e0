"""The end of a simulation: what the product reports, beside what was seen from outside."""

from sayso.domain.campaign import Campaign, State
from sayso.domain.ledger import Audit
from sayso.domain.slot import SlotState
from sayso.services.report import Report
from simulation.world import World

_TAKEN = (SlotState.SENT, SlotState.DELIVERED, SlotState.UNDELIVERED)
_DELIVERED = "TEXT_DELIVERED"


def reckon(world: World) -> None:
    """Tell the observer of all that does not add up."""
    for campaign in world.marketing.all():
        _check_campaign(world, campaign)
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


def _check_campaign(world: World, campaign: Campaign) -> None:
    report = world.use_cases.report(campaign.id, world.agenda.now())
    observer, name = world.observer, f"campaign {campaign.id}"
    if campaign.state not in (State.FINISHED, State.CANCELLED):
        observer.violated("a campaign never ended", f"{name} is {campaign.state}")
    accounted = report.sent + report.refused + report.unknown + sum(report.excluded.values())
    if report.waiting or accounted != report.targeted:
        observer.violated("recipients are missing", f"{name}: {report}")
    _compare_with_carrier(world, campaign, report)


def _compare_with_carrier(world: World, campaign: Campaign, report: Report) -> None:
    accepted = sum(world.observer.accepted[run_id] for run_id in campaign.runs)
    unsettled = sum(
        world.slots.count(run_id, SlotState.UNKNOWN, world.observer.is_texted)
        for run_id in campaign.runs
    )
    if accepted != report.sent + unsettled:
        world.observer.violated(
            "the report is not the carrier's count",
            f"campaign {campaign.id}: {accepted} taken, {report.sent} sent, {unsettled} unknown",
        )
    delivered = sum(world.reports.ends[run_id][_DELIVERED] for run_id in campaign.runs)
    if delivered != report.delivered:
        world.observer.violated(
            "deliveries are not the carrier's count",
            f"campaign {campaign.id}: {delivered} told, {report.delivered} reported",
        )
