"""`/admin/keywords`: the words that the shop advertises."""

import re
from http import HTTPStatus

from pydantic import Field

from sayso.domain.catalog import Keyword, KeywordAction
from sayso.handlers.admin_api.access import MARKETERS
from sayso.handlers.admin_api.desks import Desks
from sayso.handlers.admin_api.forms import Form, Paging, View
from sayso.handlers.admin_api.paging import page_of
from sayso.handlers.admin_api.problems import not_valid
from sayso.handlers.admin_api.routing import Answer, Call, Route

_WORD = re.compile(r"[A-Za-z0-9]{2,20}")


class KeywordForm(Form):
    """What a word does, and where it stands to be read."""

    action: KeywordAction = Field(
        KeywordAction.JOIN, description="`join` opts in; `reply` and `offer` answer with `reply`"
    )
    location: str | None = Field(
        None,
        max_length=20,
        description="Code of the store that the word stands for, if the customer names none",
        examples=["DOWNTOWN"],
    )
    channel: str | None = Field(
        None,
        max_length=40,
        description="Where the word is advertised: a sign, a receipt, a web page",
        examples=["window sign"],
    )
    reply: str | None = Field(
        None,
        max_length=1530,
        description="The answer. A join is answered with the confirmation that the law asks for",
        examples=["Today: cinnamon rolls, two for one until noon."],
    )


class KeywordView(KeywordForm):
    """A keyword and its word."""

    word: str = Field(
        description="The first word of a customer's text; case and accents do not matter",
        examples=["COFFEE"],
    )


class KeywordList(View):
    """Keywords by word."""

    items: list[KeywordView]
    next: str | None


def _list(desks: Desks, call: Call[None, Paging]) -> Answer:
    page, following = page_of(desks.keywords.all(), lambda one: one.word, desks, call)
    return Answer(KeywordList(items=[_view(one) for one in page], next=following))


def _get(desks: Desks, call: Call[None, None]) -> Answer:
    return Answer(_view(desks.keywords.get(call.path["word"].upper())))


def _put(desks: Desks, call: Call[KeywordForm, None]) -> Answer:
    form, word = call.body, call.path["word"]
    if not _WORD.fullmatch(word):
        raise not_valid([("word", "2 to 20 letters and digits; accents are read over anyway")])
    keyword = Keyword(
        word=word.upper(),
        action=form.action,
        location=(form.location or "").upper(),
        channel=form.channel or "",
        reply=form.reply or "",
    )
    is_new = desks.keywords.put(keyword)
    return Answer(_view(keyword), HTTPStatus.CREATED if is_new else HTTPStatus.OK)


def _delete(desks: Desks, call: Call[None, None]) -> Answer:
    desks.keywords.delete(call.path["word"].upper())
    return Answer(status=HTTPStatus.NO_CONTENT)


def _view(keyword: Keyword) -> KeywordView:
    return KeywordView.model_construct(
        word=keyword.word,
        action=keyword.action,
        location=keyword.location or None,
        channel=keyword.channel or None,
        reply=keyword.reply or None,
    )


_PATH = "/admin/keywords/{word}"
ROUTES = (
    Route(
        "GET",
        "/admin/keywords",
        "Every keyword",
        _list,
        query=Paging,
        answers={HTTPStatus.OK: KeywordList},
    ),
    Route(
        "GET",
        _PATH,
        "One keyword",
        _get,
        answers={HTTPStatus.OK: KeywordView},
        problems=[HTTPStatus.NOT_FOUND],
    ),
    Route(
        "PUT",
        _PATH,
        "Define a keyword, or replace it",
        _put,
        roles=MARKETERS,
        body=KeywordForm,
        answers={HTTPStatus.OK: KeywordView, HTTPStatus.CREATED: KeywordView},
    ),
    Route(
        "DELETE",
        _PATH,
        "Remove a keyword",
        _delete,
        roles=MARKETERS,
        answers={HTTPStatus.NO_CONTENT: None},
        problems=[HTTPStatus.NOT_FOUND],
    ),
)
