"""The page about offers says what the code does, and reckons rightly."""

import re

from sayso.domain.codes import ALPHABET, DRAWN, SAMPLE_CODE, spoken
from sayso.domain.limits import GUESSES_BY_ADDRESS, GUESSES_BY_PHONE
from sayso.domain.offer import Codes
from sayso.domain.offer_checks import REMIND_AT_MOST, TERMS_AT_MOST, TITLE_AT_MOST, USES_AT_MOST
from sayso.handlers.admin_api.campaign_models import CampaignForm, OfferForm
from tests.support.repository import ROOT

PAGE = (ROOT / "docs" / "offers.md").read_text()
LIVE, A_YEAR, A_MILLION = 10_000, 365, 1_000_000


def test_every_field_of_an_offer_is_on_the_page_with_its_bound() -> None:
    table = PAGE.partition("| field |")[2].partition("\n\n")[0]
    rows = [line.strip("| ").split(" | ") for line in table.splitlines()[2:]]
    bounds = {row[0].strip("`"): row[-1] for row in rows}
    assert bounds.keys() == OfferForm.model_fields.keys()
    assert str(TITLE_AT_MOST) in bounds["title"]
    assert str(TERMS_AT_MOST) in bounds["terms"]
    assert bounds["uses"].startswith(str(USES_AT_MOST))
    assert bounds["remind_hours"].startswith(str(REMIND_AT_MOST))


def test_the_example_is_a_campaign() -> None:
    example = PAGE.partition("```json")[2].partition("```")[0]
    offer = CampaignForm.model_validate_json(example).offer
    assert offer
    assert offer.title == "A free filter coffee"


def test_every_kind_of_code_is_told() -> None:
    section = PAGE.partition("## Whose code it is")[2].partition("\n## ")[0]
    assert re.findall(r"^- `(\w+)`", section, re.MULTILINE) == [*Codes]


def test_the_alphabet_and_the_sample_are_those_of_the_code() -> None:
    assert f"`{' '.join(ALPHABET)}`" in PAGE
    assert f"`{spoken(SAMPLE_CODE)}` itself is nobody's" in PAGE


def test_the_strength_of_a_code_is_reckoned_rightly() -> None:
    """Must stand whatever somebody changes: alphabet, length or lock-out."""
    section = PAGE.partition("## How hard a code is to guess")[2].partition("\n## ")[0]
    assert f"23⁷ = {DRAWN:,}" in section
    tries = round(DRAWN / LIVE)
    assert f"{tries:,}" in section
    assert f"the million would find {A_MILLION * LIVE / DRAWN:.0f}" in section
    by_phone, by_address = GUESSES_BY_PHONE[-1].most, GUESSES_BY_ADDRESS[-1].most
    for a_day, whence in ((by_phone, "phone"), (by_address, "address")):
        assert f"{a_day} a day | {tries / a_day / A_YEAR:.0f} years" in section
        assert f"{A_MILLION / a_day / A_YEAR:.0f} from one {whence}" in section.replace(
            "years from", "from"
        )
    assert {GUESSES_BY_PHONE[0].most, GUESSES_BY_ADDRESS[0].most} == {10}
    assert "After 10 wrong codes in an hour" in section
