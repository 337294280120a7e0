"""The product's promises, checked against the carrier's own record of every text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from sayso.domain.window import decide_window
from sayso_local.client import Text


@dataclass(frozen=True)
class Promise:
    """One line of the verdict; `broken` says how it was broken, if it was."""

    text: str
    broken: tuple[str, ...]


@dataclass(frozen=True)
class Redeemed:
    """Where a code was redeemed, and the sale in dollars, "" where nobody said."""

    place: str
    amount: str = ""


@dataclass
class Told:
    """What the story did, to hold the carrier's record against.

    `named` and `tagged` map each store to those who named it and to those on record there;
    `goodbyes` each phone that opted out to the id of the message in which it did;
    `campaigns` each campaign's id to the stores that it was for, `asleep` are those whom it was for
    too, at the store `asleep_at`, where it is night. `redeemed` maps each code to how it was
    redeemed, `coupons` to what is on record of it; `newcomers` each phone that came by a friend or
    a ZIP code to what should be on record, `entered` to what is. `till` is a campaign with what its
    report says of the till, `overall` the report over everything, by what it was asked by.
    """

    named: dict[str, set[str]] = field(default_factory=dict)
    tagged: dict[str, set[str]] = field(default_factory=dict)
    strangers: set[str] = field(default_factory=set)
    asleep: set[str] = field(default_factory=set)
    asleep_at: str = ""
    goodbyes: dict[str, str] = field(default_factory=dict)
    delivered_often: set[str] = field(default_factory=set)
    campaigns: dict[str, tuple[str, ...]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    reports: dict[str, Mapping[str, Any]] = field(default_factory=dict)

    redeemed: dict[str, Redeemed] = field(default_factory=dict)
    coupons: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    newcomers: dict[str, Mapping[str, str]] = field(default_factory=dict)
    entered: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    till: tuple[str, Mapping[str, Any]] | None = None
    overall: dict[str, Sequence[dict[str, Any]]] = field(default_factory=dict)

    @property
    def members(self) -> set[str]:
        """Everyone who has ever joined."""
        return set().union(*self.named.values())


def verdict(texts: Sequence[Text], told: Told) -> list[Promise]:
    """Each promise, kept or broken. `texts` are in the order in which the carrier took them."""
    offers = [text for text in texts if is_offer(text)]
    checks = {
        "Everyone who joined was answered and tagged with the store they named": _tags(texts, told),
        "A text that was delivered six times was answered once": _often(texts, told),
        "Nobody got an offer twice": _doubles(offers),
        "Offers went only to members of the stores they were for": _strays(offers, told),
        "Nobody got an offer after their goodbye was confirmed": _afterwards(texts, told),
        "Each goodbye was confirmed exactly once": _confirmations(texts, told),
        "Everyone else got the offers that they were on the list for": _missing(offers, told),
        "Every offer came within the legal hours; whoever sleeps waits": _hours(offers, told),
        "The reports agree with the carrier's own count": _counts(offers, told),
        "No code was redeemed twice, and each that was is on record": _redemptions(told),
        "The report tells of every redemption, where it was, and the sale": _takings(told),
        "Whoever came by a friend or a ZIP code is on record so": _newcomers(told),
    }
    return [Promise(text, tuple(broken)) for text, broken in checks.items()]


def is_offer(text: Text) -> bool:
    """Whether the text is marketing on its way to a phone."""
    return text.direction == "out" and text.message_type == "PROMOTIONAL"


def _tags(texts: Iterable[Text], told: Told) -> Iterator[str]:
    answered = {text.to for text in texts if text.direction == "out"}
    for store, named in told.named.items():
        yield from (f"{phone} was not answered" for phone in sorted(named - answered))
        yield from (
            f"{phone} is not tagged {store}" for phone in sorted(named - told.tagged[store])
        )
        yield from (f"{phone} never named {store}" for phone in sorted(told.tagged[store] - named))


def _often(texts: Iterable[Text], told: Told) -> Iterator[str]:
    times = Counter(_answers(text) for text in texts)
    for message in told.delivered_often:
        if times[message] != 1:
            yield f"message {message} was answered {times[message]} times"


def _doubles(offers: Iterable[Text]) -> Iterator[str]:
    times = Counter((text.to, _campaign(text)) for text in offers)
    yield from (
        f"{phone} got one {count} times" for (phone, _), count in times.items() if count > 1
    )


def _strays(offers: Iterable[Text], told: Told) -> Iterator[str]:
    for text in offers:
        stores = told.campaigns.get(_campaign(text), ())
        if not any(text.to in told.named[store] for store in stores):
            yield f"{text.to} is no member of {' or '.join(stores) or 'any store'}"


def _afterwards(texts: Iterable[Text], told: Told) -> Iterator[str]:
    gone: set[str] = set()
    for text in texts:
        if is_offer(text) and text.to in gone:
            yield f"{text.to} got “{text.body}”"
        if _is_confirmation(text, told):
            gone.add(text.to)


def _confirmations(texts: Iterable[Text], told: Told) -> Iterator[str]:
    times = Counter(text.to for text in texts if _is_confirmation(text, told))
    for phone in told.goodbyes:
        if times[phone] != 1:
            yield f"{phone} had {times[phone]} confirmations"


def _missing(offers: Iterable[Text], told: Told) -> Iterator[str]:
    got = {(text.to, _campaign(text)) for text in offers}
    for campaign, stores in told.campaigns.items():
        wanted = set().union(*(told.named[store] for store in stores)) - told.goodbyes.keys()
        for phone in sorted(wanted):
            if (phone, campaign) not in got:
                yield f"{phone} did not get “{told.names[campaign]}”"


def _counts(offers: Sequence[Text], told: Told) -> Iterator[str]:
    taken = Counter(_campaign(text) for text in offers)
    arrived = Counter(_campaign(text) for text in offers if text.status == "delivered")
    for campaign, report in told.reports.items():
        for name, count in (("sent", taken[campaign]), ("delivered", arrived[campaign])):
            if report[name] != count:
                yield f"{told.names[campaign]}: {report[name]} {name} reported, {count} counted"


def _redemptions(told: Told) -> Iterator[str]:
    for code in told.redeemed:
        uses = [use for use in told.coupons[code]["history"] if not use["undone_at"]]
        if len(uses) != 1:
            yield f"{code} was redeemed {len(uses)} times"


def _takings(told: Told) -> Iterator[str]:
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


def _newcomers(told: Told) -> Iterator[str]:
    for phone, expected in told.newcomers.items():
        found = {name: told.entered[phone][name] for name in expected}
        if found != expected:
            yield f"{phone} is on record with {found} rather than {dict(expected)}"


def _hours(offers: Iterable[Text], told: Told) -> Iterator[str]:
    for text in offers:
        if text.to in told.asleep:
            yield f"{text.to} was woken up"
        elif not decide_window(text.to, datetime.fromisoformat(text.at)).allowed:
            yield f"{text.to} got one at {text.at}"


def _answers(text: Text) -> str | None:
    return text.context.get("exchange")


def _campaign(text: Text) -> str:
    return text.context.get("campaign", "")


def _is_confirmation(text: Text, told: Told) -> bool:
    goodbye = told.goodbyes.get(text.to)
    return goodbye is not None and _answers(text) == goodbye
