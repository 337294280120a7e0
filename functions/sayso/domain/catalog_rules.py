"""What makes a program, a location or a keyword right, beyond the form of each value."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from sayso.domain.campaign import GSM_AT_MOST, UCS2_AT_MOST
from sayso.domain.catalog import Catalog, Keyword, KeywordAction, Location, Program, Translation
from sayso.domain.opening import opening_faults
from sayso.domain.parts import count_parts, suggest_plain
from sayso.domain.phone import NotAPhoneNumber, parse_phone
from sayso.domain.program_terms import (
    contact_fault,
    frequency_fault,
    name_fault,
    translation_fault,
)
from sayso.domain.states import STATES
from sayso.domain.text import squash
from sayso.domain.timezones import is_timezone
from sayso.domain.understanding import intent_of, is_reserved, understand
from sayso.domain.vocabulary import Intent

_JOIN = "join"
_ZIP = re.compile(r"[0-9]{5}")
# They do not show, and no carrier promises to bring them across.
_INVISIBLE = ("Cc", "Cf", "Cs", "Zl", "Zp")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one value; `field` is its path in the API (`caps.per_week`)."""

    field: str
    reason: str


def program_faults(program: Program) -> Iterator[Fault]:
    """What is wrong with the program: its words go into nearly every text."""
    for field, fault_in in _SAID.items():
        value = getattr(program, field)
        yield from _costs(field, value)
        if reason := fault_in(value):
            yield Fault(field, reason)
    for one in program.translations:
        yield from _translation(one, program)
    yield from _https("terms_url", program.terms_url)
    yield from _https("privacy_url", program.privacy_url)
    yield from _zone(program.timezone)
    yield from _staff(program.staff_phones)
    caps = program.caps
    if caps.per_week < caps.per_day:
        yield Fault("caps.per_week", f"less than the {caps.per_day} of a day")
    if caps.per_month < caps.per_week:
        yield Fault("caps.per_month", f"less than the {caps.per_week} of a week")
    yield from _spending(program)


def location_faults(location: Location, catalog: Catalog) -> Iterator[Fault]:
    """What is wrong with the location, beside the others of the catalog."""
    yield from _costs("name", location.name)
    yield from _zone(location.timezone)
    if location.state and location.state not in STATES:
        yield Fault("state", f"{location.state} is no US state or territory")
    if location.zip and not _ZIP.fullmatch(location.zip):
        yield Fault("zip", "a ZIP code is five digits")
    if _has_invisible(location.address):
        yield Fault("address", "may hold one line of visible characters only")
    yield from _point(location)
    yield from (Fault(field, reason) for field, reason in opening_faults(location))
    yield from _spelling_faults("code", location.code, location, catalog)
    yield from _spelling_faults("name", location.name, location, catalog)
    for index, alias in enumerate(location.aliases):
        yield from _spelling_faults(f"aliases.{index}", alias, location, catalog)


def keyword_faults(keyword: Keyword, catalog: Catalog) -> Iterator[Fault]:
    """What is wrong with the keyword, given the locations of the catalog."""
    reason = is_reserved(keyword.word)
    if reason:
        yield Fault("word", f"reserved: {reason}")
    if squash(keyword.word) == _JOIN and keyword.action is not KeywordAction.JOIN:
        yield Fault("action", "JOIN always means to join: its action can only be join")
    if keyword.action is not KeywordAction.JOIN and not keyword.reply:
        yield Fault("reply", f"needed: it is what the action {keyword.action} answers")
    if keyword.location and catalog.location(keyword.location) is None:
        yield Fault("location", f"there is no location {keyword.location}")
    if _has_invisible(keyword.channel):
        yield Fault("channel", "may hold one line of visible characters only")
    if _has_invisible(keyword.reply.replace("\n", "")):
        yield Fault("reply", "may hold visible characters and line breaks only")
    yield from _too_long("reply", keyword.reply)


def _spending(program: Program) -> Iterator[Fault]:
    limits = program.spend_limits
    for field, limit in (("per_day", limits.per_day), ("per_month", limits.per_month)):
        if limit is not None and not program.price_per_part:
            yield Fault(f"spend_limits.{field}", "needs a price_per_part to be counted by")
    if limits.per_day and limits.per_month and limits.per_month < limits.per_day:
        yield Fault("spend_limits.per_month", "less than that of a day")


