"""What a marketer may write as the trigger of a campaign."""

from datetime import time

from sayso.domain.refusal import Refused
from sayso.domain.schedule import RECIPIENT, Schedule, zone_of
from sayso.domain.series import DAILY, Trigger

_SHAPE = len("10:00")


class UnclearTrigger(Refused):
    """Not one of the triggers, or one with something that means nothing to it."""


def check_trigger(schedule: Schedule) -> Trigger:
    """What the schedule waits for. Raises UnclearTrigger or UnknownTimezone."""
    try:
        trigger = Trigger(schedule.on)
    except ValueError:
        known = ", ".join(Trigger)
        raise UnclearTrigger("schedule.on", f"{schedule.on!r} is none of {known}.") from None
    if schedule.now or schedule.cron:
        raise UnclearTrigger("schedule", 'With "on", neither "now" nor "cron" means anything.')
    if schedule.timezone not in ("", RECIPIENT):
        zone_of(schedule.timezone)
    if (trigger is Trigger.SILENT) != (schedule.days > 0):
        raise UnclearTrigger("schedule.days", 'Give "days" with "silent", and with nothing else.')
    if trigger in DAILY:
        time_of_day(schedule)
    elif schedule.at:
        raise UnclearTrigger("schedule.at", f'"at" means nothing to {trigger}: leave it out.')
    if trigger in DAILY and schedule.delay_minutes:
        raise UnclearTrigger("schedule.delay_minutes", f'{trigger} has a time instead: "at".')
    return trigger


def time_of_day(schedule: Schedule) -> time:
    """When the daily look is due, on the clock. Raises UnclearTrigger."""
    try:
        wall = time.fromisoformat(schedule.at)
    except ValueError:
        wall = None
    if wall is None or len(schedule.at) != _SHAPE:
        raise UnclearTrigger(
            "schedule.at",
            f"Give {schedule.on} a time of day, such as 10:00: it is looked for then.",
        )
    return wall
