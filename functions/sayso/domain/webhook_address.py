"""Which addresses Sayso may be made to call: those of the open internet, by https.

Whoever may add an endpoint must not reach what only this deployment can: its own runtime, the
metadata of its host, a private network (OWASP, Server Side Request Forgery Prevention).
"""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, urlsplit

from sayso.domain.refusal import Refused

URL_AT_MOST = 500
_SCHEMES = {"https": 443, "http": 80}
# All that there is of the open internet in IPv6 (IANA, IPv6 Address Space, 2026-11). Outside of it
# are sites' own addresses (RFC 3879) and those of IPv4 in disguise (RFC 6052, 7915, 8215).
_OPEN = IPv6Network("2000::/3")
# Disguises within it, 6to4 (RFC 3056) and Teredo (4380), and what is for documents (9637).
_NOT_OPEN = tuple(map(IPv6Network, ("2002::/16", "2001::/32", "3fff::/20")))


def checked_url(url: str, *, may_be_private: bool) -> str:
    """The url, if it may be called as far as can be seen from it. Raises Refused.

    Where private addresses are allowed, plain http is too.
    """
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        raise Refused("url", "not a web address") from None
    reason = _fault(url, parts, may_be_private=may_be_private)
    if reason:
        raise Refused("url", reason)
    return url


def port_of(parts: SplitResult) -> int:
    """The port that a checked url means."""
    return parts.port or _SCHEMES[parts.scheme]


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open internet's."""
    try:
        found: IPv4Address | IPv6Address = ip_address(address)
    except ValueError:
        return False
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped:
            return is_public(str(found.ipv4_mapped))
        if found not in _OPEN or any(found in network for network in _NOT_OPEN):
            return False
    return found.is_global and not found.is_multicast


def _fault(url: str, parts: SplitResult, *, may_be_private: bool) -> str:
    schemes = tuple(_SCHEMES) if may_be_private else ("https",)
    host = parts.hostname or ""
    if parts.scheme not in schemes:
        return "must begin with https://"
    if len(url) > URL_AT_MOST or not url.isascii() or not url.isprintable() or " " in url:
        return f"at most {URL_AT_MOST} visible ASCII characters"
    if not host or parts.username is not None or parts.password is not None or parts.fragment:
        return "needs a host, and neither a user nor a fragment"
    if parts.port == 0:
        return "there is no port 0"
    if not may_be_private and _is_private(host):
        return "the host is not on the open internet"
    return ""


def _is_private(host: str) -> bool:
    """Whether the host itself says so; a name is judged by the address that it leads to."""
    try:
        ip_address(host)
    except ValueError:
        return host.rstrip(".") == "localhost" or "." not in host
    return not is_public(host)
