"""What entries of the ledger prove, and whether consent is in force after some of them."""

from dataclasses import dataclass
from enum import StrEnum


class Change(StrEnum):
    """What an entry proves."""

    ASKED = "asked"  # double opt-in: the question was put, no consent yet
    OPTED_IN = "opted_in"
    OPTED_IN_AGAIN = "opted_in_again"  # a subscriber said so once more, or changed store
    OPTED_OUT = "opted_out"
    HELD = "held"  # words that may be an opt-out: no marketing from here on
    DECLINED = "declined"  # no to the question
    EXPIRED = "expired"  # no answer to the question in time
    PAUSED = "paused"
    RESUMED = "resumed"  # a pause ended, by a word or by its time
    PREFERRED = "preferred"  # fewer texts, other hours, another store
    KEPT = "kept"  # a person decided that held words were no opt-out
    UNREACHABLE = "unreachable"  # the carrier says so, for good
    ERASED = "erased"  # opted out, and all entries before it erased but for their digests


OPT_INS = frozenset({Change.OPTED_IN, Change.OPTED_IN_AGAIN})
OPT_OUTS = frozenset({Change.OPTED_OUT, Change.ERASED})
# They come from subscribers only, and neither give consent nor take it away.
OF_SUBSCRIBERS = frozenset({Change.PAUSED, Change.RESUMED, Change.PREFERRED})


@dataclass(slots=True)
class Trail:
    """Follows a ledger's changes from its first entry on."""

    has_consent: bool = False
    had_consent_when_held: bool = False

    def follow(self, change: Change) -> None:
        """Take in the next entry's change."""
        if change in OPT_INS:
            self.has_consent = True
        elif change is Change.KEPT:
            self.has_consent = self.had_consent_when_held
        elif change not in OF_SUBSCRIBERS:
            self.had_consent_when_held = change is Change.HELD and self.has_consent
            self.has_consent = False
