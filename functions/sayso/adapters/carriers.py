"""Which carrier a function sends through, by its settings."""

from dataclasses import dataclass

from sayso.adapters import end_user_messaging, sns_carrier
from sayso.adapters.aws import client_without_retries
from sayso.services.ports.carrier import Carrier, OptOutList, OutboundText, Receipt


@dataclass(frozen=True, slots=True)
class CarrierSettings:
    """`carrier` is `end-user-messaging` or `sns`; the last two may be empty."""

    carrier: str
    origination_identity: str
    configuration_set: str
    opt_out_list: str


class NoOptOutList:
    """OptOutList where the origination number has none of its own: nothing to keep in step."""

    def add(self, phone: str) -> None:
        """See services.ports.carrier.OptOutList."""

    def remove(self, phone: str) -> None:
        """See services.ports.carrier.OptOutList."""


class LateOptOutList:
    """The OptOutList of the settings, made when it is first needed: most requests need none."""

    def __init__(self, settings: CarrierSettings) -> None:
        self._settings = settings

    def add(self, phone: str) -> None:
        """See services.ports.carrier.OptOutList."""
        opt_out_list_from(self._settings).add(phone)

    def remove(self, phone: str) -> None:
        """See services.ports.carrier.OptOutList."""
        opt_out_list_from(self._settings).remove(phone)


class LateCarrier:
    """The Carrier of the settings, made when it is first needed: most requests need none."""

    def __init__(self, settings: CarrierSettings) -> None:
        self._settings = settings

    def send(self, text: OutboundText) -> Receipt:
        """See services.ports.carrier.Carrier."""
        return carrier_from(self._settings).send(text)


def carrier_from(settings: CarrierSettings) -> Carrier:
    """The carrier that the settings name. Raises ValueError for one that is not known."""
    match settings.carrier:
        case "end-user-messaging":
            return end_user_messaging.EndUserMessaging(
                client_without_retries(end_user_messaging.SERVICE),
                settings.origination_identity,
                settings.configuration_set,
            )
        case "sns":
            return sns_carrier.SnsCarrier(
                client_without_retries(sns_carrier.SERVICE), settings.origination_identity
            )
    raise ValueError(f"CARRIER is {settings.carrier!r}; it must be end-user-messaging or sns")


def opt_out_list_from(settings: CarrierSettings) -> OptOutList:
    """The carrier's opt-out list that opt-outs are mirrored to."""
    if settings.carrier == "sns":
        return sns_carrier.SnsOptOutList(client_without_retries(sns_carrier.SERVICE))
    if not settings.opt_out_list:
        return NoOptOutList()
    client = client_without_retries(end_user_messaging.SERVICE)
    return end_user_messaging.EndUserMessagingOptOutList(client, settings.opt_out_list)
