"""What is promised of codes: each way in which the records disagree with the story, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal

from sayso_local.client import Text
from sayso_local.demo.told import Told


def redemptions(told: Told) -> Iterator[str]:
    for code in told.redeemed:
        uses = [use for use in told.coupons[code]["history"] if not use["undone_at"]]
        if len(uses) != 1:
            yield f"{code} was redeemed {len(uses)} times"


def told_valid(texts: Iterable[Text], told: Told) -> Iterator[str]:
    said = [text.body for text in texts if text.direction == "out" and text.body[:5] == "VALID"]
    for code in told.redeemed:
        entered = sum(use["way"] == "text" for use in told.coupons[code]["history"])
        if (times := sum(code in body for body in said)) != entered:
            yield f"{code} was said to be valid {times} times, and entered {entered} times"
    strays = (body for body in said if not any(code in body for code in told.redeemed))
    yield from (f"staff were told “{body}”" for body in strays)


def takings(told: Told) -> Iterator[str]:
    if told.till is None:
        return
    _, till = told.till
    sales = [Decimal(one.amount) for one in told.redeemed.values() if one.amount]
    expected = {"uses": len(told.redeemed), "sales": len(sales), "revenue": sum(sales)}
    found = {"uses": till["uses"], "sales": till["sales"], "revenue": Decimal(till["revenue"])}
    if found != expected:
        yield f"the report says {found}, it was {expected}"
    places = Counter(one.place for one in told.redeemed.values())
    if (reported := {one["name"]: one["uses"] for one in till["by_place"]}) != places:
        yield f"the report says {reported} by place, it was {dict(places)}"


def divisions(told: Told) -> Iterator[str]:
    """The report over everything, against what is on record of each coupon."""
    for by, lines in told.overall.items():
        name = "campaign_id" if by == "campaign" else by
        counted = Counter(coupon[name] or "" for coupon in told.coupons.values())
        reported = {line["key"]: line["redeemed"] for line in lines if line["redeemed"]}
        if reported != counted:
            yield f"the report says {reported} by {by}, it was {dict(counted)}"


def newcomers(told: Told) -> Iterator[str]:
    for phone, expected in told.newcomers.items():
        found = {name: told.entered[phone][name] for name in expected}
        if found != expected:
            yield f"{phone} is on record with {found} rather than {dict(expected)}"
