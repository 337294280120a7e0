"""HTML by construction: whatever is not markup already is escaped on its way in."""

import html
import unicodedata
from collections.abc import Mapping

# Two characters of this category that belong to what is seen: they join letters and emoji.
_JOINERS = "\u200c\u200d"


class Html(str):
    """Markup. Any other text that is put into an element is escaped."""

    __slots__ = ()


def escaped(text: str) -> Html:
    """A text as markup that shows exactly this text."""
    return text if isinstance(text, Html) else Html(html.escape(text))


def tag(name: str, /, *content: str, **attributes: str) -> Html:
    """An element. The attribute `class` is spelled `kind`, others with `_` for `-` (`aria_live`).

    Python's own words end in `_` (`for_`).
    """
    return Html(f"<{name}{_written(attributes)}>{''.join(map(escaped, content))}</{name}>")


def void(name: str, /, **attributes: str) -> Html:
    """An element that holds nothing and has no end (`input`); attributes as in `tag`."""
    return Html(f"<{name}{_written(attributes)}>")


def _written(attributes: Mapping[str, str]) -> str:
    named = {_attribute(key): value for key, value in attributes.items()}
    return "".join(f' {key}="{html.escape(value)}"' for key, value in named.items())


def _attribute(key: str) -> str:
    return "class" if key == "kind" else key.rstrip("_").replace("_", "-")


def exact(text: str) -> Html:
    """A text word for word; a character that cannot be seen is shown as its code (`U+202E`)."""
    return Html(
        "".join(
            tag("span", f"U+{ord(one):04X}", kind="code") if _is_hidden(one) else html.escape(one)
            for one in text
        )
    )


def unaltered(text: str) -> Html:
    """A text to be copied, character by character; none can turn those around it about.

    A character that cannot be seen stands in a `span.raw`, whose style is to isolate it.
    """
    return Html(
        "".join(
            tag("span", one, kind="raw") if _is_hidden(one) else html.escape(one) for one in text
        )
    )


def _is_hidden(character: str) -> bool:
    hidden = unicodedata.category(character) in ("Cc", "Cf")
    return hidden and character != "\n" and character not in _JOINERS
