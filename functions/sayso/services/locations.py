"""The shop's locations: where customers can say they belong."""

from dataclasses import dataclass

from sayso.domain.catalog import Catalog, Location
from sayso.domain.catalog_rules import location_faults
from sayso.services.catalog_writes import write_catalog
from sayso.services.ports.catalog import CatalogStore
from sayso.services.ports.subscribers import SubscriberStore
from sayso.services.refusals import Conflict, Invalid, NotFound


@dataclass(frozen=True, slots=True)
class LocationDesk:
    """Adds, changes and removes locations."""

    store: CatalogStore
    subscribers: SubscriberStore

    def all(self) -> list[Location]:
        """Every location, by code."""
        return sorted(self.store.load().locations, key=lambda location: location.code)

    def get(self, code: str) -> Location:
        """The location with this code. Raises NotFound."""
        return _existing(self.store.load(), code)

    def put(self, location: Location) -> bool:
        """Add or replace the location; whether it is new. Raises Invalid, Busy."""

        def change(catalog: Catalog) -> bool:
            faults = list(location_faults(location, catalog))
            if faults:
                raise Invalid(faults)
            before = catalog.location(location.code)
            if before != location:
                self.store.put_location(location, catalog)
            return before is None

        return write_catalog(self.store, change)

    def delete(self, code: str) -> None:
        """Remove the location. Raises NotFound; Conflict while anything refers to it; Busy."""

        def change(catalog: Catalog) -> None:
            _existing(catalog, code)
            words = [keyword.word for keyword in catalog.keywords if keyword.location == code]
            if words:
                raise Conflict(f"keywords join people to {code}: {', '.join(words)}")
            if any(member.location == code for member in catalog.staff):
                raise Conflict(f"members of staff redeem at {code}")
            if self.subscribers.has_anyone_at(code):
                raise Conflict(f"{code} still has subscribers, whom no campaign could reach then")
            self.store.delete_location(code, catalog)

        write_catalog(self.store, change)


def _existing(catalog: Catalog, code: str) -> Location:
    location = catalog.location(code)
    if location is None:
        raise NotFound(f"there is no location {code}")
    return location
