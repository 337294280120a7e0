"""There is one way for marketing to reach a carrier, and it leads through the claim of a slot."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.support.repository import ROOT

FUNCTIONS = ROOT / "functions" / "sayso"
ONLY_WAY = FUNCTIONS / "services" / "texting.py"
# What goes to the shop's own staff is no marketing, and marked: see tests/services/test_trials.py.
TO_STAFF = FUNCTIONS / "services" / "trials.py"
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


def handings_over(node: ast.AST) -> int:
    """How often the node names what hands a text over, to call it or to have it called."""
    return sum(
        isinstance(one, ast.Attribute) and ast.unparse(one) == "self._hand_over"
        for one in ast.walk(node)
    )


def test_marketing_is_made_in_one_place() -> None:
    made = {
        path: purposes for path in FUNCTIONS.rglob("*.py") if (purposes := [*texts_made_in(path)])
    }
    assert made.pop(ONLY_WAY) == ["Purpose.MARKETING"]
    assert made.pop(TO_STAFF) == ["Purpose.TRIAL"]
    assert {purpose for purposes in made.values() for purpose in purposes} == {"Purpose.ANSWER"}
    for purpose, maker in (("MARKETING", ONLY_WAY), ("TRIAL", TO_STAFF)):
        named = {path for path in FUNCTIONS.rglob("*.py") if mentions(path, purpose)}
        assert named == {maker, *CARRIERS}


def test_what_makes_it_is_reached_through_the_claim_only() -> None:
    senders = [
        node.name
        for node in ast.walk(parsed(ONLY_WAY))
        if isinstance(node, ast.FunctionDef) and "self.carrier.send" in calls_in(node)
    ]
    assert senders == ["_hand_over"]
    callers = [
        node.name
        for node in ast.walk(parsed(ONLY_WAY))
        if isinstance(node, ast.FunctionDef) and handings_over(node)
    ]
    assert callers == ["text"]


def test_the_claim_comes_before_the_text_and_only_who_is_not_refused_gets_one() -> None:
    *before, loop, _ = method("text").body
    assert "self.slots.claim_all" in calls_in(method("_claimed"))
    assert ast.unparse(before[-1]) == "refused = self._claimed([*ready.values()], now)"
    assert isinstance(loop, ast.For)
    refusal, choice = loop.body
    assert ast.unparse(refusal) == "refusal = refused.get(phone)"
    assert isinstance(choice, ast.If)
    assert ast.unparse(choice.test) == "refusal is None"
    assert sum(map(handings_over, choice.body)) == handings_over(method("text")) == 1
