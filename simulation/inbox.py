"""The texts that customers send, each with what anybody would say that it means."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Meaning(StrEnum):
    """What a text says about marketing, as far as it is beyond doubt."""

    OUT = "stop"
    IN = "join"
    PAUSE = "pause"
    LESS = "fewer"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Said:
    """A text from the person of a row; `place` is the store that it names, for good."""

    row: int
    body: str
    meaning: Meaning
    message_id: str
    at: int
    place: str = ""


OPT_OUTS: Sequence[str] = (
    *("STOP", "Stop", "stop please", "STOP!!", "Unsubscribe", "QUIT", "cancel", "END", "opt out"),
    *("please stop texting me", "take me off your list", "stop sending me these", "STOPALL"),
    *("remove me from your list", "no more texts please", "alto", "baja", "arrêt"),
)
FORGET = "FORGET ME"
OPT_INS: Sequence[str] = ("JOIN", "START", "COFFEE", "BREW", "UNSTOP")
# Nobody would say that any of these ends or begins anything, and what the program makes of them can
# only ever be stricter.
OTHERS: Sequence[str] = (
    *("HELP", "hours", "HOURS", "thanks!", "thank you", "ok", "is the downtown store open today?"),
    *("Liked “Bluebird Coffee: two for one”", "what time do you open", "love it", "ME", "?"),
    *("can I stop by at 5", "do you have oat milk", "👍", "who is this", "WHEN MORNING"),
)
PAUSE, PAUSED_DAYS = "PAUSE 2 WEEKS", 14
LESS = "LESS"
