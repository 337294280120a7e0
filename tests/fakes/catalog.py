"""The catalog's keeper in memory."""

from dataclasses import replace

from sayso.domain.catalog import Catalog, Keyword, Location, Program, Staff
from sayso.services.ports.catalog import CatalogChanged


class FakeCatalog:
    """A CatalogStore. `writes` counts what has been written."""

    def __init__(self, catalog: Catalog | None = None) -> None:
        self.catalog = catalog or Catalog(program=None)
        self.writes = 0

    def load(self) -> Catalog:
        return self.catalog

    def put_program(self, program: Program, read: Catalog) -> None:
        self._write(read, replace(self.catalog, program=program))

    def put_location(self, location: Location, read: Catalog) -> None:
        kept = [one for one in self.catalog.locations if one.code != location.code]
        self._write(read, replace(self.catalog, locations=(*kept, location)))

    def delete_location(self, code: str, read: Catalog) -> None:
        kept = tuple(one for one in self.catalog.locations if one.code != code)
        self._write(read, replace(self.catalog, locations=kept))

    def put_keyword(self, keyword: Keyword, read: Catalog) -> None:
        kept = [one for one in self.catalog.keywords if one.word != keyword.word]
        self._write(read, replace(self.catalog, keywords=(*kept, keyword)))

    def delete_keyword(self, word: str, read: Catalog) -> None:
        kept = tuple(one for one in self.catalog.keywords if one.word != word)
        self._write(read, replace(self.catalog, keywords=kept))

    def put_staff(self, member: Staff, read: Catalog) -> None:
        kept = [one for one in self.catalog.staff if one.phone != member.phone]
        self._write(read, replace(self.catalog, staff=(*kept, member)))

    def delete_staff(self, phone: str, read: Catalog) -> None:
        kept = tuple(one for one in self.catalog.staff if one.phone != phone)
        self._write(read, replace(self.catalog, staff=kept))

    def _write(self, read: Catalog, changed: Catalog) -> None:
        if read.revision != self.catalog.revision:
            raise CatalogChanged
        self.catalog = replace(changed, revision=read.revision + 1)
        self.writes += 1
