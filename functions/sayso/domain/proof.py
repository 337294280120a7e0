"""What a consent ledger tells, in words that need no knowledge of the product."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from sayso.domain.catalog import Catalog
from sayso.domain.contact import Contact, Status
from sayso.domain.imports.consent import MEDIUM as IMPORT
from sayso.domain.ledger import Change, Entry, Evidence
from sayso.domain.understanding import intent_of
from sayso.domain.vocabulary import Intent
from sayso.domain.web_opt_in import MEDIUM as WEB

TITLES = {
    Change.ASKED: "Asked to confirm",
    Change.OPTED_IN: "Opted in",
    Change.OPTED_IN_AGAIN: "Opted in again",
    Change.OPTED_OUT: "Opted out",
    Change.HELD: "Held",
    Change.DECLINED: "Declined",
    Change.EXPIRED: "Question expired",
    Change.PAUSED: "Paused",
    Change.RESUMED: "Resumed",
    Change.PREFERRED: "Changed what they get",
    Change.KEPT: "Decided: no opt-out",
    Change.UNREACHABLE: "Unreachable",
    Change.ERASED: "Opted out and erased",
}
_MEANINGS = {
    Change.ASKED: (
        "They were read as a request to join, and the number was asked to confirm it. "
        "Consent was not given by this entry."
    ),
    Change.OPTED_IN: "They were read as consent: from then on the number was subscribed.",
    Change.OPTED_IN_AGAIN: (
        "They were read as consent, given once more by a number that was subscribed already."
    ),
    Change.HELD: (
        "They may be an opt-out: from then on no marketing could be sent to the number, until "
        "its holder or a person of the program decided."
    ),
    Change.OPTED_OUT: "They were read as an opt-out: from then on the number was not subscribed.",
    Change.DECLINED: "They were read as no to the question: the number was not subscribed by it.",
    Change.EXPIRED: "Nobody answered the question in time: the number was not subscribed by it.",
    Change.PAUSED: "They were read as a wish for no marketing for a while.",
    Change.RESUMED: "The pause was over: from then on marketing could be sent again.",
    Change.PREFERRED: "They were read as a wish for other texts, not as consent or opt-out.",
    Change.KEPT: (
        "The words that held the number were found to be no opt-out: it stood again where it had "
        "stood before them."
    ),
    Change.UNREACHABLE: "From then on no marketing could be sent to the number.",
    Change.ERASED: (
        "They were read as an opt-out and as a request to be erased: from then on the number was "
        "not subscribed, and what the entries before this one said is gone, but for an opt-out "
        "in force. Their digests stay, so that the record can still be checked."
    ),
}
ERASED_TITLE = "Erased"
ERASED = (
    "What this entry said was erased, as a later entry says that it was to be. Its digest stays, "
    "as the entry after it names it: whoever holds an earlier copy of this entry can compare."
)
# Where it was not the customer's words that did it.
_MEANINGS_ELSE = {
    Change.OPTED_OUT: "From then on the number was not subscribed.",
    Change.ERASED: (
        "From then on the number was not subscribed, and what the entries before this one said is "
        "gone, but for an opt-out in force. Their digests stay, so that the record can still be "
        "checked."
    ),
    Change.PREFERRED: (
        "They had named no store, and were counted among that store's people from then on. It is "
        "neither consent nor opt-out."
    ),
}
_CAME = {
    "carrier": "The carrier said of the number {phone} what stands below.",
    "admin": "A user of the program decided about the number {phone}, for the reason below.",
    "time": "Time passed without a text from the number {phone}.",
    "counter": "An offer that the number {phone} had been sent was redeemed in a store.",
}
_ASKED_BY_A_PAGE = (
    "Somebody entered the number {phone} on the program's web page. The page showed the words "
    "below, and its box, which is empty at first, was ticked. The number was then asked by text to "
    "confirm it. Consent was not given by this entry."
)
_MEDIA = {
    "sms": "text message (SMS)",
    WEB: "web page",
    IMPORT: "import of a file by the program",
    "carrier": "the carrier's word",
    "admin": "decision of a person of the program",
    "time": "the passing of time",
    "counter": "the counter of a store",
}
_CAPTIONS = {IMPORT: ("The row of the file, exactly", "Words agreed to, as the file has them")}
_TEXTED = ("Words received, exactly", "Words shown in answer, exactly")
_STANDINGS = {
    Status.UNKNOWN: "Never subscribed",
    Status.PENDING: "Not subscribed: asked to confirm, no confirmation yet",
    Status.SUBSCRIBED: "Subscribed",
    Status.HELD: "Held: its words may have been an opt-out, no marketing is sent",
    Status.OPTED_OUT: "Opted out",
    Status.PAUSED: "Subscribed, and paused at the customer's request",
    Status.UNREACHABLE: "Unreachable: the carrier says so, no marketing is sent",
    Status.FORGOTTEN: "Opted out and erased",
}


def meaning(change: Change, evidence: Evidence) -> str:
    """How an entry came about and what it changed, in two or three sentences."""
    if evidence.medium == WEB and change is Change.ASKED:
        return _ASKED_BY_A_PAGE.format(phone=evidence.phone)
    if evidence.medium == IMPORT:
        job, _, row = evidence.message_id.partition("/")
        came = f"The words below stood in row {row} of a file that an owner of the program imported"
        return f"{came} (import {job}). {_MEANINGS[change]}"
    if evidence.medium in _CAME:
        came = _CAME[evidence.medium].format(phone=evidence.phone)
        return f"{came} {_MEANINGS_ELSE.get(change, _MEANINGS[change])}"
    came = f"The number {evidence.phone} sent the words below to {evidence.number}"
    return f"{came} by {medium(evidence)}. {_MEANINGS[change]}"


def question_before(entry: Entry, earlier: Sequence[Entry]) -> Entry | None:
    """The question that a YES answers: the latest that was still open when it came, if any."""
    if entry.change is not Change.OPTED_IN or intent_of(entry.evidence.words) is not Intent.YES:
        return None
    for before in reversed(earlier):
        if before.change is Change.ASKED:
            return before
        if before.change is not Change.HELD:
            return None
    return None


def question(evidence: Evidence) -> str:
    """The text in which the number was asked to confirm."""
    return evidence.question or evidence.shown


def captions(evidence: Evidence) -> tuple[str, str]:
    """What to call its words, and those that were shown."""
    return _CAPTIONS.get(evidence.medium, _TEXTED)


def medium(evidence: Evidence) -> str:
    """The way on which the words came."""
    return _MEDIA.get(evidence.medium, evidence.medium)


def standing(contact: Contact | None) -> str:
    """Where the number stands now, and since when."""
    if contact is None:
        return "Not known: the number's own record is missing"
    since = {
        Status.PENDING: contact.asked_at,
        Status.SUBSCRIBED: contact.joined_at,
        Status.HELD: contact.held_at,
        Status.OPTED_OUT: contact.opted_out_at,
        Status.UNREACHABLE: contact.unreachable_at,
        Status.FORGOTTEN: contact.forgotten_at,
    }.get(contact.status)
    # A status that this table does not know is shown as it is, rather than not at all.
    told = _STANDINGS.get(contact.status, contact.status.value.replace("_", " ").capitalize())
    return f"{told}, since {in_utc(since)}" if since else told


def in_utc(at: datetime) -> str:
    """`23 November 2026, 18:00:00.000 UTC`; `at` is in UTC."""
    return f"{at.day} {at:%B %Y, %H:%M:%S}.{at.microsecond // 1000:03} UTC"


def at_the_location(evidence: Evidence, catalog: Catalog) -> str:
    """The same instant on the location's clocks; the program's where no location is named.

    By the settings of today: a location that was deleted since has no local time any more.
    """
    if evidence.location:
        location = catalog.location(evidence.location)
        zone = location.timezone if location else ""
    else:
        zone = catalog.program.timezone if catalog.program else ""
    if not zone:
        return "Not known: the location is no longer set up"
    local = evidence.at.astimezone(ZoneInfo(zone))
    return f"{local.day} {local:%B %Y, %H:%M:%S %Z} ({zone})"


def place(code: str, catalog: Catalog) -> str:
    """A location's code, with the name that it has today."""
    location = catalog.location(code) if code else None
    return f"{code} ({location.name})" if location else code or "None named"
