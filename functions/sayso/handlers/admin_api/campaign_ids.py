"""The id of a campaign in a path."""

import re
from typing import Any

from sayso.handlers.admin_api.routing import Call
from sayso.services.refusals import NotFound

# A ULID, as every campaign's id is.
_ID = re.compile(r"[0-9A-HJKMNP-TV-Z]{26}")


def campaign_id(call: Call[Any, Any]) -> str:
    """The id in the path. Raises NotFound for what can be none."""
    found = call.path["id"]
    if not _ID.fullmatch(found):
        raise NotFound(f"There is no campaign {found}.")
    return found
