"""A campaign's text on the phones of the shop's own staff, before customers get it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sayso.domain.campaign import Campaign, InvalidText, checked_body
from sayso.domain.catalog import Catalog, Program
from sayso.domain.catalog_rules import Fault
from sayso.domain.contact import LEFT, Contact, Status
from sayso.domain.recipient import Recipient
from sayso.domain.refusal import Refused
from sayso.domain.versions import FIRST
from sayso.services.campaign_checks import checked_locations
from sayso.services.ports.campaigns import CampaignStore, CatalogReader
from sayso.services.ports.carrier import Carrier, Certainty, OutboundText, Purpose, SendFailed
from sayso.services.ports.subscribers import SubscriberStore
from sayso.services.ports.templates import BadTemplate, NotFilled, Templates, Unfilled
from sayso.services.ports.trials import TrialStore
from sayso.services.refusals import Conflict, Invalid, NotFound
from sayso.services.writing import Work, Writer

# Enough to try a campaign on every member of a shop again and again; no way to text customers.
TRIALS_A_DAY = 50
MARK = "[Test] "
# They said no, or may have: no text of ours reaches them.
_CLOSED = LEFT | {Status.HELD}


@dataclass(frozen=True, slots=True)
class AsIf:
    """Whose text it is to be: "" for what is on record of the phone, or else the usual."""

    location: str = ""
    language: str = ""
    variant: str = FIRST


@dataclass(frozen=True, slots=True)
class Trial:
    """What became of one phone: the text under `message_id`, or else `why` there was none."""

    phone: str
    text: str = ""
    message_id: str = ""
    why: str = ""


class _Unsuitable(Exception):
    """The phone gets no text; the message says why."""


@dataclass(frozen=True, slots=True)
class TrialDesk:
    """Sends test texts. They claim no slots, count in no report, and bring nobody's code."""

    store: CampaignStore
    catalog: CatalogReader
    subscribers: SubscriberStore
    carrier: Carrier
    templates: Templates
    trials: TrialStore
    address: str = ""

    def send(
        self, campaign_id: str, phones: Sequence[str], as_if: AsIf, now: datetime
    ) -> list[Trial]:
        """One text to each of these phones, or why not. Raises NotFound, Conflict, Invalid."""
        campaign, catalog = self.store.get(campaign_id), self.catalog.load()
        if campaign is None:
            raise NotFound(f"there is no campaign {campaign_id}")
        if catalog.program is None:
            raise Conflict("set the program up first: a text goes out in its name")
        _check(as_if, campaign, catalog)
        day = now.astimezone(ZoneInfo(catalog.program.timezone)).date()
        turns = _Turns(self, campaign, catalog, catalog.program, as_if)
        return [turns.take(phone, day, now) for phone in dict.fromkeys(phones)]


@dataclass(frozen=True, slots=True)
class _Turns:
    """One phone after the other, each on its own terms."""

    desk: TrialDesk
    campaign: Campaign
    catalog: Catalog
    program: Program
    as_if: AsIf

    def take(self, phone: str, day: date, now: datetime) -> Trial:
        try:
            text = self._written_to(phone, self._admitted(phone))
            if not self.desk.trials.take(day, TRIALS_A_DAY, now):
                raise _Unsuitable(f"the {TRIALS_A_DAY} test texts of today are used up")
            return self._hand_over(phone, text)
        except _Unsuitable as unsuitable:
            return Trial(phone, why=str(unsuitable))

    def _admitted(self, phone: str) -> Contact:
        """What is on record of a phone that may get the text; who said stop never does."""
        if phone not in self.program.staff_phones:
            raise _Unsuitable("it is none of the program's staff_phones")
        contact = self.desk.subscribers.get(phone) or Contact.stranger(phone)
        if contact.status in _CLOSED:
            raise _Unsuitable("this phone has opted out, or may have")
        return contact

    def _written_to(self, phone: str, contact: Contact) -> str:
        place = self.as_if.location or contact.location or next(iter(self.campaign.locations), "")
        work = Work.of(self.campaign, self.desk.address)
        writer = Writer(self.desk.templates, work, self.program, self.catalog.location(place))
        language = self.as_if.language or contact.language
        recipient = Recipient(phone, language, contact.channel, dict(contact.attributes))
        try:
            text = MARK + writer.text_of(self.as_if.variant, recipient, work.sample()).body
            checked_body(text)
        except NotFilled as failed:
            raise _Unsuitable(_why(failed)) from None
        except BadTemplate as bad:
            raise _Unsuitable(bad.detail) from None
        except InvalidText as invalid:
            raise _Unsuitable(invalid.detail) from None
        return text

    def _hand_over(self, phone: str, text: str) -> Trial:
        outbound = OutboundText(
            to=phone, body=text, purpose=Purpose.TRIAL, context={"trial": self.campaign.id}
        )
        try:
            receipt = self.desk.carrier.send(outbound)
        except SendFailed as failure:
            raise _Unsuitable(_FAILED[failure.certainty].format(failure.reason)) from None
        return Trial(phone, text, receipt.message_id)


def _check(as_if: AsIf, campaign: Campaign, catalog: Catalog) -> None:
    known = (FIRST, *(one.name for one in campaign.versions.variants))
    if as_if.variant not in known:
        raise Invalid([Fault("variant", f"there are {', '.join(known)}")])
    try:
        checked_locations([as_if.location] if as_if.location else [], catalog)
    except Refused as refused:
        raise Invalid([Fault("location", refused.detail)]) from None


def _why(failed: NotFilled) -> str:
    if failed.why is Unfilled.MISSING:
        return f"{failed.name} is not known of this phone, and has no default"
    return "the text cannot be made for this phone"


_FAILED = {
    Certainty.REFUSED: "the carrier refuses it: {}",
    Certainty.POSTPONED: "the carrier takes no more for now: {}",
    Certainty.UNKNOWN: "it may have been sent: the carrier's answer was lost ({})",
}
