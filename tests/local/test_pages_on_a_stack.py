"""On the whole stack: from a campaign's text to the page, the counter, and the record."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from threading import Barrier
from uuid import uuid4

import boto3
import httpx
import pytest

from sayso.adapters.dynamodb.campaigns import DynamoCampaigns
from sayso.adapters.dynamodb.coupons import DynamoCoupons
from sayso.domain.codes import spoken
from sayso.domain.coupon import Coupon, Way
from sayso_local.client import Stack
from sayso_local.stack.aws import REGION
from tests.local.known_shop import wait_until_known
from tests.local.open_places import a_customer, open_store
from tests.support.user_agents import ON_AN_IPHONE

MENU = "https://bluebird.example.com/menu"
APPLES_PREVIEW = (
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_11_1) AppleWebKit/601.2.4 (KHTML, like Gecko) "
    "Version/9.0.1 Safari/601.2.4 facebookexternalhit/1.1 Facebot Twitterbot/1.0"
)
PIN = "471108"
STAFF, EACH = 5, 3
# A worker process a call in the emulator: a hundred of them take all of a small machine. So many
# run at one moment, beside the texts; test_redeeming_on_a_stack.py has a hundred on the storage.
ON_THE_WIRE = 12
PAGES = 100 - 2 * STAFF * EACH
_TOKEN = re.compile(r'name="token" value="([^"]+)"')


@pytest.fixture
def phone() -> Iterator[httpx.Client]:
    """The browser of the customer's phone."""
    headers = {"user-agent": ON_AN_IPHONE, "accept-language": "en"}
    limits = httpx.Limits(max_connections=ON_THE_WIRE)
    with httpx.Client(trust_env=False, timeout=60, headers=headers, limits=limits) as found:
        yield found


@pytest.fixture
def coupons(stack: Stack) -> DynamoCoupons:
    return DynamoCoupons(_dynamodb(stack), stack.running.table)


def _dynamodb(stack: Stack) -> object:
    return boto3.client("dynamodb", endpoint_url=stack.aws.endpoint, region_name=REGION)


def sent(stack: Stack, coupons: DynamoCoupons) -> Coupon:
    """The coupon that a new subscriber gets by a campaign's text."""
    store = open_store(stack)
    customer = a_customer(store)
    stack.text(customer, f"JOIN {store.code}")
    stack.await_texts(customer, 1)
    written = {
        "name": "Coffee on us",
        "body": "Bluebird Coffee: {{ offer }}! {{ code }} {{ link }} Menu: {{ links.menu }} "
        "Reply STOP to end.",
        "offer": {"title": "A free filter coffee", "terms": "One per person."},
        "links": {"menu": MENU},
        "audience": {"locations": [store.code]},
    }
    made = stack.admin("POST", "campaigns", written)
    assert made.is_success, made.text
    started = stack.admin("POST", f"campaigns/{made.json()['id']}/schedule", {"now": True})
    assert started.is_success, started.text
    stack.wait_for(lambda: bool(_links(stack, customer)), within=60)
    (page, menu) = _links(stack, customer)[-2:]
    assert menu == f"{page}/menu"
    coupon = coupons.get(page.rpartition("/")[2])
    assert coupon is not None
    return coupon


def _links(stack: Stack, customer: str) -> list[str]:
    bodies = (text.body for text in stack.received(customer))
    return [link for body in bodies if "filter coffee" in body for link in _addresses(body)]


def _addresses(body: str) -> list[str]:
    return re.findall(r"https?://\S+/o/\S+", body)


