"""`/admin/keywords/{word}/sign`: what to hang in the window, as SVG or PDF."""

from enum import StrEnum
from http import HTTPStatus
from urllib.parse import quote

from pydantic import Field

from sayso.domain.call_to_action import LANGUAGES, on_a_sign
from sayso.domain.invitation import Invitation, texting_link
from sayso.handlers.admin_api.access import MARKETERS
from sayso.handlers.admin_api.desks import Desks
from sayso.handlers.admin_api.forms import Query
from sayso.handlers.admin_api.problems import CONFLICT, Problem, not_valid
from sayso.handlers.admin_api.routing import Answer, Call, Document, Route
from sayso.handlers.poster.layout import Notice, Paper, TooMuchToSay, laid_out

Language = StrEnum("Language", {one.upper(): one for one in LANGUAGES})  # type: ignore[misc]


class Format(StrEnum):
    """What kind of file."""

    SVG = "svg"
    PDF = "pdf"


class SignQuery(Query):
    """How the sign is to be."""

    format: Format = Field(Format.SVG, description="The kind of file")
    lang: Language | None = Field(None, description="The language; the program's if left out")
    paper: Paper = Field(Paper.LETTER, description="What it is printed on")
    location: str = Field(
        "", max_length=20, description="Code of the store, where the keyword leaves it open"
    )
    page: str = Field(
        "",
        max_length=200,
        pattern=r"^(https?://[^\s<>\"]+)?$",
        description="Address of the opt-in page to print, if it has one of your own",
    )


def _sign(desks: Desks, call: Call[None, SignQuery]) -> Answer:
    if not desks.front.number:
        raise Problem(CONFLICT, "No number is known to text to: set public_number and deploy.")
    query, word = call.query, call.path["word"]
    program, invited = desks.keywords.invitation(word, query.location)
    language = query.lang or (program.language if program.language in LANGUAGES else LANGUAGES[0])
    number = desks.front.number
    notice = Notice(
        words=invited.words,
        number=number,
        page=query.page or f"{desks.front.url or f'https://{call.host}'}/join/{_path(invited)}",
        call=on_a_sign(program, invited, number, language),
        modules=_modules(texting_link(number, invited.words)),
    )
    return Answer(_drawn(notice, query, language))


def _path(invited: Invitation) -> str:
    """The end of the page's address; a store has a page of its own."""
    location, keyword = invited.location, invited.keyword
    if location is None or keyword.location:
        return quote(keyword.word)
    if keyword.word == "JOIN":
        return quote(location.code)
    return f"{quote(keyword.word)}?store={quote(location.code)}"


def _modules(link: str) -> list[list[bool]]:
    """A QR code that is read with a tenth and a half of it dirty (ISO/IEC 18004, level M)."""
    import segno  # noqa: PLC0415 (only signs need it)

    return [[bool(module) for module in row] for row in segno.make_qr(link, error="m").matrix]


def _drawn(notice: Notice, query: SignQuery, language: str) -> Document:
    title = f"{notice.call.heading} ({notice.words}, {notice.number})"
    name = f"{notice.words.replace(' ', '-').lower()}.{query.format}"
    try:
        marks = laid_out(notice, query.paper)
        if query.format is Format.SVG:
            from sayso.handlers.poster.svg import svg  # noqa: PLC0415

            return Document(svg(marks, query.paper, title, language), "image/svg+xml", name)
        from sayso.handlers.poster.pdf import NotInThisFont, pdf  # noqa: PLC0415

        try:
            return Document(pdf(marks, query.paper, title, language), "application/pdf", name)
        except NotInThisFont as missing:
            reason = f"a PDF here cannot show the character {missing}; take svg"
            raise not_valid([("format", reason)]) from None
    except TooMuchToSay:
        reason = "the program's words are too long for a sign that can be read"
        raise not_valid([("", reason)]) from None


ROUTES = (
    Route(
        "GET",
        "/admin/keywords/{word}/sign",
        "A sign to print, with a QR code that opens the phone's message app",
        _sign,
        roles=MARKETERS,
        query=SignQuery,
        answers={HTTPStatus.OK: None},
        files=("image/svg+xml", "application/pdf"),
        problems=[HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT],
    ),
)