def _translation(translation: Translation, program: Program) -> Iterator[Fault]:
    path = f"translations.{translation.language}"
    if reason := translation_fault(translation.language, program.language):
        yield Fault(path, reason)
    yield from _costs(f"{path}.frequency", translation.frequency)
    if reason := frequency_fault(translation.frequency):
        yield Fault(f"{path}.frequency", reason)


def _staff(phones: Sequence[str]) -> Iterator[Fault]:
    for index, phone in enumerate(phones):
        try:
            if parse_phone(phone) != phone:
                yield Fault(f"staff_phones.{index}", f"write it as {parse_phone(phone)}")
        except NotAPhoneNumber as wrong:
            yield Fault(f"staff_phones.{index}", str(wrong))
        if phone in phones[:index]:
            yield Fault(f"staff_phones.{index}", "is in the list already")


_SAID: dict[str, Callable[[str], str | None]] = {
    "name": name_fault,
    "help_contact": contact_fault,
    "frequency": frequency_fault,
}


def _point(location: Location) -> Iterator[Fault]:
    if (location.latitude is None) != (location.longitude is None):
        missing = "latitude" if location.latitude is None else "longitude"
        yield Fault(missing, "latitude and longitude go together")


def _zone(name: str) -> Iterator[Fault]:
    if not is_timezone(name):
        yield Fault("timezone", "no IANA time zone; one looks like America/Chicago")


def _costs(field: str, text: str) -> Iterator[Fault]:
    """Control characters, and those that would double the price of every text they are in."""
    if _has_invisible(text):
        yield Fault(field, "may hold one line of visible characters only")
        return
    costly = count_parts(text).costly
    if costly:
        plain = suggest_plain(text)
        hint = f"; write {plain}" if not count_parts(plain).costly else ""
        yield Fault(field, f"{' '.join(costly)} would double the price of every text{hint}")


def _spelling_faults(
    field: str, form: str, location: Location, catalog: Catalog
) -> Iterator[Fault]:
    """Why customers could not name the location by `form` and mean this location alone."""
    spelling = squash(form)
    if not spelling:
        yield Fault(field, "has no letter or digit that a customer could text")
    elif reason := is_reserved(form):
        yield Fault(field, f"reserved: {reason}")
    elif spelling == _JOIN:
        yield Fault(field, "reserved: JOIN is what customers text before it")
    elif clashing := _others_called(spelling, location, catalog):
        yield Fault(field, f"{form} already means the location {clashing[0].code}")
    elif not _is_understood(form, location, catalog):
        yield Fault(field, f"JOIN {form} would not be understood to mean this location")


def _others_called(spelling: str, location: Location, catalog: Catalog) -> list[Location]:
    others = [other for other in catalog.locations if other.code != location.code]
    return [other for other in others if spelling in other.spellings()]


def _is_understood(form: str, location: Location, catalog: Catalog) -> bool:
    """Whether a customer who texts it gets there: some names read as a request to stop."""
    others = [other for other in catalog.locations if other.code != location.code]
    said = f"JOIN {form}"
    if intent_of(said) is not Intent.JOIN:
        return False
    reading = understand(said, replace(catalog, locations=(*others, location)))
    return reading.intent is Intent.JOIN and reading.location == location


def _has_invisible(text: str) -> bool:
    return any(unicodedata.category(character) in _INVISIBLE for character in text)


def _https(field: str, url: str) -> Iterator[Fault]:
    if url and not _is_https(url):
        yield Fault(field, "no https address; one looks like https://bluebird.example/terms")


def _is_https(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    plain = not any(character.isspace() for character in url) and not _has_invisible(url)
    return (
        plain
        and parts.scheme == "https"
        and "." in (parts.hostname or "")
        and "@" not in parts.netloc
    )


def _too_long(field: str, text: str) -> Iterator[Fault]:
    size = count_parts(text)
    most = GSM_AT_MOST if size.encoding == "GSM-7" else UCS2_AT_MOST
    if size.units > most:
        yield Fault(field, f"takes {size.units} of at most {most} characters in {size.encoding}")
