"""Why some are texted now and others in their morning, in words for whoever sees it first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sayso.domain.sending_hours import ABROAD
from sayso.domain.window import Reason
from sayso_local.demo.cast import Store

_MINUTE, _HOUR = timedelta(minutes=1), timedelta(hours=1)


def explained(here: Store, awake: int, there: Store, asleep: int, now: datetime) -> Iterator[str]:
    """What happens at a store that is open at `now` (aware) and at one that is closed."""
    window = there.window(now)
    (reason, *_), opens = window.why, window.next or now
    yield f"Sent now: {awake} at {here.code}, where it is {_clock(now, here.timezone)}."
    yield (
        f"Waiting: {asleep} at {there.code}, where it is {_clock(now, there.timezone)}. Theirs "
        f"leaves at {_clock(opens, there.timezone)} there, in {_in_words(opens - now)}."
    )
    yield f"Why: {_law(reason)}"
    yield "Ask about any number, at any hour:"
    yield f".venv/bin/sayso window {there.phone(0)}{_place(there)}"


def _law(reason: Reason) -> str:
    rule = reason.rule
    hours = " to ".join(str(rule.weekdays).split("-"))
    if rule is ABROAD:
        return (
            f"Sayso knows no law of that country, and keeps the American hours there: {hours} on "
            f"the recipient's clock (source: {rule.source})."
        )
    return (
        f"the law lets marketing arrive from {hours} only, on the recipient's clock (rule "
        f"“{rule}”, {rule.source})."
    )


def _place(store: Store) -> str:
    return f" --timezone {store.timezone}" + (f" --state {store.state}" if store.state else "")


def _clock(at: datetime, zone: str) -> str:
    return f"{at.astimezone(ZoneInfo(zone)):%H:%M}"


def _in_words(wait: timedelta) -> str:
    hours, rest = divmod(wait, _HOUR)
    return f"{hours} h {rest // _MINUTE} min"
