"""What the admin API reports of campaigns that took days: figures that add up."""

from typing import Any

from tests.support.recorded_counter import CAMPAIGN_ID

TILL: dict[str, Any] = {
    "uses": 91,
    "sales": 40,
    "revenue": "512.5",
    "rate": 0.0293,
    "low": 0.0238,
    "high": 0.036,
    "median_minutes": 1300.0,
    "timed": 88,
    "cost": "152.41",
    "cost_per_redemption": "1.674835",
    "includes_worth": True,
    "by_place": [
        {"name": "DOWNTOWN", "uses": 62, "sales": 40, "revenue": "512.5"},
        {"name": "UPTOWN", "uses": 27, "sales": 0, "revenue": "0"},
        {"name": "", "uses": 2, "sales": 0, "revenue": "0"},
    ],
}
LIFT: dict[str, Any] = {
    "texted": {
        "name": "texted",
        "people": 3084,
        "events": 95,
        "rate": 0.0308,
        "low": 0.0253,
        "high": 0.0375,
    },
    "held_out": {
        "name": "held_out",
        "people": 431,
        "events": 3,
        "rate": 0.007,
        "low": 0.0024,
        "high": 0.0203,
    },
    "difference": 0.0238,
    "low": 0.0094,
    "high": 0.0323,
    "said": "Of 1,000 who were meant to be texted 31 came, of 1,000 held out 7.0: a difference of "
    "24, most likely between 9.4 and 32.",
}


def _figures(*numbers: int) -> dict[str, Any]:
    fields = ("joined", "opted_out", "replied", "clicked", "redeemed", "sales")
    return {**dict(zip(fields, numbers, strict=True)), "revenue": str(12.5 * numbers[-1])}


def _line(key: str, name: str, *numbers: int, **known: Any) -> dict[str, Any]:
    unknown = dict.fromkeys(("redeemed_here", "revenue_here", "sent", "price", "price_is_estimate"))
    return {"key": key, "name": name, **_figures(*numbers), **unknown, **known}


OVERALL: dict[str, Any] = {
    "first": "2026-11-20",
    "last": "2026-11-22",
    "timezone": "America/Chicago",
    "by": "campaign",
    "all": _figures(420, 31, 120, 310, 91, 40),
    "items": [
        _line(
            CAMPAIGN_ID,
            "Cinnamon week",
            *(0, 11, 120, 310, 91, 40),
            sent=5604,
            price="52.31",
            price_is_estimate=True,
        ),
        _line("", "", 420, 20, 0, 0, 0, 0),
    ],
    "days": [
        {"day": "2026-11-20", **_figures(140, 10, 20, 50, 20, 10)},
        {"day": "2026-11-21", **_figures(0, 0, 0, 0, 0, 0)},
        {"day": "2026-11-22", **_figures(280, 21, 100, 260, 71, 30)},
    ],
}


def row(name: str, *numbers: int) -> dict[str, Any]:
    fields = (
        "targeted sent refused unknown excluded waiting "
        "delivered failed replied visited clicked redeemed opted_out"
    ).split()
    told = dict(zip(fields, numbers, strict=True))
    used = {"uses": told["redeemed"], "sales": 0, "revenue": "0", "referred": 0}
    rate = round(told["redeemed"] / told["sent"], 4) if told["sent"] else None
    near = {"low": rate and round(0.8 * rate, 4), "high": rate and round(1.2 * rate, 4)}
    return {"name": name, **told, **used, "rate": rate, **near}


def report(**changes: Any) -> dict[str, Any]:
    """A report in the middle of sending, whose figures add up."""
    return {
        "campaign_id": CAMPAIGN_ID,
        "status": "sending",
        "is_finished": False,
        "targeted": 4312,
        "sent": 3000,
        "delivered": 2890,
        "undelivered": 40,
        "failed": 52,
        "refused": 12,
        "unknown": 3,
        "waiting": 797,
        "waiting_by_reason": {"in_line": 700, "run_paused": 97},
        "opted_out": 11,
        "excluded": {"held_out": 431, "cap_day": 60, "opted_out": 9},
        "failures": {"unreachable": 40, "opted_out_at_carrier": 12},
        "failure_classes": {"phone": 40, "opted_out": 12},
        "explained": {
            "held_out": "Held out by chance, to compare with.",
            "cap_day": "Has had today's share of offers already.",
            "opted_out": "Said stop before it was their turn.",
            "unreachable": "The phone could not be reached.",
            "opted_out_at_carrier": "The carrier keeps texts from this number.",
            "in_line": "Their turn comes.",
            "run_paused": "The campaign is paused, and goes on with them when it is resumed.",
        },
        "held_out": 431,
        "replied": 120,
        "visited": 17,
        "clicked": 310,
        "redeemed": 88,
        "clicks": 402,
        "previews": 57,
        "referred": 6,
        "till": TILL,
        "reminders": {
            "targeted": 2712,
            "sent": 2604,
            "waiting": 0,
            "delivered": 2570,
            "opted_out": 4,
            "excluded": {"redeemed": 108},
        },
        "price": {"amount": "52.31", "currency": "USD", "is_estimate": True},
        "by_location": [
            row("DOWNTOWN", 3000, 2100, 8, 2, 350, 540, 2020, 40, 90, 12, 220, 60, 8),
            row("UPTOWN", 1312, 900, 4, 1, 150, 257, 870, 12, 30, 5, 90, 28, 3),
        ],
        "by_channel": [
            row("window sign", 3515, 3000, 12, 3, 500, 0, 2890, 52, 120, 17, 310, 88, 11)
        ],
        "by_variant": [
            row("A", 1539, 1500, 6, 2, 31, 0, 1445, 26, 58, 8, 150, 43, 5),
            row("B", 1545, 1500, 6, 1, 38, 0, 1445, 26, 62, 9, 160, 45, 6),
            row("held_out", 431, 0, 0, 0, 431, 0, 0, 0, 0, 2, 0, 3, 0),
        ],
        "comparison": {
            "outcome": "redeemed",
            "groups": [
                {
                    "name": "A",
                    "people": 1539,
                    "events": 43,
                    "rate": 0.0279,
                    "low": 0.0208,
                    "high": 0.0374,
                },
                {
                    "name": "B",
                    "people": 1545,
                    "events": 45,
                    "rate": 0.0291,
                    "low": 0.0218,
                    "high": 0.0388,
                },
                {
                    "name": "held_out",
                    "people": 431,
                    "events": 3,
                    "rate": 0.007,
                    "low": 0.0024,
                    "high": 0.0203,
                },
            ],
            "verdict": "No evidence of a difference: B got 29 redemptions per 1,000, A 28.",
            "is_evidence": False,
            "differences": [],
        },
        "lift": LIFT,
    } | changes
