"""What the admin API says of codes, pools, staff and web hooks that have seen some use."""

from typing import Any

CAMPAIGN_ID = "01KAMZ3S8E5XQW0V7Y9T2B4C6D"
PHONE = "+13125550101"
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
