"""What a sign or a web page invites people to: a keyword, and the store that it is for."""

from dataclasses import dataclass
from urllib.parse import quote

from sayso.domain.catalog import Catalog, Keyword, KeywordAction, Location
from sayso.domain.text import squash

_JOIN = "JOIN"


@dataclass(frozen=True, slots=True)
class Invitation:
    """An invitation. `location` is None where people are left to name their store."""

    keyword: Keyword
    location: Location | None = None

    @property
    def words(self) -> str:
        """What to text: `COFFEE` where the keyword knows its store, else `JOIN DOWNTOWN`."""
        if self.location is None or self.keyword.location:
            return self.keyword.word
        return f"{self.keyword.word} {self.location.code}"

    def at(self, location: Location | None) -> "Invitation":
        """The same invitation, to a store that was chosen, unless it knows its own."""
        return self if self.location or location is None else Invitation(self.keyword, location)


def invitation(catalog: Catalog, word: str, store: str = "") -> Invitation | None:
    """What `word` invites to: a keyword that joins, JOIN itself, or a location's code.

    `store` is the code of a location, heeded where the word leaves the store open. None for a word
    or a store that this shop does not have, and for a keyword that only answers.
    """
    named = catalog.location(store.upper()) if store else None
    if store and named is None:
        return None
    keyword = catalog.keyword(word) or (Keyword(_JOIN) if squash(word) == squash(_JOIN) else None)
    if keyword is None:
        location = catalog.location(word.upper())
        return Invitation(Keyword(_JOIN), location) if location else None
    if keyword.action is not KeywordAction.JOIN:
        return None
    fixed = catalog.location(keyword.location) if keyword.location else None
    return Invitation(keyword, fixed or named)


def texting_link(number: str, words: str) -> str:
    """The address that opens a phone's message app with the text written in it.

    `sms:80808?&body=JOIN%20DOWNTOWN`: RFC 5724 (2.2) has `?body=`, which Android reads; iOS, whose
    documentation is silent on it, wants `&body=` since version 8. With both signs, both read it.
    """
    return f"sms:{quote(number, safe='+')}?&body={quote(words, safe='')}"
