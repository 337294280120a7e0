"""The shop's settings, which stay as they are."""

from dataclasses import dataclass

from sayso.domain.catalog import Catalog


@dataclass(frozen=True, slots=True)
class SimulatedCatalog:
    """CatalogReader."""

    catalog: Catalog

    def load(self) -> Catalog:
        return self.catalog
