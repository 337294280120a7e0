"""The columns of a file of subscribers. docs/import.md shows this table; a test compares them."""

from typing import NamedTuple

from sayso.domain.text import squash


class Column(NamedTuple):
    """One column: its name, whether every row needs a value, and the most characters of one."""

    name: str
    is_required: bool
    at_most: int
    holds: str


PHONE, OPTED_IN_AT, MEDIUM = "phone", "opted_in_at", "medium"
AGREED_TO, SOURCE = "agreed_to", "source"
LOCATION, CHANNEL, KEYWORD, LANGUAGE = "location", "channel", "keyword", "language"
IP, USER_AGENT = "ip", "user_agent"

# What the proof of consent takes: CTIA Messaging Principles (May 2023), 5.2; 16 CFR 310.5.
COLUMNS = (
    Column(PHONE, True, 40, "the number, best as `+13125550101`; ten digits mean the US or Canada"),
    Column(OPTED_IN_AT, True, 40, "when they agreed: `2024-05-01`, `2024-05-01T17:30:00-05:00`"),
    Column(MEDIUM, True, 20, "how they agreed: one of the media below"),
    Column(AGREED_TO, True, 1000, "the exact words they agreed to, or where those can be read"),
    Column(SOURCE, True, 500, "where the proof is: the form's address, the file of paper slips"),
    Column(LOCATION, False, 100, "the store: its code, its name or an alias of it"),
    Column(CHANNEL, False, 100, "which sign, receipt or page"),
    Column(KEYWORD, False, 40, "the word they texted or wrote"),
    Column(LANGUAGE, False, 20, "two letters, such as `es`; the program's where left out"),
    Column(IP, False, 45, "of the web form's visitor"),
    Column(USER_AGENT, False, 400, "of the web form's visitor"),
)
BY_NAME = {column.name: column for column in COLUMNS}
REQUIRED = tuple(column.name for column in COLUMNS if column.is_required)

MEDIA = {
    "web": "a form on a web page",
    "paper": "a slip or list signed on paper",
    "keyword": "a keyword texted to another number or service",
    "till": "at the till: on the terminal, or typed in by staff",
    "phone": "in a call that was recorded or noted",
    "app": "a form in an app",
    "email": "a reply or a link in an e-mail",
    "chat": "a chat or messenger",
}

_SQUASHED = {squash(column.name): column.name for column in COLUMNS}


def column_named(heading: str) -> str:
    """The column that a heading means, case, spaces and punctuation ignored; "" for none."""
    return _SQUASHED.get(squash(heading), "")
