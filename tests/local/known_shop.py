"""The functions know the shop for a second: what a test has just changed, they may not know yet."""

import time

_KNOWN_FOR_S = 1.0


def wait_until_known() -> None:
    """Let that second pass, for a word that the shop as it was explains, too, though otherwise."""
    time.sleep(_KNOWN_FOR_S + 0.1)
