"""Signing in to the staff's redeem page: a registered number, its PIN, and a session of a shift."""

import base64
import binascii
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from sayso.domain.catalog import Catalog, Staff
from sayso.services.guessing import Guessing, Source, Try
from sayso.services.ports.doorkeeper import NotLetIn, TooManyTries
from sayso.services.ports.pins import PinCheck
from sayso.services.ports.web_opt_ins import Seals

# Longer than a shift, shorter than the night after it.
SESSION = timedelta(hours=12)
# Wrong PINs lock out apart from wrong codes, or somebody who guesses could stop the counter.
_PIN = "pin "


@dataclass(frozen=True, slots=True)
class StaffSessions:
    """Lets members of staff in. Nothing is stored: a session is its own proof.

    It ends with its time, and with the PIN that it was begun with: who is taken off the register,
    or gets another PIN, is out at once.
    """

    seals: Seals
    guessing: Guessing
    pins: PinCheck

    def begin(
        self, catalog: Catalog, phone: str, pin: str, ip: str, now: datetime
    ) -> tuple[Staff, str]:
        """The member of staff with this number and PIN, and their session.

        Raises NotLetIn, which tells nobody whether there is such a number; TooManyTries.
        """
        counted = self._counted(phone, ip, now)
        member = catalog.staff_member(phone)
        # Of somebody who is not there, another's seal is tried: it takes as long.
        anybodys = next((one.pin for one in catalog.staff if one.pin), "")
        is_right = self.pins.matches(pin, member.pin if member else anybodys)
        if member is None or not member.pin or not is_right:
            raise NotLetIn
        for one in counted:
            self.guessing.was_right(one)
        return member, self._session(member, int((now + SESSION).timestamp()))

    def who(self, catalog: Catalog, session: str, now: datetime) -> Staff | None:
        """Whose session it is; None where it is nobody's, or over."""
        ends, _, rest = session.partition(".")
        written, _, _ = rest.partition(".")
        member = catalog.staff_member(_phone(written))
        if member is None or not member.pin or not ends.isascii() or not ends.isdigit():
            return None
        ours = self._session(member, int(ends[:12]))
        is_ours = session.isascii() and hmac.compare_digest(session, ours)
        return member if is_ours and now.timestamp() < int(ends[:12]) else None

    def _counted(self, phone: str, ip: str, now: datetime) -> list[Try]:
        """The try, as it is counted. Raises TooManyTries.

        By address first: whoever is locked out there must not lock the staff's numbers out too.
        """
        home = Source.address(ip)
        counted: list[Try] = []
        for source in (Source(_PIN + home.whose, home.limits), Source.phone(_PIN + phone)):
            begun = self.guessing.begin(source, now)
            if begun is None:
                raise TooManyTries
            counted.append(begun)
        return counted

    def _session(self, member: Staff, ends: int) -> str:
        written = base64.urlsafe_b64encode(member.phone.encode()).decode()
        seal = self.seals.seal(f"counter {ends} {member.phone} {member.pin}")
        return f"{ends}.{written}.{seal}"


def _phone(written: str) -> str:
    try:
        return base64.urlsafe_b64decode(written).decode()
    except (binascii.Error, ValueError):
        return ""
