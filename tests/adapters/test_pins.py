"""PINs are kept as seals."""

import pytest

from sayso.adapters.pins import ScryptPins

PINS = ScryptPins()


def test_the_pin_that_was_sealed_matches_and_no_other() -> None:
    sealed = PINS.seal("471108")
    assert PINS.matches("471108", sealed)
    assert not PINS.matches("471109", sealed)
    assert not PINS.matches("", sealed)


def test_a_seal_tells_neither_the_pin_nor_that_two_are_the_same() -> None:
    assert "471108" not in PINS.seal("471108")
    assert PINS.seal("471108") != PINS.seal("471108")


@pytest.mark.parametrize(
    "sealed", ["", "471108", "scrypt$", "scrypt$$", "scrypt$!$!", "md5$YQ==$YQ=="]
)
def test_nothing_matches_what_is_no_seal(sealed: str) -> None:
    assert not PINS.matches("471108", sealed)
    assert not PINS.matches("", sealed)
