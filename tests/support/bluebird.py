"""Bluebird Coffee, the people who text it, and their texts."""

import itertools
from dataclasses import replace
from datetime import UTC, datetime

from sayso.domain.catalog import Catalog, Keyword, KeywordAction, Location, OptIn, Program
from sayso.domain.exchange import InboundText

ANA = "+13125550101"
BEN = "+13125550102"
CHLOE = "+13035550103"
NUMBER = "80808"
ADDRESS = "https://offers.bluebird.example"
NOON = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)  # noon in Chicago, a Monday

PROGRAM = Program(
    name="Bluebird Coffee", help_contact="hello@bluebird.example", frequency="up to 4 msgs/month"
)
DOWNTOWN = Location(
    code="DOWNTOWN",
    name="Bluebird Downtown",
    timezone="America/Chicago",
    state="IL",
    aliases=("LOOP", "CITY"),
)
UPTOWN = Location(
    code="UPTOWN",
    name="Bluebird Uptown",
    timezone="America/Chicago",
    state="IL",
    aliases=("NORTH",),
)
DENVER = Location(
    code="DENVER", name="Bluebird Denver", timezone="America/Denver", state="CO", aliases=("LODO",)
)
COFFEE = Keyword("COFFEE", location="DOWNTOWN", channel="window sign")
BREW = Keyword("BREW", channel="web page")
HOURS = Keyword("HOURS", KeywordAction.REPLY, reply="Open 7am-6pm every day.")

SHOP = Catalog(PROGRAM, (DOWNTOWN, UPTOWN, DENVER), (COFFEE, BREW, HOURS), revision=7)
DOUBLE_OPT_IN_SHOP = replace(SHOP, program=replace(PROGRAM, opt_in=OptIn.DOUBLE))
EMPTY_SHOP = Catalog(program=None)

_ids = itertools.count(1)


def a_text(
    body: str,
    *,
    phone: str = ANA,
    at: datetime = NOON,
    message_id: str = "",
    answered_by_carrier: bool = False,
) -> InboundText:
    """A customer's text, with a message id of its own unless one is given."""
    return InboundText(
        phone=phone,
        number=NUMBER,
        body=body,
        message_id=message_id or f"in-{next(_ids)}",
        received_at=at,
        door="sns",
        answered_by_carrier=answered_by_carrier,
    )
