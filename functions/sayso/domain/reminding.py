"""Reminders of an offer: when they are due, and the runs that bring them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sayso.domain.campaign import Campaign
from sayso.domain.refusal import Refused
from sayso.domain.run import Run, RunState, run_ids
from sayso.domain.speech.reminders import REMINDERS
from sayso.domain.versions import Versions


def remind_at(campaign: Campaign) -> datetime | None:
    """When those are reminded who have not redeemed what the campaign sent; None for never."""
    offer, ends = campaign.offer, campaign.valid_until
    if offer is None or not offer.remind_hours or ends is None:
        return None
    return ends - timedelta(hours=offer.remind_hours)


def check_reminder(campaign: Campaign, texted_at: Sequence[datetime]) -> None:
    """Raise Refused for a reminder that cannot come; `texted_at` is when the texts go out."""
    if campaign.offer is None or not campaign.offer.remind_hours:
        return
    if campaign.is_triggered:
        raise Refused("offer.remind_hours", "a triggered campaign reminds nobody: leave it at 0")
    due_at = remind_at(campaign)
    if due_at is None:
        raise Refused("valid_until", "say when the offer ends, to remind people before it does")
    if any(at >= due_at for at in texted_at):
        raise Refused("offer.remind_hours", "the reminder would come before the text itself")


def reminders_of(campaign: Campaign, runs: Sequence[Run], occasion: str) -> list[Run]:
    """One run for each of these, which reminds the people whom that one texts.

    It goes where that one goes, under an occasion of its own; who is meant was chosen then.
    """
    due_at = remind_at(campaign)
    if due_at is None:
        return []
    texted = [run for run in runs if run.due_at < due_at]
    return [
        replace(
            run,
            id=run_id,
            body=REMINDERS["en"],
            versions=Versions(translations=REMINDERS),
            due_at=due_at,
            where="",
            state=RunState.WAITING,
            launched_at=None,
            reminds_of=run.id,
        )
        for run_id, run in zip(run_ids(occasion, len(texted)), texted, strict=True)
    ]
