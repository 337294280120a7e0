"""Forms of Bluebird Coffee's opt-in page as they are sent in."""

import itertools
from datetime import datetime

from sayso.domain.call_to_action import on_the_web
from sayso.domain.invitation import Invitation
from sayso.domain.web_opt_in import Submission, filled_in
from tests.support.bluebird import ANA, COFFEE, DOWNTOWN, NOON, NUMBER, PROGRAM

HOME = "203.0.113.7"
BROWSER = "Mozilla/5.0 (X11; Linux x86_64) Firefox/145.0"
_ids = itertools.count(1)


def a_form(phone: str = ANA, *, at: datetime = NOON, ip: str = HOME, form: str = "") -> Submission:
    """The form of the sign in Downtown's window, filled in at home."""
    invited = Invitation(COFFEE, DOWNTOWN)
    shown = on_the_web(PROGRAM, invited, NUMBER)
    return Submission(
        id=form or f"form-{next(_ids)}",
        phone=phone,
        at=at,
        number=NUMBER,
        invited=invited,
        words=filled_in("(312) 555-0101", "", shown.consent),
        shown=shown,
        page="/join/COFFEE?lang=en",
        ip=ip,
        user_agent=BROWSER,
    )
