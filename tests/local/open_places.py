"""Places that are open or closed to marketing right now, so that tests hold at any hour.

Which ones, the domain's own window says: the demo's cast asks it.
"""

from datetime import UTC, datetime

from sayso_local.client import Stack
from sayso_local.demo.cast import Store, store_closed_at, stores_open_at


def open_stores(stack: Stack) -> tuple[Store, ...]:
    """Three stores of the stack whose customers may all be texted now, and for half an hour."""
    stores = stores_open_at(datetime.now(UTC))
    for store in stores:
        set_up(stack, store)
    return stores


def closed_store(stack: Stack) -> Store:
    """A store of the stack whose customers may not be texted now, nor for half an hour."""
    store = store_closed_at(datetime.now(UTC))
    set_up(stack, store)
    return store


def set_up(stack: Stack, store: Store) -> None:
    """Add the store to the stack's shop, unless it has one of this code already."""
    if stack.admin("GET", f"locations/{store.code}").is_success:
        return
    location = {"name": f"Bluebird {store.name}", "timezone": store.timezone}
    location |= {"state": store.state} if store.state else {}
    answer = stack.admin("PUT", f"locations/{store.code}", {**location, "aliases": [store.alias]})
    assert answer.is_success, answer.text
