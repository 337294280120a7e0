"""The versions of a text as a map of the table: the same in a campaign and in its runs."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from sayso.domain.versions import ONE_VERSION, Variant, Versions

# The table drops what is empty.
_NAMELESS = {"name": "", "body": ""}


def versions_values(versions: Versions) -> Mapping[str, Any] | None:
    """The map that the item holds; None for one version only, which is not stored."""
    return None if versions == ONE_VERSION else asdict(versions)


def versions_from(values: Mapping[str, Any] | None) -> Versions:
    """The versions that such a map holds."""
    if not values:
        return ONE_VERSION
    variants = tuple(Variant(**_NAMELESS | one) for one in values["variants"])
    return Versions(values["translations"], variants, values["holdout_percent"])
