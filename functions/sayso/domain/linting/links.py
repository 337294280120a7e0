"""The links of a text, and the hosts that carriers do not let through."""

import re
from collections.abc import Iterator, Mapping

_ATT = "AT&T Code of Conduct for SMS, November 2020"
_PUBLIC = "any other public shortener, by the same code; CTIA Messaging Principles (May 2023)"

# Public link shorteners: anybody can hide anything behind them, so carriers filter their texts.
# As of 2026-11.
SHORTENERS: Mapping[str, str] = {
    **dict.fromkeys(
        "bc.vc bit.ly budurl.com clicky.me goo.gl is.gd lc.chat s2r.co soo.gd tiny.cc"
        " tinyurl.com".split(),
        _ATT,
    ),
    **dict.fromkeys(
        "adf.ly bitly.com bl.ink buff.ly cutt.ly lnkd.in ow.ly rb.gy rebrand.ly short.io"
        " shorte.st shorturl.at t.co t.ly tiny.one tr.im v.gd x.co".split(),
        _PUBLIC,
    ),
}
_HOST = re.compile(r"(?<![\w@.-])((?:[a-z0-9-]+\.)+[a-z]{2,})(?=(/?))", re.IGNORECASE)
_LINK = re.compile(
    r"https?://[^\s]+|(?<![\w@.-])(?:www\.[^\s]+|(?:[a-z0-9-]+\.)+[a-z]{2,}/[^\s]*)",
    re.IGNORECASE,
)


def links_in(text: str) -> list[str]:
    """What a phone would make a link of: an address with its scheme, `www.` or a path."""
    return [match.rstrip(".,;:!?)") for match in _LINK.findall(text)]


def shorteners_in(text: str) -> Iterator[tuple[str, str]]:
    """Each public shortener that the text names, with the source of the rule."""
    for match in _HOST.finditer(text):
        host = match[1].lower().removeprefix("www.")
        if host in SHORTENERS:
            yield host, SHORTENERS[host]
