"""A sound text of Bluebird Coffee, and what the linter finds in others."""

from sayso.domain.linting.findings import Days, Draft
from sayso.domain.linting.lint import findings_in
from sayso.domain.written import Written

ROLLS = "Bluebird Coffee: two cinnamon rolls for one. Reply STOP to end."
BODY = Written("A", "", "body", ROLLS)


def found(text: str, language: str = "en", *days: Days) -> dict[str, list[str]]:
    """The messages by code."""
    draft = Draft(text, language, "Bluebird Coffee", days)
    codes: dict[str, list[str]] = {}
    for one in findings_in(BODY, [draft]):
        codes.setdefault(one.code, []).append(one.message)
    return codes
