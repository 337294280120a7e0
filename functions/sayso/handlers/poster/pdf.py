"""A sign as PDF, for any printer (docs/decisions/0015)."""

from collections.abc import Sequence
from io import BytesIO

import pydyf  # type: ignore[import-untyped]

from sayso.handlers.poster.layout import Block, Mark, Paper, Words

# Windows' code page 1252: Latin letters, typographic quotes, the euro (PDF 32000-1, annex D).
_CODE_PAGE = "cp1252"


class NotInThisFont(ValueError):
    """A character that Helvetica does not have; the message names it."""


def pdf(marks: Sequence[Mark], paper: Paper, title: str, language: str) -> bytes:
    """The document, one page. Raises NotInThisFont."""
    across, down = paper.size
    document = pydyf.PDF()
    document.info["Title"] = pydyf.String(title)
    document.catalog["Lang"] = pydyf.String(language)
    fonts = pydyf.Dictionary(
        {"F1": _font(document, "Helvetica"), "F2": _font(document, "Helvetica-Bold")}
    )
    drawing = pydyf.Stream(compress=True)
    for mark in marks:
        _draw(drawing, mark, down)
    document.add_object(drawing)
    document.add_page(
        pydyf.Dictionary(
            {
                "Type": "/Page",
                "Parent": document.pages.reference,
                "MediaBox": pydyf.Array([0, 0, across, down]),
                "Contents": drawing.reference,
                "Resources": pydyf.Dictionary({"Font": fonts}),
            }
        )
    )
    target = BytesIO()
    document.write(target)
    return target.getvalue()


def _font(document: pydyf.PDF, name: str) -> bytes:
    font = pydyf.Dictionary(
        {
            "Type": "/Font",
            "Subtype": "/Type1",
            "BaseFont": f"/{name}",
            "Encoding": "/WinAnsiEncoding",
        }
    )
    document.add_object(font)
    reference: bytes = font.reference
    return reference


def _draw(drawing: pydyf.Stream, mark: Mark, down: float) -> None:
    """PDF counts from the bottom of the page."""
    red, green, blue = (int(mark.color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    drawing.set_color_rgb(red, green, blue)
    if isinstance(mark, Block):
        drawing.rectangle(mark.x, down - mark.y - mark.height, mark.width, mark.height)
        drawing.fill()
        return
    drawing.begin_text()
    drawing.set_font_size("F2" if mark.bold else "F1", mark.size)
    drawing.set_text_matrix(1, 0, 0, 1, mark.x, down - mark.y)
    drawing.show_text(b"<" + _encoded(mark).hex().encode() + b">")
    drawing.end_text()


def _encoded(mark: Words) -> bytes:
    try:
        return mark.text.encode(_CODE_PAGE)
    except UnicodeEncodeError as error:
        raise NotInThisFont(error.object[error.start]) from None
