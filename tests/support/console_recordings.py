"""What the admin API says of campaigns that took days: figures for a page to show."""

from typing import Any

CAMPAIGN_ID = "01KAMZ3S8E5XQW0V7Y9T2B4C6D"
PHONE = "+13125550101"
BODY = 'Bluebird Coffee: two for one, {{ first_name | default: "friend" }}. Reply STOP to end.'
WHERE = "joined within 30 days and not language es"

VOCABULARY: dict[str, Any] = {
    "filters": [
        {
            "form": "joined within N days",
            "meaning": "Who joined in the last N days.",
            "example": "joined within 30 days",
            "filters": {},
        },
        {
            "form": "language CODE",
            "meaning": "Who is written to in that language.",
            "example": "language es",
            "filters": {},
        },
        {
            "form": "received CAMPAIGN",
            "meaning": "Who got a text of that campaign.",
            "example": "received within 7 days",
            "filters": {},
        },
    ],
    "combining": [
        {
            "form": "THIS and THAT",
            "meaning": "Who fits both.",
            "example": "joined within 30 days and language es",
            "filters": {},
        }
    ],
}
SEGMENT: dict[str, Any] = {
    "id": "01KAMZ3S8E5XQW0V7Y9T2B4C6E",
    "name": "New downtown",
    "locations": ["DOWNTOWN"],
    "where": WHERE,
    "filters": {},
    "created_at": "2026-11-20T10:00:00Z",
    "updated_at": "2026-11-21T10:00:00Z",
}
COUNT: dict[str, Any] = {
    "count": 4312,
    "total": 10000,
    "where": WHERE,
    "filters": {"joined": {"within": "30 days"}},
    "steps": [
        {"filter": "at DOWNTOWN, UPTOWN", "removed": 2100, "left": 7900},
        {"filter": "joined within 30 days", "removed": 3100, "left": 4800},
        {"filter": "not language es", "removed": 488, "left": 4312},
    ],
    "sample": [
        {
            "phone": PHONE,
            "location": "DOWNTOWN",
            "channel": "window sign",
            "language": "en",
            "joined_at": "2026-11-03T10:00:00Z",
        }
    ],
    "is_estimate": False,
}
PREVIEW: dict[str, Any] = {
    "recipients": 4312,
    "parts": 1,
    "encoding": "GSM-7",
    "units": 84,
    "costly": [],
    "plain": None,
    "parts_least": 1,
    "parts_most": 2,
    "price_least": "71.15",
    "price_most": "89.80",
    "held_out": 431,
    "findings": [
        {
            "level": "warning",
            "code": "urgency",
            "message": "“Today only” is said, and the offer holds for a week.",
            "variant": "A",
            "language": "en",
        }
    ],
    "texts": [
        {
            "variant": "A",
            "language": "en",
            "text": "Bluebird Coffee: two cinnamon rolls for one, Ana. Reply STOP to end.",
            "parts": 1,
            "encoding": "GSM-7",
        },
        {
            "variant": "A",
            "language": "es",
            "text": "Bluebird Coffee: dos rollos de canela por uno. Responde STOP para salir.",
            "parts": 1,
            "encoding": "GSM-7",
        },
    ],
}


OFFER: dict[str, Any] = {
    "title": "Two cinnamon rolls for one",
    "codes": "own",
    "shared_code": None,
    "pool": None,
    "uses": 1,
    "terms": "One a visit.",
    "places": ["DOWNTOWN"],
    "remind_hours": 24,
    "worth": "1.1",
}
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
COUPON: dict[str, Any] = {
    "code": "K7P4XQ9M",
    "shown": "K7P4XQ9M",
    "phone": PHONE,
    "campaign_id": CAMPAIGN_ID,
    "issued_at": "2026-11-20T16:00:00Z",
    "valid_from": None,
    # So far off that it is never over.
    "valid_until": "2099-12-08T05:59:00Z",
    "locations": ["DOWNTOWN"],
    "most_uses": 2,
    "uses": 1,
    "variant": "A",
    "channel": "window sign",
    "location": "DOWNTOWN",
    "history": [
        {
            "id": "01KAMZ3S8E5XQW0V7Y9T2B4C6G",
            "at": "2026-11-21T16:00:00Z",
            "way": "text",
            "by": "Mia",
            "location": "DOWNTOWN",
            "amount": "23.5",
            "undone_at": "2026-11-21T16:04:00Z",
        },
        {
            "id": "01KAMZ3S8E5XQW0V7Y9T2B4C6H",
            "at": "2026-11-21T16:05:00Z",
            "way": "page",
            "by": None,
            "location": None,
            "amount": None,
            "undone_at": None,
        },
    ],
}
POOL: dict[str, Any] = {
    "id": "01KAMZ3S8E5XQW0V7Y9T2B4C6J",
    "name": "Spring vouchers",
    "codes": 500,
    "free": 350,
    "given": 150,
    "reserved": 100,
    "created_at": "2026-11-20T10:00:00Z",
    "updated_at": "2026-11-21T10:00:00Z",
}
HOOK: dict[str, Any] = {
    "id": "01KAMZ3S8E5XQW0V7Y9T2B4C6K",
    "url": "https://crm.bluebird.example/sayso",
    "events": ["joined", "redeemed"],
    "description": "Our CRM",
    "enabled": True,
    "disabled_reason": None,
    "failing_since": "2026-11-22T09:00:00Z",
    "old_secret_until": "2026-11-23T09:00:00Z",
    "created_at": "2026-11-20T10:00:00Z",
    "updated_at": "2026-11-21T10:00:00Z",
}
DELIVERY: dict[str, Any] = {
    "id": "01KAMZ3S8E5XQW0V7Y9T2B4C6M",
    "event": "redeemed",
    "state": "waiting",
    "created_at": "2026-11-22T09:00:00Z",
    "tries": 2,
    "next_try_at": "2026-11-22T09:30:00Z",
    "attempts": [
        {"at": "2026-11-22T09:00:00Z", "status": None, "outcome": "no answer", "took_ms": 10000},
        {"at": "2026-11-22T09:00:05Z", "status": 503, "outcome": "answered 503", "took_ms": 41},
    ],
}
MIA: dict[str, Any] = {
    "phone": "+13125550155",
    "name": "Mia",
    "location": "DOWNTOWN",
    "has_pin": True,
}


