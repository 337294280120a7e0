"""The vocabulary of segments: every filter's form, its meaning, and an example."""

from dataclasses import dataclass

from sayso.domain.segment.filters import Event, Field, Unit

FIELD_WORDS = {
    "at": Field.LOCATION,
    "home": Field.LOCATION,
    "location": Field.LOCATION,
    "channel": Field.CHANNEL,
    "keyword": Field.KEYWORD,
    "language": Field.LANGUAGE,
}
EVENTS = {event.value: event for event in Event}
UNITS = {unit.value: unit for unit in Unit} | {unit.value[:-1]: unit for unit in Unit}
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_MONTH_NUMBERS = {name.lower(): number for number, name in enumerate(MONTHS, 1)}


def month_of(word: str) -> int:
    """The month's number, by its name or the first three letters; 0 for none."""
    matching = [_MONTH_NUMBERS[name] for name in _MONTH_NUMBERS if name[:3] == word]
    return _MONTH_NUMBERS.get(word) or (matching[0] if matching else 0)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of filter: how it is written, what it means, and an example in both forms."""

    form: str
    meaning: str
    example: str


_EVENT = "joined|heard|visited|clicked|redeemed"
KINDS = (
    Kind(
        "at|home CODE, …",
        "one of these locations is their own store: where they joined or moved to",
        "at DOWNTOWN, SOHO",
    ),
    Kind(
        "visited CODE, … [within N hours|days|weeks]",
        "was seen at one of these locations, whichever is their own store",
        "visited DOWNTOWN, SOHO within 30 days",
    ),
    Kind(
        "within N miles of CODE|ZIP",
        "their own store, or else the ZIP code that they joined by, is at most so far from a "
        "location or a ZIP code, as the crow flies",
        "within 10 miles of 60614",
    ),
    Kind(
        "channel NAME, …",
        "joined through one of these signs, receipts or pages",
        'channel "window sign", receipt',
    ),
    Kind("keyword WORD, …", "joined with one of these words", "keyword COFFEE, JOIN"),
    Kind("language CODE, …", "reads one of these languages", "language es, fr"),
    Kind(
        "location|channel|keyword|language is known|unknown",
        "whether there is one on record",
        "location is unknown",
    ),
    Kind(
        f"{_EVENT} within N hours|days|weeks",
        "it last happened less than so long ago; `heard` is a text from them",
        "joined within 30 days",
    ),
    Kind(
        f"{_EVENT} over N hours|days|weeks ago",
        "it has happened, the last time so long ago or longer",
        "heard over 8 weeks ago",
    ),
    Kind(f"{_EVENT} before DAY", "it last happened before that day", "joined before 2026-12-01"),
    Kind(
        f"{_EVENT} since|after DAY",
        "it last happened on that day or later; `after`: the day after it or later",
        "visited since 2026-12-01",
    ),
    Kind(f"ever {_EVENT}", "it has happened at all", "ever redeemed"),
    Kind(f"never {_EVENT}", "it has never happened", "never clicked"),
    Kind(
        "received any [within N hours|days|weeks]",
        "a campaign's text went out to them",
        "not received any within 2 weeks",
    ),
    Kind(
        "received CAMPAIGN, … [within N hours|days|weeks]",
        "the text of one of these campaigns, by id, went out to them",
        "received 01KAMZ3S8E5XQW0V7Y9T2B4C6D",
    ),
    Kind(
        "[attribute] NAME = VALUE, …",
        "the shop's note of that name is one of these",
        'city = Austin, "San Antonio"',
    ),
    Kind(
        "NAME is known|unknown", "whether the shop has a note of that name", "first_name is known"
    ),
    Kind(
        "birthday today",
        "their birthday is today; one of 29 February is kept on the 28th in other years",
        "birthday today",
    ),
    Kind(
        "birthday within N days|weeks",
        "their birthday is today, or at most so many days ahead",
        "birthday within 7 days",
    ),
    Kind(
        "birthday in MONTH, …", "their birthday is in one of these months", "birthday in December"
    ),
    Kind("prefers fewer", "has asked for fewer texts than the program sends", "not prefers fewer"),
    Kind("prefers hours", "has asked for hours of their own", "prefers hours"),
)
COMBINING = (
    Kind("A and B", "passes both", "at DOWNTOWN and joined within 30 days"),
    Kind("A or B", "passes at least one", "language es or channel receipt"),
    Kind("not A", "does not pass, like those of whom nothing is known", "not language es"),
    Kind(
        "( … )",
        "belongs together; needed wherever and meets or",
        "at SOHO and (never visited or visited over 8 weeks ago)",
    ),
)


def first_words() -> list[str]:
    """The words that a filter may begin with, to suggest one of them."""
    return [
        *FIELD_WORDS,
        *EVENTS,
        *("within", "birthday", "received", "prefers", "never", "ever", "not", "attribute"),
    ]
