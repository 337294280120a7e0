"""The offer page as HTML: the offer, the question before it is redeemed, and the proof after."""

from sayso.domain.catalog import Location
from sayso.domain.coupon import Use, Verdict
from sayso.domain.redeeming import UNDO_WITHIN
from sayso.handlers.html import Html, tag, void
from sayso.handlers.offer_page.pictures import clock, clock_style, qr
from sayso.handlers.offer_page.style import FRESH_S, STYLE, policy
from sayso.handlers.offer_page.ticket import Ticket, directions
from sayso.handlers.offer_page.words import WORDS

Page = tuple[Html, str]  # the document, and the policy that it stands under
# What a button of the page asks for.
DO, ASK, REDEEM = "do", "ask", "redeem"
_UNDO_MINUTES = int(UNDO_WITHIN.total_seconds() // 60)


def offer_page(ticket: Ticket) -> Page:
    """The offer, to be shown or redeemed; or why it is not to be had (any more)."""
    is_live = ticket.verdict is Verdict.REDEEMED
    body = [_top(ticket), _code(ticket)] if is_live else [_over(ticket)]
    if is_live:
        # Of a code that all share each use is staff's to enter.
        form = [_redeem_button(ticket)] if ticket.coupon.phone else []
        body.append(_rest(ticket, form))
    card = tag("article", *body, kind="ticket" if is_live else "ticket over")
    return _document(ticket.language, ticket.offer.title, _brand(ticket), card, _foot(ticket))


def question_page(ticket: Ticket, token: str, notice: str = "") -> Page:
    """Before the press that counts: is anybody of the staff looking?"""
    form = tag(
        "form",
        *_stores(ticket),
        void("input", type="hidden", name="token", value=token),
        tag("button", ticket.says("yes"), name=DO, value=REDEEM),
        method="post",
    )
    back = tag("form", tag("button", ticket.says("no"), kind="quiet"), method="get")
    top = tag(
        "header",
        tag("h1", ticket.says("ask")),
        tag("p", ticket.says("ask_lead")),
        tag("p", ticket.offer.title, kind="when"),
        kind="top",
    )
    card = tag("article", top, tag("div", form, back, kind="rest"), kind="ticket")
    told = tag("p", ticket.says(notice), kind="faults", role="alert") if notice else Html("")
    return _document(ticket.language, ticket.says("ask"), _brand(ticket), told, card)


def proof_page(ticket: Ticket, use: Use) -> Page:
    """What only the moment after has: a clock that runs, and a minute that runs out."""
    age = (ticket.now - use.at).total_seconds()
    when, place = ticket.at(use.at, use.place), ticket.name_of(use.place)
    key = "redeemed_at" if place else "redeemed_when"
    proof = tag(
        "section",
        tag("div", kind="glint", aria_hidden="true"),
        tag("h2", f"✓ {ticket.says('redeemed')}"),
        clock(),
        tag("p", ticket.says(key, when=when, place=place)),
        tag("div", tag("i"), kind="bar", aria_hidden="true"),
        tag("p", ticket.says("fresh"), kind="fresh"),
        tag("p", ticket.says("stale"), kind="stale"),
        kind="proof",
        role="status",
    )
    top = tag("header", tag("h1", ticket.offer.title), tag("p", ticket.shown), kind="top")
    undo = tag("p", ticket.says("undo", minutes=_UNDO_MINUTES), kind="hint")
    card = tag("article", proof, top, tag("div", undo, kind="rest"), kind="ticket")
    body = tag("div", card, kind="late") if age >= FRESH_S else card
    moving = clock_style(ticket.now, ticket.zone_of(use.place))
    return _document(
        ticket.language, ticket.says("redeemed"), _brand(ticket), body, _foot(ticket), moving=moving
    )


def refused_page(ticket: Ticket, verdict: Verdict) -> Page:
    """Why the press came to nothing, when the offer itself is still to be had."""
    names = ", ".join(one.name for one in ticket.places)
    top = tag(
        "header",
        tag("h1", ticket.says(verdict)),
        tag("p", ticket.says(f"{verdict}_lead", places=names)),
        kind="top",
    )
    card = tag("article", top, kind="ticket over")
    return _document(ticket.language, ticket.says(verdict), _brand(ticket), card, _foot(ticket))


def nothing_page(language: str, reason: str) -> Page:
    """Nothing of anybody's: `reason` is `unknown`, `locked` or `busy`."""
    words = WORDS[language]
    top = tag("header", tag("h1", words[reason]), tag("p", words[f"{reason}_lead"]), kind="top")
    return _document(language, words[reason], tag("article", top, kind="ticket"))


def _document(language: str, title: str, *content: Html, moving: str = "") -> Page:
    styles = [tag("style", Html(one)) for one in (STYLE, moving) if one]
    head = tag(
        "head",
        void("meta", charset="utf-8"),
        void("meta", name="viewport", content="width=device-width, initial-scale=1"),
        void("meta", name="robots", content="noindex"),
        void("meta", name="format-detection", content="telephone=no"),
        tag("title", title),
        *styles,
    )
    body = tag("body", tag("main", *content))
    page = Html(f'<!doctype html>\n<html lang="{language}">{head}{body}</html>\n')
    return page, policy(STYLE, moving)


def _brand(ticket: Ticket) -> Html:
    return tag("p", ticket.program, kind="brand")


def _foot(ticket: Ticket) -> Html:
    return tag("footer", tag("p", ticket.says("stop")))


def _top(ticket: Ticket) -> Html:
    lines = [tag("h1", ticket.offer.title)]
    if ticket.until:
        lines.append(tag("p", ticket.says("until", when=ticket.until), kind="when"))
    if (most := ticket.coupon.most_uses) > 1:
        left = most - ticket.coupon.uses
        lines.append(tag("p", ticket.says("left", left=left, most=most), kind="when"))
    return tag("header", *lines, kind="top")


def _code(ticket: Ticket) -> Html:
    return tag(
        "section",
        tag("p", ticket.says("code"), kind="label"),
        tag("p", ticket.shown, kind="code"),
        tag("p", ticket.says("show"), kind="label"),
        qr(ticket.address, ticket.says("qr")),
        kind="middle",
    )


def _over(ticket: Ticket) -> Html:
    """What has become of it, in place of a code that nobody should try."""
    verdict, coupon = ticket.verdict, ticket.coupon
    place = ticket.name_of(coupon.last_used_place)
    key, when = {
        Verdict.USED: (
            "used_at" if place else "used_when",
            ticket.at(coupon.last_used_at, coupon.last_used_place),
        ),
        Verdict.EXPIRED: ("expired_lead", ticket.until),
        Verdict.NOT_YET: ("not_yet_lead", ticket.at(coupon.valid_from)),
    }.get(verdict, ("withdrawn_lead", ""))
    return tag(
        "header",
        tag("h1", ticket.says(verdict)),
        tag("p", ticket.says(key, when=when, place=place)),
        tag("p", ticket.offer.title, kind="when"),
        tag("p", ticket.shown, kind="code"),
        kind="top",
    )


def _redeem_button(ticket: Ticket) -> Html:
    return tag(
        "form",
        tag("button", ticket.says("redeem"), name=DO, value=ASK),
        tag("p", ticket.says("redeem_hint"), kind="hint"),
        method="post",
    )


def _rest(ticket: Ticket, form: list[Html]) -> Html:
    parts = [*form, tag("section", tag("h2", ticket.says("where")), _where(ticket))]
    if ticket.offer.terms:
        terms = tag("p", ticket.offer.terms, kind="terms")
        parts.append(tag("section", tag("h2", ticket.says("terms")), terms))
    return tag("div", *parts, kind="rest")


def _where(ticket: Ticket) -> Html:
    """The person's own store first; all of them, unless it is good everywhere."""
    own, everywhere = ticket.store, not ticket.coupon.places
    others = [] if everywhere else [one for one in ticket.places if one != own]
    listed = [*([own] if own else []), *others]
    rows = [tag("li", *_store(ticket, one)) for one in listed]
    if everywhere:
        rows.append(tag("li", tag("small", ticket.says("everywhere"))))
    return tag("ul", *rows)


def _store(ticket: Ticket, location: Location) -> list[Html]:
    parts = [tag("b", location.name)]
    if location.address:
        parts.append(tag("small", location.address))
    if hours := ticket.opening(location):
        parts.append(tag("small", hours))
    if way := directions(location):
        parts.append(tag("a", ticket.says("directions"), href=way, rel="noreferrer"))
    return parts


def _stores(ticket: Ticket) -> list[Html]:
    """Which store it is, where that is not plain."""
    if len(ticket.places) < 2:
        return []
    own = ticket.store

    def option(code: str, name: str) -> Html:
        chosen = {"selected": ""} if own and code == own.code else {}
        return tag("option", name, value=code, **chosen)

    options = [option(one.code, one.name) for one in ticket.places]
    if not own:
        options.insert(0, tag("option", ticket.says("choose"), value=""))
    chooser = tag("select", *options, name="place", required="")
    return [tag("label", ticket.says("store"), chooser)]
