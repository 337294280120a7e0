"""Lists in pages."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from sayso.handlers.admin_api.desks import Desks
from sayso.handlers.admin_api.forms import Paging
from sayso.handlers.admin_api.routing import Call

_Item = TypeVar("_Item")


def after(desks: Desks, call: Call[Any, Paging]) -> str:
    """The position that the request's cursor names, "" for the beginning. Raises NotACursor."""
    cursor = call.query.cursor
    return desks.cursors.unseal(cursor, call.listing) if cursor else ""


def cursor_to(desks: Desks, call: Call[Any, Paging], position: str) -> str | None:
    """The cursor to go on with after `position`; None at the end, where it is ""."""
    return desks.cursors.seal(position, call.listing) if position else None


def page_of(
    items: Sequence[_Item], key: Callable[[_Item], str], desks: Desks, call: Call[Any, Paging]
) -> tuple[list[_Item], str | None]:
    """One page of a short list that is sorted by `key`, and the cursor of the next."""
    last = after(desks, call)
    rest = [item for item in items if key(item) > last]
    page = rest[: call.query.limit]
    more = len(rest) > len(page)
    return page, cursor_to(desks, call, key(page[-1]) if more else "")
