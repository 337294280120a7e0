"""What the opt-in page does with a request: show the form, or take it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from urllib.parse import parse_qsl

from sayso.domain import replies
from sayso.domain.call_to_action import LANGUAGES, on_the_web
from sayso.domain.catalog import Catalog, Program
from sayso.domain.invitation import Invitation, invitation
from sayso.domain.web_opt_in import Submission, filled_in
from sayso.handlers.http import Request, preferred_language
from sayso.handlers.join_page.answers import Answered, Visitor, told
from sayso.handlers.join_page.fields import TRAP, Filled, Offer
from sayso.handlers.join_page.view import closed_page, done_page, form_page, limited_page
from sayso.services.form_tokens import FormTokens, Token, Verdict
from sayso.services.ports.catalog import CatalogStore
from sayso.services.ports.web_opt_ins import NotTextable, NumberReader
from sayso.services.web_opt_in import Outcome, WebOptIn

BODY_AT_MOST = 8 * 1024
_AGENT_AT_MOST = 400
_SHOWN_AT_MOST = 40


@dataclass(frozen=True, slots=True)
class JoinDesk:
    """The page. `number` is what texts come from, as people know it; "" where nobody does yet.

    `is_passing` knows the failures of what stands behind it that end by themselves.
    """

    catalog: CatalogStore
    use_case: WebOptIn
    tokens: FormTokens
    numbers: NumberReader
    number: str
    clock: Callable[[], datetime]
    is_passing: Callable[[Exception], bool]

    def answer(self, request: Request, visitor: Visitor) -> Answered:
        """The page for a GET, what came of the form for a POST.

        Storage that is too busy is told as such: sent in again, the same form still asks once.
        """
        query = dict(parse_qsl(request.query))
        language = _language(request, query)
        try:
            return self._answer(request, visitor, query, language)
        except Exception as failure:
            if not self.is_passing(failure):
                raise
            busy = told(HTTPStatus.SERVICE_UNAVAILABLE, closed_page(language, "busy"), "busy")
            busy.response["headers"]["retry-after"] = "60"
            return busy

    def _answer(
        self, request: Request, visitor: Visitor, query: Mapping[str, str], language: str
    ) -> Answered:
        catalog = self.catalog.load()
        program = catalog.program
        if program is None or not self.number:
            return told(HTTPStatus.NOT_FOUND, closed_page(language, "closed"), "closed")
        word = request.path.rpartition("/")[2]
        invited = invitation(catalog, word, query.get("store", ""))
        if invited is None:
            page = closed_page(language, "unknown", program.help_contact)
            return told(HTTPStatus.NOT_FOUND, page, "unknown")
        visit = _Visit(self, catalog, program, invited, language)
        if request.route.startswith("POST"):
            return visit.take(request, visitor)
        return visit.show(Filled(), HTTPStatus.OK, "shown")


@dataclass(frozen=True, slots=True)
class _Visit:
    """One request for one invitation, in one language."""

    desk: JoinDesk
    catalog: Catalog
    program: Program
    invited: Invitation
    language: str

    def show(self, filled: Filled, status: HTTPStatus, what: str, token: str = "") -> Answered:
        """The form; a new token where the one at hand is of no use any more."""
        offer = self._offer()
        token = token or self.desk.tokens.make(self._named(offer), self.desk.clock())
        return told(status, form_page(offer, filled, token), what)

    def take(self, request: Request, visitor: Visitor) -> Answered:
        """The form as it was sent in."""
        if len(request.body) > BODY_AT_MOST:
            return self.show(Filled(), HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too_large")
        form = dict(parse_qsl(request.body.decode("utf-8", "replace")))
        offer, now = self._offer(), self.desk.clock()
        if form.get(TRAP):
            return told(HTTPStatus.OK, done_page(offer, _shown(form)), "trapped")
        phone, filled = self._read(form, offer)
        token = self.desk.tokens.check(form.get("token", ""), self._named(offer), now)
        kept = form["token"] if token.verdict is not Verdict.STALE else ""
        if filled.faults:
            return self.show(filled, HTTPStatus.UNPROCESSABLE_ENTITY, "invalid", kept)
        if token.verdict is not Verdict.GOOD:
            again = _noted(filled, "stale")
            return self.show(again, HTTPStatus.UNPROCESSABLE_ENTITY, token.verdict)
        return self._submit(self._submission(form, phone, token, visitor, now), filled, kept)

    def _submit(self, submission: Submission, filled: Filled, token: str) -> Answered:
        outcome = self.desk.use_case.submit(submission, self.program, submission.at)
        offer = self._offer()
        if outcome is Outcome.LIMITED:
            return told(HTTPStatus.TOO_MANY_REQUESTS, limited_page(offer), outcome)
        if outcome is Outcome.SPENT:
            again = _noted(filled, "stale")
            return self.show(again, HTTPStatus.UNPROCESSABLE_ENTITY, outcome)
        if outcome is Outcome.LATER:
            again = _noted(filled, "later")
            return self.show(again, HTTPStatus.TOO_MANY_REQUESTS, outcome, token)
        return told(HTTPStatus.OK, done_page(offer, filled.phone[:_SHOWN_AT_MOST]), outcome)

    def _offer(self) -> Offer:
        stores = () if self.invited.location else self.catalog.locations
        return Offer(
            invited=self.invited,
            call=on_the_web(self.program, self.invited, self.desk.number, self.language),
            number=self.desk.number,
            question=replies.opt_in_question(self.program, self.invited.location, self.language),
            stores=tuple(sorted(stores, key=lambda store: store.name)),
            store=self._store(),
        )

    def _read(self, form: Mapping[str, str], offer: Offer) -> tuple[str, Filled]:
        """The number in E.164, "" where there is none; and what was typed with its faults."""
        typed, store = form.get("phone", "").strip(), form.get("store", "")
        faults: dict[str, str] = {}
        phone = ""
        try:
            phone = self.desk.numbers.read(typed) if typed else ""
        except NotTextable as wrong:
            faults["phone"] = wrong.reason
        if not typed:
            faults["phone"] = "missing_phone"
        if offer.stores and self.catalog.location(store) is None:
            faults["store"] = "missing_store"
        agreed = form.get("agree") == "yes"
        if not agreed:
            faults["agree"] = "missing_consent"
        return phone, Filled(typed[:200], store, agreed, faults)

    def _submission(
        self, form: Mapping[str, str], phone: str, token: Token, visitor: Visitor, now: datetime
    ) -> Submission:
        offer = self._offer()
        chosen = self.catalog.location(form.get("store", "")) if offer.stores else None
        return Submission(
            id=token.id,
            phone=phone,
            at=now,
            number=self.desk.number,
            invited=self.invited.at(chosen),
            words=filled_in(
                form["phone"].strip(), chosen.name if chosen else "", offer.call.consent
            ),
            shown=offer.call,
            page=self._page(),
            ip=visitor.ip,
            user_agent=visitor.user_agent[:_AGENT_AT_MOST],
        )

    def _page(self) -> str:
        """The path under which these words are shown, in the one way in which it is recorded."""
        return f"/join/{self.invited.keyword.word}?lang={self.language}{self._store()}"

    def _store(self) -> str:
        keyword, location = self.invited.keyword, self.invited.location
        return f"&store={location.code}" if location and not keyword.location else ""

    def _named(self, offer: Offer) -> str:
        return f"{self._page()} {offer.call.version}"


def _noted(filled: Filled, notice: str) -> Filled:
    return Filled(filled.phone, filled.store, filled.agreed, notice=notice)


def _language(request: Request, query: Mapping[str, str]) -> str:
    wanted = query.get("lang", "")
    if wanted in LANGUAGES:
        return wanted
    return preferred_language(request.headers.get("accept-language", ""), LANGUAGES)


def _shown(form: Mapping[str, str]) -> str:
    return form.get("phone", "")[:_SHOWN_AT_MOST]
