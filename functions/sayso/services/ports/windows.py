"""How often somebody has done something in the periods under way."""

from collections.abc import Collection, Mapping
from typing import Protocol

from sayso.domain.limits import Use, Window


class WindowFull(Exception):
    """A window is full by now, or not as it was read; nothing was counted."""


class Windows(Protocol):
    """Keeps windows under names that tell of nobody."""

    def read(self, names: Collection[str]) -> dict[str, Window]:
        """Those that are under way, or were until a while ago, by their names."""
        ...

    def count(self, uses: Mapping[str, Use]) -> None:
        """Count one use more in each of these windows, or in none. Raises WindowFull."""
        ...

    def give_back(self, uses: Mapping[str, Use]) -> None:
        """Take that use out again, of those windows that are still under way."""
        ...
