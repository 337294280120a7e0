"""The opt-in form's fields: each with its label, its hint, and what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sayso.domain.call_to_action import CallToAction, Line
from sayso.domain.catalog import Location
from sayso.domain.invitation import Invitation
from sayso.handlers.html import Html, tag, void
from sayso.handlers.join_page.words import WORDS

# The field that people can't see and programs fill in.
TRAP = "website"
_FIELDS = ("phone", "store", "agree")


@dataclass(frozen=True, slots=True)
class Offer:
    """What the page invites to. `stores` are to choose from, none where there is no choice.

    `store` is the part of the page's address that names its store, where its keyword does not.
    """

    invited: Invitation
    call: CallToAction
    number: str
    question: str
    stores: tuple[Location, ...]
    store: str = ""

    def says(self, key: str, **values: str) -> str:
        """A sentence of the page in its language."""
        given = {"words": self.invited.words, "number": self.number, **values}
        return WORDS[self.call.language][key].format(**given)


@dataclass(frozen=True, slots=True)
class Filled:
    """What was typed so far. `faults` name what is wrong with a field, `notice` with all of it."""

    phone: str = ""
    store: str = ""
    agreed: bool = False
    faults: Mapping[str, str] = field(default_factory=dict)
    notice: str = ""


def problems(offer: Offer, filled: Filled) -> list[Html]:
    """What is wrong, said before all else, each with a way to its field."""
    if filled.notice:
        return [tag("div", tag("p", offer.says(filled.notice)), kind="faults", role="alert")]
    if not filled.faults:
        return []
    links = (
        tag("li", tag("a", offer.says(filled.faults[name]), href=f"#{name}"))
        for name in _FIELDS
        if name in filled.faults
    )
    told = (tag("p", offer.says("wrong")), tag("ul", *links))
    return [tag("div", *told, kind="faults", role="alert")]


def fields_of(offer: Offer, filled: Filled) -> list[Html]:
    """All that is filled in, and what has to be read before it, as it was left."""
    phone = void(
        "input",
        id="phone",
        name="phone",
        type="tel",
        inputmode="tel",
        autocomplete="tel",
        value=filled.phone,
        maxlength="40",
        required="",
        **_described("phone", filled),
    )
    hint = tag("p", offer.says("phone_hint"), id="phone-hint", kind="hint")
    trap = (
        tag("label", offer.says("trap"), for_=TRAP),
        void("input", id=TRAP, name=TRAP, type="text", tabindex="-1", autocomplete="off"),
    )
    return [
        _field(offer, "phone", filled, phone, hint),
        *([_field(offer, "store", filled, _choice(offer, filled))] if offer.stores else []),
        tag("div", *trap, kind="trap", aria_hidden="true"),
        _terms(offer.call),
        _consent(offer, filled),
    ]


def _field(offer: Offer, name: str, filled: Filled, *content: Html) -> Html:
    label = tag("label", offer.says(name), for_=name, kind="name")
    return tag("div", label, *content, *_fault(offer, name, filled), kind="field")


def _choice(offer: Offer, filled: Filled) -> Html:
    def option(value: str, name: str) -> Html:
        chosen = {"selected": ""} if value == filled.store else {}
        return tag("option", name, value=value, **chosen)

    options = [option(store.code, store.name) for store in offer.stores]
    first = tag("option", offer.says("choose"), value="")
    described = _described("store", filled)
    return tag("select", first, *options, id="store", name="store", required="", **described)


def _terms(call: CallToAction) -> Html:
    return tag("div", *(_line(line) for line in call.lines), kind="terms")


def _line(line: Line) -> Html:
    links = (tag("a", label, href=url, rel="noopener", title=url) for label, url in line.links)
    if not line.links:
        return tag("p", line.text)
    spaced = [part for link in links for part in (Html(" "), link)]
    return tag("p", line.text, *spaced, kind="links")


def _consent(offer: Offer, filled: Filled) -> Html:
    ticked = {"checked": ""} if filled.agreed else {}
    box = void(
        "input",
        id="agree",
        name="agree",
        type="checkbox",
        value="yes",
        required="",
        **ticked,
        **_described("agree", filled),
    )
    label = tag("label", offer.call.consent, for_="agree")
    kind = "agree wrong" if "agree" in filled.faults else "agree"
    row = tag("div", box, label, kind=kind)
    return tag("div", row, *_fault(offer, "agree", filled), kind="field")


def _fault(offer: Offer, name: str, filled: Filled) -> list[Html]:
    if name not in filled.faults:
        return []
    return [tag("p", offer.says(filled.faults[name]), id=f"{name}-fault", kind="fault")]


def _described(name: str, filled: Filled) -> dict[str, str]:
    """What a screen reader reads with the field."""
    hint = "phone-hint" if name == "phone" else ""
    if name not in filled.faults:
        return {"aria_describedby": hint} if hint else {}
    return {"aria_describedby": f"{name}-fault {hint}".strip(), "aria_invalid": "true"}
