"""What the admin API says of a campaign that took days, for the console to show."""

from typing import Any

from tests.support.recorded_counter import CAMPAIGN_ID, COUPON, DELIVERY, HOOK, MIA, PHONE, POOL
from tests.support.recorded_reports import OVERALL, report

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
