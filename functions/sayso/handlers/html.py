"""HTML by construction: whatever is not markup already is escaped on its way in."""

import html
import unicodedata

# Two characters of this category that belong to what is seen: they join letters and emoji.
_JOINERS = "\u200c\u200d"


class Html(str):
    """Markup. Any other text that is put into an element is escaped."""

    __slots__ = ()


def escaped(text: str) -> Html:
    """A text as markup that shows exactly this text."""
    return text if isinstance(text, Html) else Html(html.escape(text))


def tag(name: str, *content: str, **attributes: str) -> Html:
    """An element. The attribute `class` is spelled `kind`."""
    named = {("class" if key == "kind" else key): value for key, value in attributes.items()}
    written = "".join(f' {key}="{html.escape(value)}"' for key, value in named.items())
    return Html(f"<{name}{written}>{''.join(map(escaped, content))}</{name}>")


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
