"""Which addresses may be called."""

import pytest

from sayso.domain.refusal import Refused
from sayso.domain.webhook_address import checked_url, is_public

PUBLIC = ["8.8.8.8", "93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "::ffff:8.8.8.8"]
PRIVATE = [
    *("127.0.0.1", "127.8.8.8", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1"),
    *("169.254.169.254", "169.254.170.2", "100.64.0.1", "192.0.0.1", "192.0.2.1", "198.18.0.1"),
    *("224.0.0.1", "240.0.0.1", "255.255.255.255"),
    *("::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:169.254.169.254", "::ffff:10.0.0.1"),
    *("fe80::1", "fc00::1", "fd00:ec2::254", "ff02::1", "2001:db8::1"),
    *("fec0::1", "5f00::1", "200::1", "4000::1", "3fff::1", "::ffff:0:127.0.0.1", "fe80::1%eth0"),
    *("64:ff9b::7f00:1", "64:ff9b:1::1", "2002:7f00:1::", "2001:0:7f00:1::"),
    *("", "localhost", "not an address"),
]


@pytest.mark.parametrize("address", PUBLIC)
def test_addresses_of_the_open_internet_may_be_called(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("address", PRIVATE)
def test_loopback_private_metadata_and_disguised_addresses_may_not(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "https://crm.bluebird.example/sayso",
        "https://crm.bluebird.example:8443/sayso?shop=1",
        "https://8.8.8.8/",
        "https://[2606:2800:220:1:248:1893:25c8:1946]/",
    ],
)
def test_https_addresses_are_taken_as_they_are(url: str) -> None:
    assert checked_url(url, may_be_private=False) == url


@pytest.mark.parametrize(
    "url",
    [
        *("http://crm.bluebird.example/", "ftp://crm.bluebird.example/", "crm.bluebird.example"),
        *("https://", "https:///path", "https://crm.bluebird.example:99999/", "https://[::1"),
        "https://crm.bluebird.example:0/",
        *("https://user:pass@crm.bluebird.example/", "https://@crm.bluebird.example/"),
        *("https://crm.bluebird.example/#part", "https://crm.bluebird.example/a b"),
        *("https://crm.bluebird.example/\n", "https://caf\u00e9.example/", "javascript:alert(1)"),
        "https://crm.bluebird.example/" + "x" * 500,
        *("https://localhost/", "https://localhost./", "https://intranet/", "https://127.0.0.1/"),
        *("https://[::1]/", "https://169.254.169.254/latest", "https://[::ffff:10.0.0.1]/"),
    ],
)
def test_everything_else_is_refused(url: str) -> None:
    with pytest.raises(Refused) as refused:
        checked_url(url, may_be_private=False)
    assert refused.value.field == "url"


def test_where_the_deployment_says_so_private_addresses_and_http_are_taken() -> None:
    for url in ("http://127.0.0.1:8080/hook", "https://localhost/hook", "http://[::1]:80/"):
        assert checked_url(url, may_be_private=True) == url
    with pytest.raises(Refused):
        checked_url("file:etc/passwd", may_be_private=True)
