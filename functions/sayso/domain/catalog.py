"""What a shop has set up: its program, its locations and its keywords."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from sayso.domain.text import fold, squash, within_edits

# A store is named close to the keyword: what comes later in a text is about something else.
_LOOKED_AT = 12


class OptIn(StrEnum):
    """Whether a JOIN is enough, or a YES has to follow it."""

    SINGLE = "single"
    DOUBLE = "double"


class KeywordAction(StrEnum):
    """What a marketer's keyword does."""

    JOIN = "join"
    REPLY = "reply"
    OFFER = "offer"


@dataclass(frozen=True, slots=True)
class Caps:
    """How many marketing texts a person gets at most.

    Three a day is what the tightest states allow (Fla. Stat. 501.616(6) and others).
    """

    per_day: int = 3
    per_week: int = 8
    per_month: int = 20


@dataclass(frozen=True, slots=True)
class SpendLimits:
    """What marketing texts may cost at most, in millionths of a dollar; None is no ceiling."""

    per_day: int | None = None
    per_month: int | None = None


@dataclass(frozen=True, slots=True)
class Translation:
    """The program's own words for those of its settings that customers read, in one language."""

    language: str
    frequency: str


@dataclass(frozen=True, slots=True)
class Program:
    """One messaging program: what a customer says yes to (CTIA: one opt-in covers one program).

    `price_per_part` is the carrier's, its fees included, in millionths of a dollar; 0: not known.
    `staff_phones` are whom a campaign may be tried on before it goes out, in E.164.
    """

    name: str
    help_contact: str
    frequency: str
    terms_url: str = ""
    privacy_url: str = ""
    opt_in: OptIn = OptIn.SINGLE
    timezone: str = "America/New_York"
    caps: Caps = field(default_factory=Caps)
    language: str = "en"
    translations: tuple[Translation, ...] = ()
    price_per_part: int = 0
    spend_limits: SpendLimits = field(default_factory=SpendLimits)
    staff_phones: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Location:
    """A store: `code` is the word that customers text after the keyword.

    `latitude` and `longitude` are in millionths of a degree, both or neither; without them the
    store is where its `zip` is (domain.nearest). The form of `hours` and `holidays` is told in
    domain.opening.
    """

    code: str
    name: str
    timezone: str
    state: str = ""
    zip: str = ""
    aliases: tuple[str, ...] = ()
    address: str = ""
    latitude: int | None = None
    longitude: int | None = None
    hours: tuple[tuple[int, int, int], ...] = ()
    holidays: tuple[tuple[str, tuple[tuple[int, int], ...]], ...] = ()

    def spellings(self) -> Iterator[str]:
        """Every form under which a customer may name this location, squashed."""
        for form in (self.code, self.name, *self.aliases):
            yield squash(form)


@dataclass(frozen=True, slots=True)
class Keyword:
    """A word that a marketer has advertised; `channel` is the sign, receipt or page it is on."""

    word: str
    action: KeywordAction = KeywordAction.JOIN
    location: str = ""
    channel: str = ""
    reply: str = ""


@dataclass(frozen=True, slots=True)
class Staff:
    """Somebody at the counter. `phone` (E.164) may text USE; `pin` is the seal of theirs, if any.

    `location` is the store that they redeem at, "" for whichever the coupon is good at.
    """

    phone: str
    name: str
    location: str = ""
    pin: str = ""


@dataclass(frozen=True)
class Catalog:
    """Program, locations, keywords and staff as they stood at one `revision`."""

    program: Program | None
    locations: tuple[Location, ...] = ()
    keywords: tuple[Keyword, ...] = ()
    revision: int = 0
    staff: tuple[Staff, ...] = ()

    @cached_property
    def _by_word(self) -> dict[str, Keyword]:
        return {squash(keyword.word): keyword for keyword in self.keywords}

    @cached_property
    def _by_spelling(self) -> dict[str, Location]:
        return {
            spelling: location
            for location in reversed(self.locations)
            for spelling in location.spellings()
        }

    @cached_property
    def _by_phone(self) -> dict[str, Staff]:
        return {one.phone: one for one in self.staff}

    def staff_member(self, phone: str) -> Staff | None:
        """Who of the staff has this number."""
        return self._by_phone.get(phone)

    def keyword(self, word: str) -> Keyword | None:
        """The keyword spelled like `word`, case, accents and punctuation ignored."""
        return self._by_word.get(squash(word))

    def is_spelled(self, squashed: str) -> bool:
        """Whether this is exactly a spelling of one of the locations."""
        return squashed in self._by_spelling

    def location(self, code: str) -> Location | None:
        """The location with exactly this code."""
        return next((one for one in self.locations if one.code == code), None)

    def named_in(self, text: str) -> Location | None:
        """The one location that `text` names: exactly, within a phrase, or with a small typo.

        None when nothing fits, or when more than one location is named or could be meant: a
        wrong tag sends a person the wrong store's offers, no tag only asks again.
        """
        words = fold(text).split()[:_LOOKED_AT]
        meant = _meant(words, self._spelled) or _meant(words, self._misspelled)
        return meant.pop() if len(meant) == 1 else None

    def spelled_in(self, text: str) -> Location | None:
        """The one location that `text` names exactly."""
        meant = _meant(fold(text).split()[:_LOOKED_AT], self._spelled)
        return meant.pop() if len(meant) == 1 else None

    def _spelled(self, phrase: str) -> set[Location]:
        location = self._by_spelling.get(phrase)
        return {location} if location else set()

    def _misspelled(self, phrase: str) -> set[Location]:
        return {
            location
            for spelling, location in self._by_spelling.items()
            if within_edits(phrase, spelling, _typos_forgiven(spelling))
        }


def _meant(words: list[str], look: Callable[[str], set[Location]]) -> set[Location]:
    """What the longest run of words that says something means, and those on both sides of it."""
    for start, end in _runs(len(words)):
        found = look("".join(words[start:end]))
        if found:
            return found | _meant(words[:start], look) | _meant(words[end:], look)
    return set()


def _runs(length: int) -> Iterator[tuple[int, int]]:
    """Every run of `length` words, longest first: the longest match is the surest."""
    for size in range(length, 0, -1):
        for start in range(length - size + 1):
            yield start, start + size


def _typos_forgiven(spelling: str) -> int:
    """How many slips a name of this length may hold and still mean only itself."""
    return 0 if len(spelling) < 4 else 1 if len(spelling) < 8 else 2
