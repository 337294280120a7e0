"""Changing the catalog while others change it too."""

from collections.abc import Callable
from typing import TypeVar

from sayso.domain.catalog import Catalog
from sayso.services.ports.catalog import CatalogChanged, CatalogStore
from sayso.services.refusals import Busy

_TRIES = 5
_Result = TypeVar("_Result")


def write_catalog(store: CatalogStore, change: Callable[[Catalog], _Result]) -> _Result:
    """Judge and write by the current catalog; by the newer one if it changed in between.

    Raises Busy when it changed every time.
    """
    for _ in range(_TRIES):
        try:
            return change(store.load())
        except CatalogChanged:
            continue
    raise Busy("others are changing the set-up right now; try again in a moment")
