"""The catalog's keeper: what the shop has set up, read whole and written one piece at a time."""

from typing import Protocol

from sayso.domain.catalog import Catalog, Keyword, Location, Program, Staff


class CatalogChanged(Exception):
    """Somebody else changed the catalog since it was read: read it again and judge anew."""


class CatalogStore(Protocol):
    """Keeps the catalog.

    A write names the catalog that its rules were checked against. It happens only if that is
    still the current one, else it raises CatalogChanged: so no two writes that are each right
    alone (two locations with the same alias, say) can be wrong together.
    """

    def load(self) -> Catalog:
        """The current catalog; a write that has returned is in it."""
        ...

    def put_program(self, program: Program, read: Catalog) -> None:
        """Set the program up, or change it."""
        ...

    def put_location(self, location: Location, read: Catalog) -> None:
        """Add the location, or replace the one with its code."""
        ...

    def delete_location(self, code: str, read: Catalog) -> None:
        """Remove the location with this code."""
        ...

    def put_keyword(self, keyword: Keyword, read: Catalog) -> None:
        """Add the keyword, or replace the one with its word."""
        ...

    def delete_keyword(self, word: str, read: Catalog) -> None:
        """Remove the keyword with this word."""
        ...

    def put_staff(self, member: Staff, read: Catalog) -> None:
        """Add the member of staff, or replace the one with their number."""
        ...

    def delete_staff(self, phone: str, read: Catalog) -> None:
        """Remove the member of staff with this number."""
        ...
