"""The sign for the window: what it says, and what a phone makes of it."""

import base64
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.handlers.poster.metrics import fitting, width, wrapped
from tests.support.console import Answer, Console
from tests.support.qr import codes_in, size_of, words_in

SIGN = "/admin/keywords/COFFEE/sign"
PROGRAM: dict[str, Any] = {
    "name": "Bluebird Coffee",
    "help_contact": "help@bluebird.example",
    "terms_url": "https://bluebird.example/terms",
    "privacy_url": "https://bluebird.example/privacy",
}
_SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def shop(shop: Console) -> Console:
    assert shop.put("/admin/program", PROGRAM).status == 200
    return shop


def file_of(answer: Answer) -> bytes:
    assert answer.status == 200, answer.text
    return base64.b64decode(answer.text, validate=True)


def pdf(console: Console, target: str) -> bytes:
    return file_of(console.get(f"{target}{'&' if '?' in target else '?'}format=pdf"))


def svg(console: Console, target: str = SIGN) -> ET.Element:
    return ET.fromstring(file_of(console.get(target)).decode())


@pytest.mark.parametrize(
    ("target", "words"),
    [
        (SIGN, "COFFEE"),
        ("/admin/keywords/JOIN/sign?location=DOWNTOWN", "JOIN DOWNTOWN"),
        ("/admin/keywords/uptown/sign", "JOIN UPTOWN"),
        ("/admin/keywords/JOIN/sign", "JOIN"),
    ],
)
@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_a_phone_reads_the_link_that_writes_the_text(
    shop: Console, target: str, words: str, paper: str
) -> None:
    (link,) = codes_in(pdf(shop, f"{target}{'&' if '?' in target else '?'}paper={paper}"))
    assert link.startswith("sms:80808?&body=")
    assert parse_qs(urlsplit(link).query) == {"body": [words]}


def test_the_code_is_read_from_a_poor_camera(shop: Console) -> None:
    assert len(codes_in(pdf(shop, SIGN), scale=0.5)) == 1


@pytest.mark.parametrize(
    ("language", "parts"),
    [
        (
            "en",
            [
                *("Text", "to 80808", "By texting COFFEE to 80808", "Message and data rates"),
                "Up to 20 msgs/month",
            ],
        ),
        ("es", ["Envíe", "al 80808", "Al enviar COFFEE al 80808", "Pueden aplicarse tarifas"]),
        ("fr", ["Envoyez", "au 80808", "En envoyant COFFEE au 80808", "Des frais de messagerie"]),
    ],
)
def test_every_part_that_must_be_said_is_on_the_paper(
    shop: Console, language: str, parts: list[str]
) -> None:
    said = words_in(pdf(shop, f"{SIGN}?lang={language}"))
    for part in (*parts, "COFFEE", "Bluebird Coffee", "STOP", "HELP"):
        assert part in said
    for part in (PROGRAM["help_contact"], PROGRAM["terms_url"], PROGRAM["privacy_url"]):
        assert part in said
    assert "/join/COFFEE" in said


def test_both_kinds_of_file_say_the_same(shop: Console) -> None:
    drawn = [one.text or "" for one in svg(shop).iter(f"{_SVG}text")]
    assert " ".join(drawn) == words_in(pdf(shop, SIGN)).replace("\u00ad", "-")


def test_the_paper_is_of_the_size_that_is_asked_for(shop: Console) -> None:
    assert size_of(pdf(shop, SIGN)) == pytest.approx((612, 792))
    assert size_of(pdf(shop, f"{SIGN}?paper=a4")) == pytest.approx((595.28, 841.89))
    assert svg(shop, f"{SIGN}?paper=a4").get("width") == "8.2678in"


