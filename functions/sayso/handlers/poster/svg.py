"""A sign as SVG, for a printer's own program."""

from collections.abc import Sequence

from sayso.handlers.html import Html, tag
from sayso.handlers.poster.layout import Block, Mark, Paper

_FONT = "Helvetica, Arial, 'Liberation Sans', sans-serif"


def svg(marks: Sequence[Mark], paper: Paper, title: str, language: str) -> bytes:
    """The drawing, as large as the paper; words are text, and as wide as they were laid out."""
    across, down = paper.size
    shapes = [tag("title", title), tag("rect", width="100%", height="100%", fill="#ffffff")]
    shapes += map(_shape, marks)
    drawing = tag(
        "svg",
        *shapes,
        xmlns="http://www.w3.org/2000/svg",
        width=f"{across / 72:.4f}in",
        height=f"{down / 72:.4f}in",
        viewBox=f"0 0 {across:g} {down:g}",
        lang=language,
        font_family=_FONT,
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{drawing}\n'.encode()


def _shape(mark: Mark) -> Html:
    if isinstance(mark, Block):
        return tag(
            "rect",
            x=_short(mark.x),
            y=_short(mark.y),
            width=_short(mark.width),
            height=_short(mark.height),
            fill=mark.color,
            shape_rendering="crispEdges",
        )
    return tag(
        "text",
        mark.text,
        x=_short(mark.x),
        y=_short(mark.y),
        font_size=_short(mark.size),
        font_weight="bold" if mark.bold else "normal",
        fill=mark.color,
        textLength=_short(mark.width),
        lengthAdjust="spacingAndGlyphs",
    )


def _short(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