def campaign(**changes: Any) -> dict[str, Any]:
    """An offer as the API shows it."""
    return {
        "id": CAMPAIGN_ID,
        "name": "Cinnamon week",
        "kind": "offer",
        "body": BODY,
        "translations": {"es": "Bluebird Coffee: dos por uno. STOP para salir."},
        "variants": [{"name": "B", "body": "Second wording", "translations": {}, "weight": 1}],
        "holdout_percent": 10,
        "valid_from": None,
        "valid_until": "2026-12-08T05:59:00Z",
        "spend_limit": "100",
        "offer": OFFER,
        "links": {"menu": "https://bluebird.example.com/menu"},
        "audience": {"locations": ["DOWNTOWN", "UPTOWN"], "where": WHERE, "segment": None},
        "schedule": {
            "at": None,
            "timezone": "recipient",
            "now": False,
            "cron": "0 10 * * TUE",
            "on": None,
            "days": 0,
            "delay_minutes": 0,
            "exit_on_reply": True,
        },
        "status": "sending",
        "paused_reason": None,
        "next_at": "2026-12-01T16:00:00Z",
        "missed": 0,
        "runs": ["01KAMZ3S8E5XQW0V7Y9T2B4C6F"],
        "created_at": "2026-11-20T10:00:00Z",
        "updated_at": "2026-11-21T10:00:00Z",
    } | changes


def _row(name: str, *numbers: int) -> dict[str, Any]:
    fields = (
        "targeted sent refused unknown excluded waiting "
        "delivered failed replied visited clicked redeemed opted_out"
    ).split()
    told = dict(zip(fields, numbers, strict=True))
    used = {"uses": told["redeemed"], "sales": 0, "revenue": "0", "referred": 0}
    return {"name": name, **told, **used}


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
            _row("DOWNTOWN", 3000, 2100, 8, 2, 350, 540, 2020, 40, 90, 12, 220, 60, 8),
            _row("UPTOWN", 1312, 900, 4, 1, 150, 257, 870, 12, 30, 5, 90, 28, 3),
        ],
        "by_channel": [
            _row("window sign", 3515, 3000, 12, 3, 500, 0, 2890, 52, 120, 17, 310, 88, 11)
        ],
        "by_variant": [
            _row("A", 1539, 1500, 6, 2, 31, 0, 1445, 26, 58, 8, 150, 43, 5),
            _row("B", 1545, 1500, 6, 1, 38, 0, 1445, 26, 62, 9, 160, 45, 6),
            _row("held_out", 431, 0, 0, 0, 431, 0, 0, 0, 0, 2, 0, 3, 0),
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


def recordings() -> dict[str, Any]:
    """One campaign under way and one saved segment, by request."""
    return {
        "GET /admin/segments": {"items": [SEGMENT], "next": None},
        f"GET /admin/segments/{SEGMENT['id']}": SEGMENT,
        "GET /admin/segments/vocabulary": VOCABULARY,
        "POST /admin/segments/count": COUNT,
        "POST /admin/campaigns/preview": PREVIEW,
        "GET /admin/report": OVERALL,
        "GET /admin/pools": {"items": [POOL], "next": None},
        "GET /admin/webhooks": {"items": [HOOK], "next": None},
        f"GET /admin/webhooks/{HOOK['id']}": HOOK,
        f"GET /admin/webhooks/{HOOK['id']}/deliveries": {"items": [DELIVERY], "next": None},
        "GET /admin/staff": {"items": [MIA], "next": None},
        f"GET /admin/coupons/{COUPON['code']}": COUPON,
        "GET /admin/campaigns": {"items": [campaign()], "next": None},
        f"GET /admin/campaigns/{CAMPAIGN_ID}": campaign(),
        f"GET /admin/campaigns/{CAMPAIGN_ID}/report": report(),
    }
