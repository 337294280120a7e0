"""What `sayso classify --explain` says of a text."""

import re

import pytest

from sayso.domain.explaining import explained
from sayso.domain.understanding import understand
from sayso.domain.vocabulary import Intent
from sayso.domain.wording import likelihood
from sayso.domain.wording.weights import BIAS, SCALE
from tests.support.bluebird import SHOP

COMPARED = re.compile(r"; sum (-?[\d.]+) (>=|<) (-?[\d.]+|inf)\)$")


@pytest.mark.parametrize(
    "said", ["STOP", "pls no more texts", "can I stop by at 5", "Brew, Denver"]
)
def test_a_rule_that_decided_needs_no_more_words(said: str) -> None:
    assert explained(said, SHOP) == understand(said, SHOP)


@pytest.mark.parametrize(
    ("said", "intent", "sign"),
    [
        ("block me from your list", Intent.STOP, ">="),
        ("you have the wrong number bud", Intent.UNSURE, ">="),
        ("who dis", Intent.HELP, ">="),
        ("sign me up again", Intent.START, ">="),
        ("good morning to you too", Intent.NONE, "<"),
    ],
)
def test_the_model_shows_its_sum_and_what_it_had_to_reach(
    said: str, intent: Intent, sign: str
) -> None:
    reading = explained(said, SHOP)
    assert reading.intent is intent
    compared = COMPARED.search(reading.rule)
    assert compared
    assert compared[2] == sign
    assert (float(compared[1]) >= float(compared[3])) is (sign == ">=")


def test_the_heaviest_features_are_named_with_what_they_counted_for() -> None:
    rule = explained("who dis", SHOP).rule
    assert rule.startswith("the model: asks who we are or for help (")
    assert re.search(r"WHO \+\d\.\d", rule)
    weights = [abs(float(one)) for one in re.findall(r" ([+-]\d\.\d)[,;]", rule)]
    assert weights == sorted(weights, reverse=True)
    assert len(weights) == 4


def test_what_each_feature_counted_for_adds_up_to_the_sum() -> None:
    found = likelihood.features("no more of these", ["no", "more", "of", "these"], ["NOT", "MORE"])
    for column, total in enumerate(likelihood.sums(found)):
        assert sum(likelihood.counted(found, column).values()) == pytest.approx(total)


def test_a_text_of_unknown_words_is_weighed_by_the_bias_alone() -> None:
    assert likelihood.sums({"xyzzy"}).stop == BIAS[0] / SCALE
    assert likelihood.counted({"xyzzy"}, 0) == {"bias": BIAS[0] / SCALE}


def test_an_inference_stays_one() -> None:
    assert explained("sign me up again", SHOP).is_inferred
