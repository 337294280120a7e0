"""What a template may name, and what each name stands for.

Beside these a template may name every attribute that the shop keeps of its subscribers.
"""

from collections.abc import Container, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

from sayso.domain.catalog import Location, Program
from sayso.domain.codes import page_of, spoken
from sayso.domain.offer import Links, Offer

# A template's values: texts by name, and texts by name within a name.
Values = Mapping[str, str | Mapping[str, str]]

# The names that are the same for everybody at a location, with what they mean.
SHARED_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "program.name": "the program's name",
        "location.name": "the name of the location that the person belongs to",
        "location.code": "that location's code",
        "valid_until": "until when the offer holds, in the location's time zone",
        "offer": "what the campaign offers, by its title",
        "code": "the code that the person shows or says",
        "link": "the address of the person's own page of the offer",
    }
)
# The campaign's own links stand within this name.
LINKS = "links"
# Those that only a campaign with an offer has, and those that need the shop's own address.
OF_OFFERS = frozenset({"offer", "code", "link"})
_WITHIN = frozenset(name.partition(".")[0] for name in SHARED_NAMES if "." in name) | {LINKS}
# How somebody might be on record of whom a marketer wants to see a sample.
SAMPLE: Mapping[str, str] = MappingProxyType(
    {"first_name": "Ana", "last_name": "Flores", "birthday": "05-14", "city": "Springfield"}
)

# Only characters of GSM-7: "sábado" and "août" would double the price of the text.
_DAYS: Mapping[str, tuple[str, ...]] = {
    "en": tuple("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()),
    "es": tuple("lunes martes miércoles jueves viernes sabado domingo".split()),
    "fr": tuple("lundi mardi mercredi jeudi vendredi samedi dimanche".split()),
}
_MONTHS: Mapping[str, tuple[str, ...]] = {
    "en": tuple(
        "January February March April May June July August September October November"
        " December".split()
    ),
    "es": tuple(
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre"
        " diciembre".split()
    ),
    "fr": tuple(
        "janvier février mars avril mai juin juillet aout septembre octobre novembre"
        " décembre".split()
    ),
}
_DATES: Mapping[str, str] = {
    "en": "{weekday}, {month} {day}",
    "es": "el {weekday} {day} de {month}",
    "fr": "{weekday} {day} {month}",
}
_MIDNIGHT, _LAST_MINUTE = (0, 0), (23, 59)


def shared_values(
    program: Program, location: Location | None, valid_until: datetime | None, language: str
) -> dict[str, str | Mapping[str, str]]:
    """What everybody at the location reads, in their language; what is not known is left out."""
    values: dict[str, str | Mapping[str, str]] = {"program": {"name": program.name}}
    if location:
        values["location"] = {"name": location.name, "code": location.code}
    if valid_until:
        zone = location.timezone if location else program.timezone
        values["valid_until"] = spoken_end(valid_until, zone, language)
    return values


def offer_values(
    code: str, shown: str, offer: Offer | None, links: Links, address: str
) -> dict[str, str | Mapping[str, str]]:
    """What one person reads of the offer, and where the links lead that are theirs.

    `code` opens their page, `shown` is what they show; `address` is where the pages are, "" where
    nobody knows. Nothing about the person is in a link.
    """
    page = page_of(code, address)
    values: dict[str, str | Mapping[str, str]] = {}
    if offer:
        values = {"offer": offer.title, "code": spoken(shown)}
    if offer and address:
        values["link"] = page
    if links.targets and address:
        values[LINKS] = {name: f"{page}/{name}" for name in links.targets}
    return values


def values_for(
    shared: Mapping[str, str | Mapping[str, str]], attributes: Mapping[str, str]
) -> dict[str, str | Mapping[str, str]]:
    """One person's values. An empty attribute counts as missing; none can stand for a shared name.

    A value's line breaks and double blanks become one blank: it was meant to stand in a sentence.
    """
    own = {name: " ".join(value.split()) for name, value in attributes.items()}
    return {name: value for name, value in own.items() if value} | dict(shared)


def unknown_in(names: Iterable[str], links: Container[str] = ()) -> list[str]:
    """Those of a template's names that nothing could ever stand for; `links` are the campaign's.

    An attribute's name is one word, whichever: what the shop keeps of its people is its own.
    """
    return sorted(
        name
        for name in names
        if name not in SHARED_NAMES
        and ("." in name or name in _WITHIN)
        and not (name.startswith(f"{LINKS}.") and name.partition(".")[2] in links)
    )


def attributes_in(names: Iterable[str]) -> frozenset[str]:
    """Those of a template's names that are attributes of a subscriber."""
    return frozenset(name for name in names if name not in SHARED_NAMES and "." not in name)


def sample_of(names: Iterable[str]) -> dict[str, str]:
    """Made-up attributes of somebody of whom everything is known that a template asks for."""
    return {name: SAMPLE.get(name, name.replace("_", " ")) for name in attributes_in(names)}


def spoken_end(until: datetime, zone: str, language: str) -> str:
    """An offer's end as people say it there: `Friday, December 4`, with `5 pm` where it matters.

    An end at midnight is the end of the day before.
    """
    local = until.astimezone(ZoneInfo(zone))
    date = spoken_last_day(until, zone, language)
    if (local.hour, local.minute) in (_MIDNIGHT, _LAST_MINUTE):
        return date
    return f"{date}, {_hour(local, language if language in _DATES else 'en')}"


def spoken_last_day(until: datetime, zone: str, language: str) -> str:
    """The last day of an offer, as `spoken_end` says it, without the hour."""
    local = until.astimezone(ZoneInfo(zone))
    if (local.hour, local.minute) == _MIDNIGHT:
        local = (until.astimezone(UTC) - timedelta(seconds=1)).astimezone(ZoneInfo(zone))
    spoken = language if language in _DATES else "en"
    return _DATES[spoken].format(
        weekday=_DAYS[spoken][local.weekday()],
        month=_MONTHS[spoken][local.month - 1],
        day=local.day,
    )


def _hour(local: datetime, language: str) -> str:
    if language == "fr":
        return f"{local.hour} h {local.minute:02d}" if local.minute else f"{local.hour} h"
    half = "am" if local.hour < 12 else "pm"
    hour = local.hour % 12 or 12
    return f"{hour}:{local.minute:02d} {half}" if local.minute else f"{hour} {half}"
