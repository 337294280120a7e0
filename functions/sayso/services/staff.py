"""The shop's staff: who may redeem coupons by text and on the redeem page."""

from dataclasses import dataclass, replace

from sayso.domain.catalog import Catalog, Staff
from sayso.domain.catalog_rules import Fault
from sayso.domain.staff_rules import pin_fault, staff_faults
from sayso.services.catalog_writes import write_catalog
from sayso.services.ports.catalog import CatalogStore
from sayso.services.ports.pins import PinSeals
from sayso.services.refusals import Invalid, NotFound


@dataclass(frozen=True, slots=True)
class StaffDesk:
    """Adds, changes and removes members of staff. Of a PIN only its seal is kept."""

    store: CatalogStore
    pins: PinSeals

    def all(self) -> list[Staff]:
        """Every member, by number."""
        return sorted(self.store.load().staff, key=lambda member: member.phone)

    def get(self, phone: str) -> Staff:
        """The member with this number. Raises NotFound."""
        return _existing(self.store.load(), phone)

    def put(self, member: Staff, pin: str | None) -> tuple[Staff, bool]:
        """Add or replace the member; as stored, and whether they are new. Raises Invalid, Busy.

        Without a new `pin` whoever has one keeps it.
        """
        if pin is not None and (reason := pin_fault(pin)):
            raise Invalid([Fault("pin", reason)])
        sealed = self.pins.seal(pin) if pin is not None else None

        def change(catalog: Catalog) -> tuple[Staff, bool]:
            before = catalog.staff_member(member.phone)
            kept = before.pin if before else ""
            after = replace(member, pin=kept if sealed is None else sealed)
            faults = list(staff_faults(after, catalog))
            if faults:
                raise Invalid(faults)
            if after != before:
                self.store.put_staff(after, catalog)
            return after, before is None

        return write_catalog(self.store, change)

    def delete(self, phone: str) -> None:
        """Remove the member: their texts and their session are nobody's at once. Raises NotFound.

        What they have redeemed stays on record under their name.
        """

        def change(catalog: Catalog) -> None:
            _existing(catalog, phone)
            self.store.delete_staff(phone, catalog)

        write_catalog(self.store, change)


def _existing(catalog: Catalog, phone: str) -> Staff:
    member = catalog.staff_member(phone)
    if member is None:
        raise NotFound("there is no member of staff with this number")
    return member
