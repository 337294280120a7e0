"""The id of a campaign, a segment or a pool in a path."""

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


def _id_of(kind: str, call: Call[Any, Any]) -> str:
    found = call.path["id"]
    if not _ID.fullmatch(found):
        raise NotFound(f"there is no {kind} {found}")
    return found
