"""What the offer page draws: the code for a scanner, and a clock that runs."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sayso.handlers.html import Html, tag

# A quiet zone of four modules is what scanners ask for (ISO/IEC 18004).
_QUIET = 4
_HALF_DAY_S, _HOUR_S, _MINUTE_S = 12 * 60 * 60, 60 * 60, 60
_HANDS = {"hours": (_HALF_DAY_S, 24), "minutes": (_HOUR_S, 14), "seconds": (_MINUTE_S, 9)}


def qr(address: str, label: str) -> Html:
    """The address as a QR code, black on white whatever the page's colours."""
    import segno  # noqa: PLC0415 (a redirect needs no drawing)

    rows = [bytes(row) for row in segno.make_qr(address, error="m").matrix]
    size = len(rows) + 2 * _QUIET
    dark = "".join(
        f"M{x + _QUIET} {y + _QUIET}h1v1h-1z"
        for y, row in enumerate(rows)
        for x, module in enumerate(row)
        if module
    )
    return tag(
        "svg",
        tag("title", label),
        tag("rect", width="100%", height="100%", fill="#fff"),
        tag("path", d=dark, fill="#000"),
        kind="qr",
        viewBox=f"0 0 {size} {size}",
        role="img",
        shape_rendering="crispEdges",
    )


def clock() -> Html:
    """A clock face; `clock_style` sets its hands going."""
    ticks = (
        tag("line", x1="50", y1="5", x2="50", y2="11", transform=f"rotate({hour * 30} 50 50)")
        for hour in range(12)
    )
    hands = (
        tag("line", kind=name, x1="50", y1="50", x2="50", y2=str(top))
        for name, (_, top) in _HANDS.items()
    )
    face = tag("circle", cx="50", cy="50", r="48", kind="face")
    return tag("svg", face, *ticks, *hands, kind="clock", viewBox="0 0 100 100", aria_hidden="true")


def clock_style(now: datetime, zone: str) -> str:
    """Each hand begins where it stands at this moment in the zone, and turns on."""
    local = now.astimezone(ZoneInfo(zone))
    since_midnight = local.hour * _HOUR_S + local.minute * _MINUTE_S + local.second
    return "".join(
        f".clock .{name}{{animation-delay:-{since_midnight % turn}s}}"
        for name, (turn, _) in _HANDS.items()
    )
