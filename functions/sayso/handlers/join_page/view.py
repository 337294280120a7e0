"""The opt-in page as HTML: the form, and the short pages around it."""

from sayso.domain.call_to_action import LANGUAGES
from sayso.domain.invitation import texting_link
from sayso.handlers.html import Html, tag, void
from sayso.handlers.join_page.fields import Filled, Offer, fields_of, problems
from sayso.handlers.join_page.style import STYLE
from sayso.handlers.join_page.words import NAMES, WORDS

_NOTHING = Html("")


def form_page(offer: Offer, filled: Filled, token: str) -> Html:
    """The page with its form, as it was filled in; it works without a script."""
    intro = tag(
        "section",
        tag("h1", offer.call.heading),
        tag("p", offer.says("lead"), kind="lead"),
        _steps(offer),
    )
    form = tag(
        "form",
        *fields_of(offer, filled),
        void("input", type="hidden", name="token", value=token),
        tag("button", offer.says("button"), type="submit"),
        method="post",
    )
    card = tag(
        "section",
        tag("h2", offer.says("form")),
        form,
        tag("p", offer.says("phone_way"), kind="way"),
        kind="card",
    )
    title = offer.call.heading if not filled.faults else f"⚠ {offer.call.heading}"
    return _document(
        offer.call.language,
        title,
        tag("main", *problems(offer, filled), intro, card, kind="two"),
        _switch(offer),
    )


def done_page(offer: Offer, phone: str) -> Html:
    """What everybody reads who sent the form in, whatever is known of the number."""
    return _document(
        offer.call.language,
        offer.says("done"),
        _quiet(
            tag("h1", offer.says("done")),
            tag("p", offer.says("done_lead", phone=phone), kind="lead"),
            tag("p", offer.says("done_else")),
            _text_now(offer),
        ),
    )


def limited_page(offer: Offer) -> Html:
    """The page has sent enough: the way that is always open is the customer's own text."""
    return _document(
        offer.call.language,
        offer.says("limited"),
        _quiet(
            tag("h1", offer.says("limited")),
            tag("p", offer.says("limited_lead"), kind="lead"),
            _text_now(offer),
        ),
    )


def closed_page(language: str, reason: str, help_contact: str = "") -> Html:
    """There is nothing to join here; `reason` is `unknown`, `closed` or `busy`."""
    words = WORDS[language]
    contact = words["contact"].format(help=help_contact)
    return _document(
        language,
        words[reason],
        _quiet(
            tag("h1", words[reason]),
            tag("p", words[f"{reason}_lead"], kind="lead"),
            tag("p", contact) if help_contact else _NOTHING,
        ),
    )


def _document(language: str, title: str, main: Html, nav: Html = _NOTHING) -> Html:
    head = tag(
        "head",
        void("meta", charset="utf-8"),
        void("meta", name="viewport", content="width=device-width, initial-scale=1"),
        void("meta", name="robots", content="noindex"),
        tag("title", title),
        tag("style", Html(STYLE)),
    )
    body = tag("body", tag("div", nav, main, kind="wrap"))
    return Html(f'<!doctype html>\n<html lang="{language}">{head}{body}</html>\n')


def _switch(offer: Offer) -> Html:
    current = offer.call.language
    links = (
        tag("span", NAMES[one], lang=one, aria_current="true")
        if one == current
        else tag("a", NAMES[one], lang=one, hreflang=one, href=f"?lang={one}{offer.store}")
        for one in LANGUAGES
    )
    return tag("nav", *links, aria_label=offer.says("switch"))


def _quiet(*content: Html) -> Html:
    return tag("main", tag("section", *content, kind="card"), kind="quiet")


def _steps(offer: Offer) -> Html:
    question = tag("p", tag("span", offer.number, kind="from"), offer.question, kind="bubble")
    said = (
        (offer.says("step_1"), _NOTHING),
        (offer.says("step_2"), question),
        (offer.says("step_3"), _NOTHING),
    )
    return tag(
        "ol",
        *(
            tag(
                "li",
                tag("span", str(number), kind="count", aria_hidden="true"),
                tag("div", text, more, kind="what"),
                kind="step",
            )
            for number, (text, more) in enumerate(said, 1)
        ),
    )


def _text_now(offer: Offer) -> Html:
    link = texting_link(offer.number, offer.invited.words)
    return tag("a", offer.says("text_now"), kind="button", href=link)
