"""What may be offered, and where a campaign's links may lead."""

import ipaddress
import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from urllib.parse import urlsplit

from sayso.domain.catalog import Catalog
from sayso.domain.codes import bare, parsed
from sayso.domain.linting.links import shorteners_in
from sayso.domain.offer import Codes, Links, Offer
from sayso.domain.refusal import Refused
from sayso.domain.template_values import LINKS, OF_OFFERS

TITLE_AT_MOST, TERMS_AT_MOST = 80, 1000
USES_AT_MOST = 1000
REMIND_AT_MOST = 24 * 14
LINKS_AT_MOST, ADDRESS_AT_MOST = 10, 1000
# Long enough not to be an amount of money or a word of ours, short enough to say.
_SHARED = re.compile(r"(?=.*[A-Z])[A-Z0-9]{4,20}")
_LINK_NAME = re.compile(r"[a-z][a-z0-9_]{0,19}")
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")
# Names that mean a network of one's own: RFC 6761, RFC 6762, RFC 8375, RFC 9476.
_PRIVATE = frozenset(
    "alt arpa example home internal invalid lan local localhost onion test".split()
)


def checked_offer(offer: Offer | None, catalog: Catalog) -> Offer | None:
    """The offer in its tidy form. Raises Refused."""
    if offer is None:
        return None
    for field, detail in _faults_of_offer(offer, catalog):
        raise Refused(f"offer.{field}", detail)
    return replace(
        offer,
        title=offer.title.strip(),
        terms=offer.terms.strip(),
        shared_code=bare(offer.shared_code),
        places=tuple(dict.fromkeys(offer.places)),
    )


def _faults_of_offer(offer: Offer, catalog: Catalog) -> Iterator[tuple[str, str]]:
    if not 1 <= len(offer.title.strip()) <= TITLE_AT_MOST or not offer.title.isprintable():
        yield "title", f"say what people get, in one line of 1 to {TITLE_AT_MOST} characters"
    if len(offer.terms) > TERMS_AT_MOST or not offer.terms.replace("\n", "").isprintable():
        yield "terms", f"at most {TERMS_AT_MOST} visible characters"
    yield from _faults_of_codes(offer)
    if not 1 <= offer.uses <= USES_AT_MOST:
        yield "uses", f"1 to {USES_AT_MOST}"
    if not 0 <= offer.remind_hours <= REMIND_AT_MOST:
        yield "remind_hours", f"at most {REMIND_AT_MOST} hours before the end; 0 for never"
    if offer.worth is not None and offer.worth < 0:
        yield "worth", "what a redemption costs the shop cannot be less than nothing"
    if unknown := [code for code in offer.places if not catalog.location(code)]:
        yield "places", f"there is no location {' or '.join(unknown)}"


def _faults_of_codes(offer: Offer) -> Iterator[tuple[str, str]]:
    word = bare(offer.shared_code)
    if (offer.codes is Codes.SHARED) != bool(word):
        yield "shared_code", "name one if all share a code, and none if they do not"
    elif word and not _SHARED.fullmatch(word):
        yield "shared_code", "4 to 20 letters and digits, one letter at least"
    elif word and parsed(word):
        yield "shared_code", "it looks like one of the codes that people get of their own"
    if (offer.codes is Codes.POOL) != bool(offer.pool):
        yield "pool", "name one if the codes come from a pool, and none if they do not"


def check_links(links: Links) -> None:
    """Raise Refused for a link that no text may have."""
    if len(links.targets) > LINKS_AT_MOST:
        raise Refused("links", f"at most {LINKS_AT_MOST}")
    for name, target in links.targets.items():
        if not _LINK_NAME.fullmatch(name):
            raise Refused(f"links.{name[:40]}", "a name has small letters, digits and _, as menu")
        for detail in _faults_of_target(target):
            raise Refused(f"links.{name}", detail)


def _faults_of_target(target: str) -> Iterator[str]:
    """What is wrong with an address that people are sent on to.

    Nobody but the shop names one, and yet its domain vouches for where it leads.
    """
    if len(target) > ADDRESS_AT_MOST or not target.isascii() or re.search(r"[\s\\<>\"]", target):
        yield f"an address of at most {ADDRESS_AT_MOST} characters, others than ASCII's escaped"
        return
    try:
        parts = urlsplit(target)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        yield "no address that a browser would understand"
        return
    if parts.scheme != "https" or not host:
        yield "an https address, such as https://bluebird.example.com/menu"
    elif "@" in parts.netloc or port not in (None, 443):
        yield "no user name and no port"
    elif _is_number(host) or not _HOST.fullmatch(host) or host.rpartition(".")[2] in _PRIVATE:
        yield "the address of a public web site, by its name"
    else:
        yield from (f"{one} is a link shortener: name where it leads" for one, _ in _hidden(host))


def _hidden(host: str) -> Iterator[tuple[str, str]]:
    return shorteners_in(f"{host}/")


def _is_number(host: str) -> bool:
    """Whether it is an IP address; private or not, no shop's customers know it."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def faults_of_names(names: Collection[str], offer: Offer | None, address: str) -> Iterator[str]:
    """What is wrong with a text that asks for what its campaign does not have."""
    of_offer = sorted(OF_OFFERS.intersection(names))
    if of_offer and offer is None:
        yield f"The text names {' and '.join(of_offer)}, but the campaign has no offer."
    linking = [one for one in names if one == "link" or one.startswith(f"{LINKS}.")]
    if linking and not address:
        yield (
            f"The text names {' and '.join(sorted(linking))}, but nobody has said at which address "
            "the shop's pages are: set public_url."
        )
