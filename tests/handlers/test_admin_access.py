"""Who may do what, by the groups in their token."""

from collections.abc import Iterator
from typing import Any

import pytest

from sayso.handlers.admin_api.access import Role, actor_of, roles_in
from sayso.handlers.admin_api.table import admin_routes
from tests.handlers.conftest import set_up
from tests.support.console import Console, opened_console
from tests.support.http_events import http_event


@pytest.fixture(scope="module")
def shop() -> Iterator[Console]:
    """One shop for all: nobody here looks at what a request that was let through has done."""
    with opened_console() as console:
        set_up(console)
        yield console


OWNER, MARKETER, STAFF = Role.OWNER, Role.MARKETER, Role.STAFF


@pytest.mark.parametrize(
    ("claim", "roles"),
    [
        ("[owner]", {OWNER}),
        ("[owner marketer]", {OWNER, MARKETER}),
        ("[owner, marketer]", {OWNER, MARKETER}),
        ('["owner","staff"]', {OWNER, STAFF}),
        ("['owner', 'staff']", {OWNER, STAFF}),
        ("marketer,staff", {MARKETER, STAFF}),
        ("staff", {STAFF}),
        (["owner", "visitors"], {OWNER}),
        (("marketer",), {MARKETER}),
        ("[visitors]", set()),
        ("[co-owner ownership OWNER]", set()),
        ("[]", set()),
        ("", set()),
        (None, set()),
        (7, set()),
        ({"owner": True}, set()),
    ],
)
def test_roles_are_read_from_every_form_of_the_claim(claim: object, roles: set[Role]) -> None:
    assert roles_in(claim) == roles


@pytest.mark.parametrize("authorizer", [None, {}, {"jwt": None}, {"jwt": {"claims": None}}])
def test_without_a_verified_token_nobody_has_a_role(authorizer: object) -> None:
    event = http_event("GET", "/admin/program")
    event["requestContext"]["authorizer"] = authorizer

    assert actor_of(event).roles == frozenset()


PROGRAM = {"name": "Bluebird Coffee", "help_contact": "help@bluebird.example"}
STAFF_MAY = {
    ("GET", "/admin/locations"),
    ("GET", "/admin/locations/{code}"),
    ("GET", "/admin/keywords"),
    ("GET", "/admin/keywords/{word}"),
    ("GET", "/admin/subscribers/{phone}"),
    ("POST", "/admin/subscribers/{phone}/events"),  # what happens at their counter
    ("GET", "/admin/coupons/{coupon}"),
    ("POST", "/admin/coupons/{coupon}/uses"),
    ("GET", "/admin/openapi.json"),
}
NAMED = {"code": "DOWNTOWN", "word": "COFFEE", "phone": "+13125550101", "id": "0" * 26}
NAMED |= {"coupon": "K7P4XQ9M", "delivery": "0" * 26}
ALL = [(route.method, route.path) for route in admin_routes().all]


OWNERS_MAY = {
    ("PUT", "/admin/program"),
    ("DELETE", "/admin/subscribers/{phone}"),
    ("PUT", "/admin/staff/{phone}"),
    ("DELETE", "/admin/staff/{phone}"),
}
# Files of people, and where everything that people do is sent to.
OWNERS_ALONE = ("/admin/imports", "/admin/webhooks")


def refused(console: Console, method: str, path: str) -> bool:
    body: Any = "{}" if method in ("PUT", "POST", "PATCH") else None
    return console.send(method, path.format(**NAMED), body).status == 403


@pytest.mark.parametrize(("method", "path"), ALL)
def test_staff_may_only_look_up_and_report_what_happens_at_the_counter(
    shop: Console, method: str, path: str
) -> None:
    assert refused(shop.acting_as("staff"), method, path) is ((method, path) not in STAFF_MAY)


@pytest.mark.parametrize(("method", "path"), ALL)
def test_a_marketer_may_do_all_but_change_program_and_staff_import_erase_and_send_out(
    shop: Console, method: str, path: str
) -> None:
    is_refused = refused(shop.acting_as("marketer"), method, path)

    assert is_refused is ((method, path) in OWNERS_MAY or path.startswith(OWNERS_ALONE))


@pytest.mark.parametrize(("method", "path"), ALL)
def test_an_owner_may_do_everything(shop: Console, method: str, path: str) -> None:
    assert not refused(shop, method, path)


@pytest.mark.parametrize("role", ["", "visitors"])
@pytest.mark.parametrize(("method", "path"), ALL)
def test_who_is_in_no_group_may_do_nothing(
    shop: Console, role: str, method: str, path: str
) -> None:
    assert refused(shop.acting_as(role), method, path)


def test_one_role_of_several_is_enough(shop: Console) -> None:
    assert shop.acting_as("staff owner").put("/admin/program", PROGRAM).status == 200


def test_a_refusal_names_the_role_and_changes_nothing(shop: Console) -> None:
    before = shop.state()

    answer = shop.acting_as("marketer").put("/admin/program", PROGRAM | {"name": "Mine"})

    assert (answer.status, answer.json["type"]) == (403, "urn:sayso:problem:forbidden")
    assert answer.json["detail"] == "This takes the role owner."
    assert shop.state() == before