@pytest.mark.parametrize("paper", ["letter", "a4"])
@pytest.mark.parametrize("language", ["en", "es", "fr"])
def test_nothing_leaves_the_paper_and_the_terms_stay_legible(
    shop: Console, paper: str, language: str
) -> None:
    contact = f"{'m' * 60}@bluebird.example"
    often = f"Up to 4 msgs/month {'W' * 40}"
    long = PROGRAM | {"name": "W" * 30, "help_contact": contact, "frequency": often}
    assert shop.put("/admin/program", long).status == 200
    drawing = svg(shop, f"{SIGN}?paper={paper}&lang={language}")
    across, down = map(float, (drawing.get("viewBox") or "").split()[2:])
    for text in drawing.iter(f"{_SVG}text"):
        x, y, length = (float(text.get(name) or "") for name in ("x", "y", "textLength"))
        assert x >= 40
        assert x + length <= across - 40
        assert 0 < y < down - 10
        assert float(text.get("font-size") or "") >= 6.5
    blocks = [one for one in drawing.iter(f"{_SVG}rect") if one.get("fill") == "#000000"]
    assert sum(1 for _ in blocks) > 100


def test_the_address_of_a_page_of_ones_own_can_stand_on_it(shop: Console) -> None:
    target = f"{SIGN}?page=https://bluebird.example/texts"
    assert "On the web: https://bluebird.example/texts" in words_in(pdf(shop, target))


def test_a_file_says_what_it_is_and_may_run_nothing(shop: Console) -> None:
    answer = shop.get(f"{SIGN}?format=pdf")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"] == 'inline; filename="coffee.pdf"'
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert shop.get(SIGN).headers["content-type"] == "image/svg+xml"


def test_a_shops_words_are_only_ever_text_in_the_drawing(shop: Console) -> None:
    attack = "<script>alert(1)</script>&\"' help@bluebird.example"
    assert shop.put("/admin/program", PROGRAM | {"help_contact": attack}).status == 200
    drawing = svg(shop)
    assert [one.tag for one in drawing.iter() if "script" in one.tag] == []
    assert "<script>alert(1)</script>" in " ".join(one.text or "" for one in drawing.iter())


@pytest.mark.parametrize(
    ("target", "status"),
    [
        ("/admin/keywords/NOBODY/sign", 404),
        ("/admin/keywords/MENU/sign", 404),
        ("/admin/keywords/JOIN/sign?location=PARIS", 404),
        (f"{SIGN}?format=png", 422),
        (f"{SIGN}?lang=de", 422),
        (f"{SIGN}?page=javascript:alert(1)", 422),
        (f"{SIGN}?page=https://x%22%3E", 422),
        (f"{SIGN}?colour=red", 422),
    ],
)
def test_what_cannot_be_printed_is_refused(shop: Console, target: str, status: int) -> None:
    assert shop.get(target).status == status


def test_a_character_that_the_pdfs_font_lacks_is_named(shop: Console) -> None:
    assert shop.put("/admin/program", PROGRAM | {"name": "ΔΣ Coffee"}).status == 200
    refused = shop.get(f"{SIGN}?format=pdf")
    assert refused.status == 422
    assert "Δ" in refused.json["detail"]
    assert shop.get(SIGN).status == 200


def test_before_there_is_a_program_there_is_nothing_to_print(console: Console) -> None:
    assert console.get("/admin/keywords/JOIN/sign").status == 404


def test_where_nobody_knows_the_number_the_sign_says_what_to_do(
    shop: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sayso.handlers import admin  # noqa: PLC0415

    monkeypatch.setenv("PUBLIC_NUMBER", "")
    admin.api.cache_clear()
    refused = shop.get(SIGN)
    assert refused.status == 409
    assert "public_number" in refused.json["detail"]


@given(st.text(st.characters(max_codepoint=0x24F)), st.floats(20, 600), st.floats(5, 90))
def test_lines_are_never_wider_than_they_may_be_and_lose_no_letter(
    text: str, most: float, size: float
) -> None:
    lines = list(wrapped(text, most, size))
    for line in lines:
        assert width(line, size) <= most or len(line) == 1
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert width(text, fitting(text, most, size)) <= most * 1.0001


def test_an_accent_makes_no_letter_wider() -> None:
    assert width("é", 10) == width("e", 10)
    assert width("Ñ", 10, bold=True) == width("N", 10, bold=True)
