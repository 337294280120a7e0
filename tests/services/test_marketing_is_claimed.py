"""There is one way for marketing to reach a carrier, and it leads through the claim of a slot."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.support.repository import ROOT

FUNCTIONS = ROOT / "functions" / "sayso"
ONLY_WAY = FUNCTIONS / "services" / "texting.py"
# What goes to the shop's own staff is no marketing, and marked: see tests/services/test_trials.py.
TRIALS = FUNCTIONS / "services" / "trials.py"
# They look the purpose up to name it in the carrier's own words.
CARRIERS = {FUNCTIONS / "adapters" / name for name in ("end_user_messaging.py", "sns_carrier.py")}


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def texts_made_in(path: Path) -> Iterator[str]:
    """The purpose of each text that a module makes, as it is written there."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("OutboundText"):
            given = {one.arg: one.value for one in node.keywords}
            yield ast.unparse(given["purpose"])


def mentions(path: Path, purpose: str) -> int:
    """How often a module names a purpose, in whatever way."""
    nodes = ast.walk(parsed(path))
    return sum(isinstance(node, ast.Attribute) and node.attr == purpose for node in nodes)


def method(name: str, module: Path = ONLY_WAY) -> ast.FunctionDef:
    nodes = ast.walk(parsed(module))
    return next(one for one in nodes if isinstance(one, ast.FunctionDef) and one.name == name)


def calls_in(node: ast.AST) -> list[str]:
    return [ast.unparse(one.func) for one in ast.walk(node) if isinstance(one, ast.Call)]


def test_marketing_is_made_in_one_place() -> None:
    made = {
        path: purposes for path in FUNCTIONS.rglob("*.py") if (purposes := [*texts_made_in(path)])
    }
    assert made.pop(ONLY_WAY) == ["Purpose.MARKETING"]
    assert made.pop(TRIALS) == ["Purpose.TRIAL"]
    assert {purpose for purposes in made.values() for purpose in purposes} == {"Purpose.ANSWER"}
    for purpose, maker in (("MARKETING", ONLY_WAY), ("TRIAL", TRIALS)):
        named = {path for path in FUNCTIONS.rglob("*.py") if mentions(path, purpose)}
        assert named == {maker, *CARRIERS}


def test_what_makes_it_is_reached_through_the_claim_only() -> None:
    senders = [
        node.name
        for node in ast.walk(parsed(ONLY_WAY))
        if isinstance(node, ast.FunctionDef) and "self.carrier.send" in calls_in(node)
    ]
    assert senders == ["_hand_over"]
    mentioned = [
        (function.name, ast.unparse(node))
        for function in ast.walk(parsed(ONLY_WAY))
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Call) and "self._hand_over" in ast.unparse(node)
    ]
    assert {name for name, _ in mentioned} == {"text"}
    assert {call for _, call in mentioned} == {
        "hand(phone, partial(self._hand_over, one))",
        "partial(self._hand_over, one)",
    }


def test_only_those_are_handed_over_whom_the_claim_refused_nothing() -> None:
    *before, claim, turns, answer = method("text").body
    assert ast.unparse(claim) == "refused = self._claimed([*ready.values()], now)"
    assert calls_in(method("_claimed")).count("self.slots.claim_all") == 1
    assert isinstance(turns, ast.For)
    assert ast.unparse(turns.iter) == "ready.items()"
    look, decide = turns.body
    assert ast.unparse(look) == "refusal = refused.get(phone)"
    assert isinstance(decide, ast.If)
    assert ast.unparse(decide.test) == "refusal is None"
    assert "hand" in [call for statement in decide.body for call in calls_in(statement)]
    for statement in (*before, claim, *decide.orelse, answer):
        assert "hand" not in calls_in(statement)


def test_a_test_text_is_handed_over_after_every_question_about_the_phone() -> None:
    (attempt,) = method("take", TRIALS).body
    assert isinstance(attempt, ast.Try)
    admission, allowance, hand_over = attempt.body
    assert "self._admitted" in calls_in(admission)
    assert isinstance(allowance, ast.If)
    assert "self.desk.trials.take" in calls_in(allowance.test)
    assert isinstance(allowance.body[-1], ast.Raise)
    assert "self._hand_over" in calls_in(hand_over)
    senders = [
        node.name
        for node in ast.walk(parsed(TRIALS))
        if isinstance(node, ast.FunctionDef) and "self.desk.carrier.send" in calls_in(node)
    ]
    assert senders == ["_hand_over"]
