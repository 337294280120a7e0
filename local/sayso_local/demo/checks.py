"""The product's promises, checked against the carrier's own record of every text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sayso.domain.window import decide_window
from sayso_local.client import Text
from sayso_local.demo.till_checks import divisions, newcomers, redemptions, takings, told_valid
from sayso_local.demo.told import Told


@dataclass(frozen=True)
class Promise:
    """One line of the verdict; `broken` says how it was broken, if it was."""

    text: str
    broken: tuple[str, ...]


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
        "No code was redeemed twice, and each that was is on record": redemptions(told),
        "Staff were told VALID once for each code that they redeemed": told_valid(texts, told),
        "The report tells of every redemption, where it was, and the sale": takings(told),
        "By campaign, channel and location it counts the same": divisions(told),
        "Whoever came by a friend or a ZIP code is on record so": newcomers(told),
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
