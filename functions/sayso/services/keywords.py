"""The words that a shop advertises."""

from dataclasses import dataclass

from sayso.domain.catalog import Catalog, Keyword, Program
from sayso.domain.catalog_rules import keyword_faults
from sayso.domain.invitation import Invitation, invitation
from sayso.services.catalog_writes import write_catalog
from sayso.services.ports.catalog import CatalogStore
from sayso.services.refusals import Invalid, NotFound


@dataclass(frozen=True, slots=True)
class KeywordDesk:
    """Adds, changes and removes keywords."""

    store: CatalogStore

    def all(self) -> list[Keyword]:
        """Every keyword, by word."""
        return sorted(self.store.load().keywords, key=lambda keyword: keyword.word)

    def get(self, word: str) -> Keyword:
        """The keyword with this word. Raises NotFound."""
        return _existing(self.store.load(), word)

    def invitation(self, word: str, store: str = "") -> tuple[Program, Invitation]:
        """The program, and what the word invites to in it. Raises NotFound."""
        catalog = self.store.load()
        if catalog.program is None:
            raise NotFound("the program is not set up yet; PUT /admin/program sets it up")
        invited = invitation(catalog, word, store)
        if invited is None:
            raise NotFound(f"{word} is no keyword or location to join by, or {store} no location")
        return catalog.program, invited

    def put(self, keyword: Keyword) -> bool:
        """Add or replace the keyword; whether it is new. Raises Invalid, Busy."""

        def change(catalog: Catalog) -> bool:
            faults = list(keyword_faults(keyword, catalog))
            if faults:
                raise Invalid(faults)
            before = catalog.keyword(keyword.word)
            if before != keyword:
                self.store.put_keyword(keyword, catalog)
            return before is None

        return write_catalog(self.store, change)

    def delete(self, word: str) -> None:
        """Remove the keyword. Raises NotFound, Busy."""

        def change(catalog: Catalog) -> None:
            self.store.delete_keyword(_existing(catalog, word).word, catalog)

        write_catalog(self.store, change)


def _existing(catalog: Catalog, word: str) -> Keyword:
    keyword = catalog.keyword(word)
    if keyword is None:
        raise NotFound(f"there is no keyword {word}")
    return keyword
