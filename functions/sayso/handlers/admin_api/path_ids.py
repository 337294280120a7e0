"""Ids in a path: what can be none is not looked for."""

import re
from typing import Any

from sayso.handlers.admin_api.routing import Call
from sayso.services.refusals import NotFound

# A ULID, as every such id is (adapters/ids.py).
_ID = re.compile(r"[0-9A-HJKMNP-TV-Z]{26}")


def campaign_id(call: Call[Any, Any]) -> str:
    """The campaign's id in the path. Raises NotFound for what can be none."""
    return _id_of("campaign", call)


def segment_id(call: Call[Any, Any]) -> str:
    """The segment's id in the path. Raises NotFound for what can be none."""
    return _id_of("segment", call)


def pool_id(call: Call[Any, Any]) -> str:
    """The pool's id in the path. Raises NotFound for what can be none."""
    return _id_of("pool", call)


def import_id(call: Call[Any, Any]) -> str:
    """The import's id in the path. Raises NotFound for what can be none."""
    return _id_of("import", call)


def webhook_id(call: Call[Any, Any]) -> str:
    """The web hook's id in the path. Raises NotFound for what can be none."""
    return _id_of("web hook", call)


def delivery_id(call: Call[Any, Any]) -> str:
    """The delivery's id in the path. Raises NotFound for what can be none."""
    return _id_of("delivery", call, "delivery")


def _id_of(kind: str, call: Call[Any, Any], name: str = "id") -> str:
    found = call.path[name]
    if not _ID.fullmatch(found):
        raise NotFound(f"there is no {kind} {found}")
    return found
