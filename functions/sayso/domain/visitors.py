"""Who opens a link: a person, or a program that looks for one (a preview, a scanner, a crawler).

What a program says of itself is believed: whoever wants to be taken for a person is not found out
here, and brings nobody into a report but themselves. In doubt it is a person.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from sayso.domain.robots_table import NAMES, PATTERNS

# Every browser for people begins so, for want of a way back (RFC 9110, 10.1.5, and its history).
_BROWSERS = ("Mozilla/", "Opera/")
# What looks like a browser and previews or checks the links of texts and chats, beside the names
# of the table; each with where it is on record.
PREVIEWS: Mapping[str, str] = {
    # also what Apple's Messages calls itself
    "facebookexternalhit": "https://github.com/wireapp/wire-ios-link-preview/issues/59",
    "Twitterbot": "https://github.com/wireapp/wire-ios-link-preview/issues/59",
    # also what Signal calls itself
    "WhatsApp": "https://github.com/signalapp/Signal-Android/issues/13522",
    "GoogleMessages": "https://developers.google.com/crawling/docs/crawlers-fetchers/"
    "google-user-triggered-fetchers",
    "Google-PageRenderer": "https://support.bloomreach.com/hc/en-us/articles/20979976065565",
    "kakaotalk-scrap": "https://devtalk.kakao.com/t/scrap/33984",
    "line-poker": "https://code.st40.xyz/article/284",
    "SkypeUriPreview": "https://github.com/monperrus/crawler-user-agents/pull/24",
}
# How a browser says that nobody has asked to see the page yet: the Fetch standard and its
# forerunners in Chrome, Safari and Firefox (developer.mozilla.org: Sec-Purpose).
_AHEAD = ("sec-purpose", "purpose", "x-purpose", "x-moz")
_AHEAD_OF_TIME = re.compile(r"prefetch|prerender|preview", re.IGNORECASE)
# A browser for people has no address of a page that explains it.
_EXPLAINED = re.compile(r"https?://|\bwww\.|@[\w-]+\.", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Visit:
    """A request for a link, as far as it tells who makes it; header names in lower case."""

    method: str
    user_agent: str
    headers: Mapping[str, str]

    @property
    def is_persons(self) -> bool:
        """Whether somebody is looking at what it brings."""
        return self.method != "HEAD" and not self._is_ahead and not is_robot(self.user_agent)

    @property
    def _is_ahead(self) -> bool:
        if any(_AHEAD_OF_TIME.search(self.headers.get(name, "")) for name in _AHEAD):
            return True
        # What a person opens is a document (Fetch Metadata); browsers before 2023 don't say.
        return self.headers.get("sec-fetch-dest", "document") != "document"


def is_robot(user_agent: str) -> bool:
    """Whether a program without a person names itself so."""
    if not user_agent.startswith(_BROWSERS) or _EXPLAINED.search(user_agent):
        return True
    if any(name in user_agent for name in PREVIEWS):
        return True
    names, pattern = _table()
    return any(name in user_agent for name in names) or bool(pattern.search(user_agent))


@cache
def _table() -> tuple[tuple[str, ...], re.Pattern[str]]:
    patterns = "|".join(f"(?:{one})" for one in PATTERNS.strip("\n").splitlines())
    return tuple(NAMES.strip("\n").splitlines()), re.compile(patterns)
