"""The program: what customers say yes to."""

from dataclasses import dataclass

from sayso.domain.catalog import Catalog, Program
from sayso.domain.catalog_rules import program_faults
from sayso.services.catalog_writes import write_catalog
from sayso.services.ports.catalog import CatalogStore
from sayso.services.refusals import Invalid, NotFound


@dataclass(frozen=True, slots=True)
class ProgramDesk:
    """Sets up the one program of a deployment."""

    store: CatalogStore

    def get(self) -> Program:
        """The program. Raises NotFound until it is set up."""
        program = self.store.load().program
        if program is None:
            raise NotFound("the program is not set up yet; PUT /admin/program sets it up")
        return program

    def put(self, program: Program) -> bool:
        """Set the program up or change it; whether it is new. Raises Invalid, Busy."""
        faults = list(program_faults(program))
        if faults:
            raise Invalid(faults)

        def change(catalog: Catalog) -> bool:
            if catalog.program != program:
                self.store.put_program(program, catalog)
            return catalog.program is None

        return write_catalog(self.store, change)
