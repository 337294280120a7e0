"""Who got what, and why not, in two tables and a verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from sayso_local.client import Text
from sayso_local.demo.cast import Store
from sayso_local.demo.checks import is_offer, verdict
from sayso_local.demo.stage import Stage
from sayso_local.demo.told import Told

# What a report's reasons mean to someone who reads them for the first time.
_WHY = {
    "opted_out": "said stop before their turn",
    "held": "may have said stop: a person decides",
    "not_subscribed": "are no subscribers any more",
    "outside_window": "their window opens more than a day late",
    "cap_day": "they have had the day's texts",
    "cap_week": "they have had the week's texts",
    "cap_month": "they have had the month's texts",
    "cap_state": "their state allows no more for now",
    "cap_own": "they asked for no more",
}


def summarize(stage: Stage, stores: Sequence[Store], texts: Sequence[Text], told: Told) -> bool:
    """Print it all; whether every promise was kept."""
    stage.line()
    stage.table(
        "Who got what, by store (the carrier's count)",
        ("store", "people", "said stop", *(told.names[one] for one in told.campaigns)),
        _by_store(stores, texts, told),
    )
    stage.table(
        "What became of each offer (Sayso's report)",
        ("offer", "on the list", "sent", "delivered", "failed", "not sent", "waiting", "left"),
        (_figures(told.names[campaign], told.reports[campaign]) for campaign in told.campaigns),
    )
    for campaign, report in told.reports.items():
        for reason in _reasons(report):
            stage.note(f"{told.names[campaign]}: {reason}")
    _show_till(stage, told)
    stage.line("\n   Held against the carrier's record, and the table's:")
    promises = verdict(texts, told)
    for promise in promises:
        stage.check(promise.text, promise.broken)
    return not any(promise.broken for promise in promises)


def _show_till(stage: Stage, told: Told) -> None:
    """What came back over the counter, as the report says it."""
    if told.till is None:
        return
    campaign, till = told.till
    for by, items in told.overall.items():
        columns = (by, "joined", "opened a link", "redeemed", "sales told")
        stage.table(f"What came of it all, by {by} (Sayso's report)", columns, _lines_by(items))
    stage.note(
        f"{told.names[campaign]}: {till['uses']} redeemed, {till['rate']:.0%} of those sent it "
        f"(95 times in 100 between {till['low']:.0%} and {till['high']:.0%}); sales that staff "
        f"told: ${float(till['revenue']):.2f}."
    )


def _lines_by(items: Sequence[dict[str, Any]]) -> list[tuple[object, ...]]:
    """Rows of the report over everything: who joined, opened, redeemed, and the sales told."""
    return [
        (
            one["name"] or one["key"] or "none of them",
            *(one[name] for name in ("joined", "clicked", "redeemed")),
            f"${Decimal(one['revenue']):.2f}",
        )
        for one in items
        if one["joined"] or one["clicked"] or one["redeemed"]
    ]


def _by_store(
    stores: Sequence[Store], texts: Sequence[Text], told: Told
) -> Iterator[Sequence[object]]:
    groups = {store.code: told.named[store.code] for store in stores}
    groups |= {f"{told.asleep_at} (asleep)": told.asleep, "never joined": told.strangers}
    for name, phones in groups.items():
        got = Counter(
            text.context.get("campaign", "")
            for text in texts
            if is_offer(text) and text.to in phones
        )
        stopped = len(phones & told.goodbyes.keys())
        yield name, len(phones), stopped, *(got[campaign] for campaign in told.campaigns)


def _figures(name: str, report: Mapping[str, Any]) -> Sequence[object]:
    return (
        name,
        report["targeted"],
        report["sent"],
        report["delivered"],
        report["undelivered"] + report["refused"],
        sum(report["excluded"].values()),
        report["waiting"],
        report["opted_out"],
    )


def _reasons(report: Mapping[str, Any]) -> Iterator[str]:
    for reason, count in report["excluded"].items():
        yield f"{count} not sent: {_WHY.get(reason, reason)}"
    for reason, count in report["failures"].items():
        yield f"{count} failed: {reason.replace('_', ' ').lower()}"