def test_from_the_text_to_the_page_to_the_proof_to_the_record(
    stack: Stack, phone: httpx.Client, coupons: DynamoCoupons
) -> None:
    coupon = sent(stack, coupons)
    page = f"{stack.api}/o/{coupon.code}"
    phone.get(page, headers={"user-agent": APPLES_PREVIEW})
    phone.head(page)
    shown = phone.get(page)
    assert (shown.status_code, spoken(coupon.code) in shown.text) == (200, True)
    led = phone.get(f"{page}/menu")
    assert (led.status_code, led.headers["location"]) == (302, MENU)

    proof = phone.post(page, data={"do": "redeem", "token": _token(phone, page)})
    assert "✓ Redeemed" in proof.text

    progress = DynamoCampaigns(_dynamodb(stack), stack.running.table).progress(coupon.run_id)
    assert progress is not None
    counted = {name: progress.tally[name] for name in ("clicked", "clicks", "previews", "redeemed")}
    assert counted == {"clicked": 1, "clicks": 2, "previews": 2, "redeemed": 1}
    told = stack.admin("GET", f"coupons/{coupon.code}").json()
    assert [use["way"] for use in told["history"]] == ["page"]


def _token(phone: httpx.Client, page: str) -> str:
    (token,) = _TOKEN.findall(phone.post(page, data={"do": "ask"}).text)
    return str(token)


@pytest.mark.timeout(600)
def test_of_a_hundred_attempts_at_once_by_text_counter_and_page_one_succeeds(
    stack: Stack, phone: httpx.Client, coupons: DynamoCoupons
) -> None:
    coupon = sent(stack, coupons)
    page = f"{stack.api}/o/{coupon.code}"
    staff = [f"+1773555{4000 + number}" for number in range(STAFF)]
    sessions = _signed_in(stack, phone, staff)
    tokens = [_token(phone, page) for _ in range(PAGES)]
    gate = Barrier(2 * STAFF * EACH + PAGES)

    def by_text(member: str) -> str:
        gate.wait()
        stack.text(member, f"USE {spoken(coupon.code)}")
        return ""

    def at_the_counter(session: str) -> str:
        body = {"request_id": str(uuid4()), "code": coupon.code}
        gate.wait()
        answer = _answered(
            lambda: phone.post(f"{stack.api}/counter/uses", json=body, headers={"cookie": session})
        )
        return str(answer.json()["verdict"])

    def on_the_page(token: str) -> str:
        gate.wait()
        answer = _answered(lambda: phone.post(page, data={"do": "redeem", "token": token}))
        return "redeemed" if "✓ Redeemed" in answer.text else _refusal(answer.text)

    ways: list[tuple[Callable[[str], str], str]] = [
        *((by_text, member) for member in staff * EACH),
        *((at_the_counter, session) for session in sessions * EACH),
        *((on_the_page, token) for token in tokens),
    ]
    assert len(ways) == 100
    with ThreadPoolExecutor(len(ways)) as pool:
        found = Counter(pool.map(lambda way: way[0](way[1]), ways))
    del found[""]
    texts = [text for member in staff for text in stack.await_texts(member, EACH, within=200)]
    told = Counter("redeemed" if one.body.startswith("VALID") else "used" for one in texts)
    assert found + told == {"redeemed": 1, "used": 99}

    (use,) = coupons.uses(coupon.code)
    kept = coupons.get(coupon.code)
    assert kept is not None
    assert (kept.uses, kept.last_use) == (1, use.id)
    assert use.way in set(Way)
    assert use.at <= datetime.now(UTC)


def _refusal(html: str) -> str:
    return "used" if "This one has been used" in html else html


def _answered(request: Callable[[], httpx.Response]) -> httpx.Response:
    """What it is answered in the end: a machine of four cores has no room for a hundred at once."""
    for _ in range(20):
        with suppress(httpx.TransportError):
            answer = request()
            if answer.status_code < 500:
                return answer
    raise AssertionError("no answer")


def _signed_in(stack: Stack, phone: httpx.Client, members: Sequence[str]) -> list[str]:
    """The sessions of new members of staff."""
    for member in members:
        made = stack.admin("PUT", f"staff/{member}", {"name": f"Mia {member[-2:]}", "pin": PIN})
        assert made.is_success, made.text
    wait_until_known()
    return [_session(stack, phone, member) for member in members]


def _session(stack: Stack, phone: httpx.Client, member: str) -> str:
    told = phone.post(f"{stack.api}/counter/session", json={"phone": member, "pin": PIN})
    assert told.status_code == 200, told.text
    return told.headers["set-cookie"].partition(";")[0]
