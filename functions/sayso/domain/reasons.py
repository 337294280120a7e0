"""Why people got no text, or it did not arrive: each short code in a sentence, with its source.

A report's codes are those of slots. One that is not in the table is the carrier's own word for why
it refused a text, and is shown as it is.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from sayso.domain.sending_hours import STATE_RULES


class Failure(StrEnum):
    """Whose doing it is that a text failed."""

    NUMBER = "number"  # the number takes no texts
    PHONE = "phone"  # it was off, or without a network
    CARRIER = "carrier"  # a carrier's trouble, or silence
    BLOCKED = "blocked"  # the carrier, or the person, does not let us through
    OPTED_OUT = "opted_out"  # on the carrier's opt-out list
    TEXT = "text"  # these words cannot be sent
    OTHER = "other"  # set-up, account, or a word of the carrier's that is new


@dataclass(frozen=True, slots=True)
class Reason:
    """`sentence` is for people; `source` is the rule that decides, "" where none does."""

    code: str
    sentence: str
    source: str = ""
    failure: Failure = Failure.OTHER


_CONSENT = "47 CFR 64.1200(a)(2), (a)(10)"
_OWN_RULE = "the program's own caps"
_GUIDE = "AWS End User Messaging SMS user guide, event types"
_API = "AWS End User Messaging SMS API, SendTextMessage"

REASONS = (
    # Not texted.
    Reason("opted_out", "They have said stop.", _CONSENT),
    Reason("held", "They wrote what may mean stop: nothing until somebody has looked.", _CONSENT),
    Reason("paused", "They asked to be left in peace for a while.", "the customer's own text"),
    Reason("not_subscribed", "They have not said yes, or not any more.", _CONSENT),
    Reason("cap_own", "They asked for fewer texts than that.", "the customer's own text"),
    Reason("cap_day", "They have had the day's texts already.", _OWN_RULE),
    Reason("cap_week", "They have had the week's texts already.", _OWN_RULE),
    Reason("cap_month", "They have had the month's texts already.", _OWN_RULE),
    Reason(
        "cap_state",
        "They have had as many texts as their state allows in so short a time.",
        "; ".join(sorted({limit.source for rule in STATE_RULES for limit in rule.limits})),
    ),
    Reason(
        "outside_window",
        "No hour came in time at which they may be texted.",
        "47 CFR 64.1200(c)(1) and the states' own hours",
    ),
    Reason("offer_expired", "The offer would have ended before it could reach them."),
    Reason("texted_in_other_zone", "They have had it already, at a store in another time zone."),
    Reason("already_texted", "They have had it already: they changed stores meanwhile."),
    Reason("held_out", "Held out by lot, to compare with: they get nothing on purpose."),
    Reason("unwritable", "The text asks for something that is not known of them."),
    Reason("carrier_busy", "The carrier took no more texts for over an hour."),
    Reason("cancelled", "The campaign was cancelled before their turn."),
    Reason("no_code", "There was no code left for them."),
    Reason("redeemed", "They had redeemed it already, or never had it: no need to be reminded."),
    Reason("replied", "They wrote before it was time, which ends the wait."),
    Reason("opted_in_anew", "They left and joined again before it was time."),
    # Not delivered: see domain.delivery.
    Reason("invalid_number", "There is no such number.", _GUIDE, Failure.NUMBER),
    Reason("invalid_message", "The carrier cannot send these words.", _GUIDE, Failure.TEXT),
    # The one word for both: a text that did not arrive, and a number that was given up before one.
    Reason(
        "unreachable",
        "The phone was off or without a network; not texted at all: no text arrives there.",
        _GUIDE,
        Failure.PHONE,
    ),
    Reason("expired", "It did not reach the phone in time.", _GUIDE, Failure.PHONE),
    Reason(
        "carrier_unreachable", "The phone's carrier could not be reached.", _GUIDE, Failure.CARRIER
    ),
    Reason(
        "not_reported",
        "The phone's carrier has not said within 72 hours what became of it.",
        _GUIDE,
        Failure.CARRIER,
    ),
    Reason("blocked", "The phone, or its carrier for it, blocks us.", _GUIDE, Failure.BLOCKED),
    Reason(
        "carrier_blocked", "The carrier does not let these words through.", _GUIDE, Failure.BLOCKED
    ),
    Reason("spam", "The carrier calls it unsolicited.", _GUIDE, Failure.BLOCKED),
    Reason(
        "protect_blocked",
        "This account's own protect configuration blocks the number.",
        _GUIDE,
        Failure.BLOCKED,
    ),
    # Not taken by the carrier.
    Reason(
        "DESTINATION_PHONE_NUMBER_OPTED_OUT",
        "They are on the carrier's opt-out list.",
        _API,
        Failure.OPTED_OUT,
    ),
    Reason(
        "DESTINATION_PHONE_NUMBER_NOT_VERIFIED",
        "The account is in its sandbox, and texts verified numbers only.",
        _API,
    ),
    Reason("INVALID_PARAMETER", "The carrier says that the number is none.", _API, Failure.NUMBER),
    Reason("ParamValidationError", "The text was not in the form it takes.", _API, Failure.TEXT),
    Reason(
        "MONTHLY_SPEND_LIMIT_REACHED_FOR_TEXT",
        "The account's own monthly limit at AWS is spent.",
        _API,
    ),
    # Not known, and not tried.
    Reason("interrupted", "The sender broke off while it was handing the text over."),
    Reason("in_line", "Their turn comes: they are in line, or their hours have not begun."),
    Reason("run_paused", "The campaign is paused, and goes on with them when it is resumed."),
)
_BY_CODE: Mapping[str, Reason] = {reason.code: reason for reason in REASONS}


def explained(codes: Iterable[str]) -> dict[str, str]:
    """A sentence for each code; it names the source where a rule decides."""
    return {code: _sentence(code) for code in codes}


def failure_of(code: str) -> Failure:
    """The class of a failure."""
    known = _BY_CODE.get(code)
    return known.failure if known else Failure.OTHER


def _sentence(code: str) -> str:
    reason = _BY_CODE.get(code)
    if reason is None:
        return f"The carrier's own word for it: {code}."
    return f"{reason.sentence} ({reason.source})" if reason.source else reason.sentence
