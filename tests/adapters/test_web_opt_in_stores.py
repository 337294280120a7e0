"""What every WebOptIns does: the one on the table and the fake of the use case's tests."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from sayso.adapters.dynamodb.form_seals import FormSeals
from sayso.adapters.dynamodb.web_opt_ins import DynamoWebOptIns
from sayso.domain.contact import Contact, Status
from sayso.domain.conversation import Decision
from sayso.domain.ledger import faults
from sayso.domain.limits import Limit, Subject, Window, use
from sayso.domain.web_opt_in import ask
from sayso.services.ports.web_opt_ins import Meanwhile, Seals
from tests.fakes.web_opt_ins import FakeSeals
from tests.support.bluebird import ANA, BEN, NOON, PROGRAM
from tests.support.table import TABLE, everything_in, mocked_table
from tests.support.web_desks import DESKS, HOME, Desk, an_exchange, opened_desk
from tests.support.web_forms import a_form

HOUR = timedelta(hours=1)
TWICE = Limit(Subject.ADDRESS, 2, HOUR)


@pytest.fixture(params=DESKS)
def desk(request: pytest.FixtureRequest) -> Iterator[Desk]:
    with opened_desk(request.param) as found:
        yield found


def test_a_number_and_a_form_that_nobody_knows(desk: Desk) -> None:
    known = desk.store.look("form-x", ANA, [HOME])
    assert known.contact == Contact.stranger(ANA)
    assert (known.windows, known.is_spent, known.exchange) == ({}, False, None)


def test_question_proof_and_uses_are_kept_together(desk: Desk) -> None:
    form = a_form()
    exchange = desk.keep(form, use(TWICE, None, NOON))
    assert desk.shelf.contact(ANA).status is Status.PENDING
    (entry,) = desk.shelf.ledger(ANA)
    assert entry.evidence.ip == form.ip
    assert faults([entry]) == []
    assert desk.shelf.exchange(exchange.text) == exchange
    assert desk.window() == Window(1, NOON + HOUR)


def test_a_form_that_asks_nobody_leaves_the_contact_as_it_was(desk: Desk) -> None:
    exchange = desk.keep(a_form(), use(TWICE, None, NOON), asks=False)
    assert desk.shelf.contact(ANA) == Contact.stranger(ANA)
    assert desk.shelf.ledger(ANA) == []
    assert desk.shelf.exchange(exchange.text) == exchange


def test_a_form_is_found_spent_with_what_came_of_it(desk: Desk) -> None:
    form = a_form()
    exchange = desk.keep(form)
    known = desk.store.look(form.id, ANA, [])
    assert (known.is_spent, known.exchange) == (True, exchange)


def test_a_form_that_was_spent_on_another_number_tells_nothing_of_it(desk: Desk) -> None:
    form = a_form()
    desk.keep(form)
    known = desk.store.look(form.id, BEN, [])
    assert (known.is_spent, known.exchange) == (True, None)
    assert known.contact == Contact.stranger(BEN)


@pytest.mark.parametrize("phone", [ANA, BEN], ids=["the same number", "another number"])
def test_a_form_is_kept_once(desk: Desk, phone: str) -> None:
    form = a_form()
    stale = desk.store.look(form.id, phone, [])
    desk.keep(form)
    again = replace(form, phone=phone)
    decision = ask(stale.contact, again, PROGRAM)
    with pytest.raises(Meanwhile):
        desk.store.commit(form.id, stale, decision, an_exchange(again, decision), {})
    assert len(desk.shelf.ledger(ANA)) == 1
    assert desk.shelf.ledger(BEN) == []


def test_of_two_forms_for_one_number_the_second_has_to_look_again(desk: Desk) -> None:
    late = a_form()
    stale = desk.store.look(late.id, ANA, [])
    desk.keep(a_form())
    decision = ask(stale.contact, late, PROGRAM)
    with pytest.raises(Meanwhile):
        desk.store.commit(late.id, stale, decision, an_exchange(late, decision), {})
    assert not desk.store.look(late.id, ANA, []).is_spent


def test_uses_of_one_window_add_up_and_the_one_too_many_keeps_nothing(desk: Desk) -> None:
    first, seen = use(TWICE, None, NOON), Window(1, NOON + HOUR)
    desk.keep(a_form(ANA), first, asks=False)
    desk.keep(a_form(ANA), use(TWICE, seen, NOON), asks=False)
    assert desk.window() == Window(2, NOON + HOUR)
    late = a_form(BEN)
    # It saw the window as it was before the second use: a third does not fit.
    with pytest.raises(Meanwhile):
        desk.keep(late, use(TWICE, seen, NOON))
    assert desk.window() == Window(2, NOON + HOUR)
    assert desk.shelf.contact(BEN) == Contact.stranger(BEN)


def test_a_window_that_was_opened_meanwhile_is_not_opened_again(desk: Desk) -> None:
    desk.keep(a_form(ANA), use(TWICE, None, NOON), asks=False)
    with pytest.raises(Meanwhile):
        desk.keep(a_form(BEN), use(TWICE, None, NOON), asks=False)


def test_a_window_that_is_over_begins_anew(desk: Desk) -> None:
    desk.keep(a_form(ANA), use(TWICE, None, NOON), asks=False)
    later = NOON + 2 * HOUR
    desk.keep(a_form(BEN), use(TWICE, desk.window(), later), asks=False)
    assert desk.window() == Window(1, later + HOUR)


def test_of_twenty_forms_at_once_as_many_are_kept_as_the_window_holds(desk: Desk) -> None:
    desk.keep(a_form(ANA), use(TWICE, None, NOON), asks=False)
    seen = desk.window()

    def keep(number: int) -> bool:
        try:
            desk.keep(a_form(f"+1312555{1000 + number}"), use(TWICE, seen, NOON))
        except Meanwhile:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(keep, range(20))) == 1


def test_nothing_that_is_counted_names_whose_it_is() -> None:
    with mocked_table() as client:
        seal = FormSeals(client, TABLE).seal(f"number {ANA}")
        store = DynamoWebOptIns(client, TABLE)
        form = a_form()
        known = store.look(form.id, ANA, [])
        decision = Decision(known.contact)
        uses = {f"number/86400/{seal}": use(TWICE, None, NOON)}
        store.commit(form.id, known, decision, an_exchange(form, decision), uses)
        counted = [one for one in everything_in(client) if one["pk"]["S"].startswith("LIMIT#")]
    assert len(counted) == 1
    assert all(word not in str(counted) for word in (ANA, ANA[2:], form.ip))
    assert int(counted[0]["expires_at"]["N"]) == int((NOON + HOUR).timestamp())


@pytest.fixture(params=["fake", "dynamodb"])
def two_seals(request: pytest.FixtureRequest) -> Iterator[tuple[Seals, Seals]]:
    """The seals of two workers of one deployment."""
    if request.param == "fake":
        yield FakeSeals(), FakeSeals()
        return
    with mocked_table() as client:
        yield FormSeals(client, TABLE), FormSeals(client, TABLE)


def test_every_worker_seals_alike_and_no_two_texts_do(two_seals: tuple[Seals, Seals]) -> None:
    one, other = two_seals
    assert one.seal("a") == other.seal("a")
    assert len({one.seal(text) for text in ("a", "b", "", "a ")}) == 4
    assert len(one.seal("a")) == 32


def test_another_deployment_seals_otherwise() -> None:
    seals = []
    for _ in range(2):
        with mocked_table() as client:
            seals.append(FormSeals(client, TABLE).seal("a"))
    assert seals[0] != seals[1]
