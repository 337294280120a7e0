"""Stores of a test's own that are open or closed to marketing right now, whatever the hour.

Which regions are, the domain's own window says: the demo's cast asks it. Nobody else joins such a
store, so that whoever another test leaves asleep, on hold or at their cap keeps no campaign open.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from sayso_local.client import Stack
from sayso_local.demo.cast import Store, store_closed_at, stores_open_at

# Far enough from each other, and from the seeded stores, that no slip makes one of another.
_names = iter(
    "Alder Aspen Azalea Bamboo Baobab Begonia Bluegum Boxwood Buckeye Camellia Chestnut Cornflower "
    "Cottonwood Cypress Dogwood Edelweiss Eucalyptus Foxglove Fuchsia Geranium Ginkgo Hawthorn "
    "Hemlock Hickory Hyacinth Jacaranda Juniper Laburnum Larkspur Lavender Magnolia Mahogany "
    "Mangrove Mimosa Oleander Poplar Primrose Redwood Rosewood Sequoia Snowdrop Spruce Sycamore "
    "Tamarind Thistle Verbena Wisteria Zinnia".split()
)
# By what their numbers begin with: neighbours share it.
_last_digits: defaultdict[str, Iterator[int]] = defaultdict(lambda: iter(range(100, 1_000)))


def open_stores(stack: Stack) -> tuple[Store, ...]:
    """Three new stores whose customers may all be texted now, and for half an hour."""
    return tuple(_opened(stack, like) for like in stores_open_at(datetime.now(UTC)))


def open_store(stack: Stack) -> Store:
    """A new store whose customers may be texted now, and for half an hour."""
    return _opened(stack, stores_open_at(datetime.now(UTC))[0])


def closed_store(stack: Stack) -> Store:
    """A new store whose customers may not be texted now, nor for half an hour."""
    return _opened(stack, store_closed_at(datetime.now(UTC)))


def a_customer(store: Store) -> str:
    """A number of the store's neighbourhood that no other test uses."""
    return f"{store.numbers}{next(_last_digits[store.numbers])}"


def customers(store: Store, count: int) -> list[str]:
    """So many of them."""
    return [a_customer(store) for _ in range(count)]


def _opened(stack: Stack, like: Store) -> Store:
    """A store of the stack's shop where the other one is, in its own name."""
    name = next(_names)
    store = replace(like, code=name.upper(), name=name, alias=f"{name.upper()}ROW", zip="")
    location = {"name": f"Bluebird {name}", "timezone": store.timezone, "aliases": [store.alias]}
    location |= {"state": store.state} if store.state else {}
    answer = stack.admin("PUT", f"locations/{store.code}", location)
    assert answer.is_success, answer.text
    return store
