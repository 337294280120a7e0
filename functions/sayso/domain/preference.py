"""What a customer asked for about their offers: how many at most, and at what hours.

It only ever tightens what law and program allow: a text has to suit both.
"""

from dataclasses import dataclass
from datetime import time, timedelta

# As far as it is remembered when somebody was texted.
_LONGEST = timedelta(days=31)
_MOST = 100


@dataclass(frozen=True, slots=True)
class Preference:
    """At most `most` marketing texts in any period of length `within`; None: no wish of their own.

    `opens` and `closes` are hours of the day on the recipient's clock, or None for the day's start
    or end. Hours that go on after midnight are named up to it: at night no law lets a text out.
    Raises ValueError for hours that never open, and for numbers that nobody could hold to.
    """

    most: int | None = None
    within: timedelta = timedelta(weeks=1)
    opens: time | None = None
    closes: time | None = None

    def __post_init__(self) -> None:
        if self.most is not None and not 1 <= self.most <= _MOST:
            raise ValueError(f"from 1 to {_MOST} texts, not {self.most}")
        if not timedelta(hours=1) <= self.within <= _LONGEST:
            raise ValueError(f"within an hour at least and {_LONGEST.days} days at most")
        if self.closes is not None and self.closes <= (self.opens or time()):
            raise ValueError("hours have to open before they close, on the same day")


NO_PREFERENCE = Preference()
