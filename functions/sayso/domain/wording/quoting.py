"""What in a text is not the customer's own words: reactions, quotes of ours, signatures."""

import re

_OPEN, _CLOSE = '“"«„‟❝”', '”"»“‟❞'
# Reactions that phones send as texts. Source: what iOS and Android (Google Messages) write, as of
# 2026-11, in the languages of the program's customers.
_VERBS = (
    r"liked|loved|laughed at|emphasi[sz]ed|disliked|questioned|reacted\b.{0,20}?(?:to|with)?"
    r"|removed (?:an?|the) .{1,30}? from|(?:an?|the) .{1,20} was removed from"
    r"|(?:a \S{1,20} )?(?:no )?(?:le|te|les) (?:gust[oó]|encant[oó]|dio risa|dieron risa|gusta)"
    r"|me (?:gusta|encanta)|(?:se )?(?:enfatiz[oó]|destac[oó]|cuestion[oó]|resalt[oó]|exclam[oó])"
    r"|se (?:ri[oó]|rio) de|puso en duda|pregunt[oó] (?:por|sobre)|reaccion[oó]\b.{0,20}?(?:a|con)"
    r"|(?:elimin[oó]|quit[oó]) (?:un|una|el|la) .{1,30}? (?:de|a)|marc[oó] .{0,25}?"
    r"|(?:n.?)?a (?:pas )?(?:aim[eé]|ador[eé]|d[eé]test[eé]|ri (?:de|[aà])|mis en .{3,12}?"
    r"|insist[eé] sur|soulign[eé]|dout[eé] de|remis en question|r[eé]agi .{0,20}?(?:[aà]|avec)?"
    r"|questionn[eé]|retir[eé] .{1,30}? [aà de]+|supprim[eé] .{1,30}? de)"
    r"|j.?aime|j.?adore|gostou de|adorou|amou|curtiu|riu de|enfatizou|n[aã]o gostou de|questionou"
    r"|reagiu .{0,20}?(?:a|com)|gef[aä]llt|hat .{0,30}? (?:gemocht|reagiert|gelacht)"
    r"|ha (?:messo mi piace a|adorato|riso (?:di|per)|enfatizzato|reagito .{0,15}?a)|(?:非常)?喜欢|"
    r"[^\w\s\"“«]{1,6} (?:to|a|à|en respuesta a|sur)"
)
_REACTION = re.compile(rf"\s*(?:{_VERBS})\s*:?\s*[{_OPEN}](.*)", re.IGNORECASE | re.DOTALL)
_PICTURE = re.compile(
    r"\s*(?:liked|loved|laughed at|emphasi[sz]ed|disliked|questioned|reacted\b.{0,15}? to"
    r"|removed an? .{1,20}? from|le gust[oó]|le encant[oó]|a aim[eé]|a ador[eé]) "
    r"(?:an?|your|una?|une?) (?:image|message|photo|picture|video|movie|sticker|attachment|link"
    r"|gif|audio message|imagen|mensaje|foto|v[ií]deo)\s*[.!]?\s*",
    re.IGNORECASE,
)
_MARK = re.compile('[“"«„”]')
_QUOTE = re.compile(rf"[{_OPEN}]([^{_CLOSE}]+)[{_CLOSE}]")
_ATTRIBUTION = re.compile(r"^\s*>.*?(?:\n|$|\s{2,})", re.MULTILINE)
_ASKED_WORDS = (
    r"(?:stop|end|cancel|quit|unsubscribe|unsub|optout|opt-out|arr[eê]t|alto|parar|sair|baja|salir"
    r"|help|info|c|y|yes)"
)
# The line that our texts and other shops' end with; nobody words a request of their own like it.
_FOOTER = re.compile(
    r"(?:(?:reply|rply|text|txt|respond|responda|responde|texto|textez|r[eé]pondez|env[ií]e|envoyez"
    rf"|answer|send)\W+(?:with\W+)?{_ASKED_WORDS}\W+(?:to|2|for|para|p/|pour|pra)\W*\w+"
    r"(?:\W(?:out|from)\b)?"
    rf"|\b{_ASKED_WORDS}\W{{0,2}}(?:to|2|=)\W{{0,2}}(?:opt.?out|end|cancel|quit|stop|unsubscribe"
    r"|unsub|fin|finish)\b"
    r"|\bmsg ?(?:&|and) ?data rates (?:may )?apply\b)[.,;:!]*",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(
    r"[\s.—–-]*(?:sent (?:from|via|with) (?:my |an? |the )?[\w ]{2,40}|get outlook for \w+"
    r"|enviado desde (?:mi )?[\w ]{2,30}|envoy[eé] (?:de|depuis|à partir de) (?:mon )?[\w ]{2,30}"
    r"|enviado do meu [\w ]{2,30}|inviato da(?:l mio)? [\w ]{2,30}"
    r"|von meinem [\w ]{2,30} gesendet)[.!]?\s*$",
    re.IGNORECASE,
)
_FEWEST_QUOTED = 4
_FEWEST_LEFT = 2
REACTION = "a reaction that quotes our own text"


def own_words(body: str) -> tuple[str, str]:
    """The customer's own part of a text, and why the rest was left out ("" where nothing was)."""
    text, why = body, ""
    if '"' in body or (not body.isascii() and _MARK.search(body)):
        text, why = _without_quotes(body)
    elif body[:9].lower().startswith(_REACTS) and _PICTURE.fullmatch(body):
        return "", REACTION
    if ">" in text and _ATTRIBUTION.match(text):
        text, why = _ATTRIBUTION.sub(" ", text), "a quoted line"
    lowered = text.lower()
    if _holds(lowered, _SIGNED) and (cut := _SIGNATURE.sub("", text)) != text:
        text, why = cut, why or "a signature"
    if not _holds(lowered, _IN_FOOTERS):
        return text, why
    shorter = _without_footer(text)
    return (text, why) if shorter == text else (shorter, why or "the footer of a text of ours")


def _holds(text: str, any_of: tuple[str, ...]) -> bool:
    # A loop: every text comes by here, and a generator costs twice as much.
    for one in any_of:  # noqa: SIM110
        if one in text:
            return True
    return False


_IN_FOOTERS = (
    *("stop", "cancel", "quit", "unsub", "optout", "opt-out", "arret", "arrêt", "alto", "parar"),
    *("sair", "baja", "salir", "rates", "end to", "help for", "c to", "yes to"),
)
_REACTS = (
    "liked",
    "loved",
    "laughed",
    "emphas",
    "disliked",
    "question",
    "react",
    "removed",
    "le ",
    "a ",
)
_SIGNED = ("sent ", "outlook", "enviado", "envoy", "inviato", "gesendet")


def _without_quotes(body: str) -> tuple[str, str]:
    reaction = _REACTION.match(body)
    if reaction:
        quoted = reaction[1]
        end = max(quoted.rfind(mark) for mark in _CLOSE)
        return (quoted[end + 1 :] if end >= 0 else ""), REACTION
    left = _QUOTE.sub(_short_quote, body)
    if left == body:
        return body, ""
    if len(left.split()) >= _FEWEST_LEFT:
        return left, "a quote"
    return body, ""


def _short_quote(hit: re.Match[str]) -> str:
    """A word or two in quotes are the customer's emphasis; a sentence is somebody's else's."""
    return " , " if len(hit[1].split()) >= _FEWEST_QUOTED else hit[0]


def _without_footer(text: str) -> str:
    hit = _FOOTER.search(text)
    if hit is None:
        return text
    left = _FOOTER.sub(" . ", text)
    return left if len(re.findall(r"\w+", left)) >= _FEWEST_LEFT else text
