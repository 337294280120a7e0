"""The list of offers that OFFERS is answered with: every code, and as much beside as fits. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sayso.domain.codes import spoken
from sayso.domain.parts import count_parts

# The customer has asked for all of it, and one text of more parts is a page that nobody reads.
PARTS_AT_MOST = 3


@dataclass(frozen=True, slots=True)
class Held:
    """An offer that somebody has: the code as it is shown, what it is for, the page's address.

    "" where the title is not known any more, or there is no page.
    """

    shown: str
    title: str = ""
    page: str = ""


def listed(offers: Sequence[Held], frame: Callable[[str], str]) -> str:
    """The answer with the offers in `frame`, in their order: codes, then titles, then pages.

    Codes are fitted in first, for they are what counts at the counter; of those that do not fit
    it says how many they are.
    """
    said = [spoken(one.shown) for one in offers]
    while len(said) > 1 and not _fits(frame(_joined(said, len(offers)))):
        said.pop()
    for form in (_titled, _with_page):
        for place, offer in enumerate(offers[: len(said)]):
            fuller = [*said[:place], form(said[place], offer), *said[place + 1 :]]
            if _fits(frame(_joined(fuller, len(offers)))):
                said = fuller
    return frame(_joined(said, len(offers)))


def _titled(said: str, offer: Held) -> str:
    return f"{offer.title} {said}".strip()


def _with_page(said: str, offer: Held) -> str:
    return f"{said} {offer.page}".strip()


def _joined(said: Sequence[str], of_all: int) -> str:
    more = f" +{of_all - len(said)}" if of_all > len(said) else ""
    return f"{'; '.join(said)}{more}"


def _fits(text: str) -> bool:
    return count_parts(text).parts <= PARTS_AT_MOST
