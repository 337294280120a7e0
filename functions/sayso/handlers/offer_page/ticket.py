"""What stands on an offer page: one coupon, as its owner has it before them."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from sayso.domain.catalog import Catalog, Location
from sayso.domain.codes import spoken
from sayso.domain.coupon import Coupon, Verdict
from sayso.domain.offer import Offer
from sayso.domain.opening import standing
from sayso.handlers.offer_page.times import end, last_minute, moment, near
from sayso.handlers.offer_page.words import WORDS

_MAPS = "https://www.google.com/maps/dir/?"
_DEGREE = 1_000_000


@dataclass(frozen=True, slots=True)
class Ticket:
    """The coupon with what is behind it, at one moment (aware UTC), in one language.

    `address` is that of its page; `verdict` what redeeming it now would come to, wherever.
    """

    coupon: Coupon
    offer: Offer
    verdict: Verdict
    catalog: Catalog
    address: str
    language: str
    now: datetime

    def says(self, key: str, **values: object) -> str:
        """A sentence of the page in its language."""
        return WORDS[self.language][key].format(program=self.program, **values)

    @property
    def program(self) -> str:
        """The name that the texts go by."""
        return self.catalog.program.name if self.catalog.program else ""

    @property
    def shown(self) -> str:
        """What the person shows or says, as it is written."""
        return spoken(self.coupon.shown or self.coupon.code)

    @property
    def store(self) -> Location | None:
        """The person's own store, if it may be redeemed there; else the only one where it may."""
        places = self.places
        own = next((one for one in places if one.code == self.coupon.location), None)
        return own or (places[0] if len(places) == 1 else None)

    @property
    def places(self) -> tuple[Location, ...]:
        """Every store where it may be redeemed."""
        named = self.coupon.places
        return tuple(one for one in self.catalog.locations if not named or one.code in named)

    @property
    def zone(self) -> str:
        """The zone of the person's store, or the program's."""
        store = self.store
        if store:
            return store.timezone
        return self.catalog.program.timezone if self.catalog.program else "UTC"

    def zone_of(self, place: str) -> str:
        """The zone of a store; of one that is not known, the person's own."""
        location = self.catalog.location(place)
        return location.timezone if location else self.zone

    def at(self, when: datetime | None, place: str = "") -> str:
        """A time as the page writes it, where it happened if that is known; "" for none."""
        return moment(when, self.zone_of(place), self.language) if when else ""

    @property
    def until(self) -> str:
        """Until when it is good, as the page writes it; "" for ever."""
        last = self.coupon.valid_until
        return end(last, self.zone, self.language) if last else ""

    def opening(self, location: Location) -> str:
        """Whether a store is open now, and until when, on its clock; "" if its hours are unknown.

        A store without an end or a beginning in sight is only said to be open or closed.
        """
        found = standing(location, self.now)
        if found is None:
            return ""
        key, at, zone = "open" if found.is_open else "closed", found.changes_at, location.timezone
        if at is None:
            return self.says(key)
        shown = last_minute(at, zone) if found.is_open else at
        return self.says(f"{key}_until", when=near(shown, self.now, zone, self.language))

    def name_of(self, place: str) -> str:
        """What a store is called; its code, if it is no more."""
        location = self.catalog.location(place)
        return location.name if location else place


def directions(location: Location) -> str:
    """A way there from wherever the phone is; "" where nothing says where it is."""
    where = location.address
    if not where and location.latitude is not None and location.longitude is not None:
        where = f"{location.latitude / _DEGREE:.6f},{location.longitude / _DEGREE:.6f}"
    return _MAPS + urlencode({"api": "1", "destination": where}) if where else ""
