"""An audit that could not be made never looks like one that passed."""

from typing import Any

from scripts.audit import Audit

SOUND = {"name": "botocore", "version": "1.0", "vulns": []}
UNANSWERED = {"name": "pydantic", "skip_reason": "Dependency not found"}
VULNERABLE = {
    "name": "urllib3",
    "version": "1.0",
    "vulns": [{"id": "CVE-2026-1", "fix_versions": ["1.1"]}],
}


def audit_of(*packages: dict[str, Any]) -> Audit:
    return Audit.from_report({"dependencies": list(packages)})


def test_an_audit_of_sound_packages_passes() -> None:
    audit = audit_of(SOUND)
    assert audit.summary() == "audit: passed: 1 packages, no known vulnerability"
    assert audit.status(strict=True) == 0


def test_a_package_without_an_answer_is_told_apart_and_fails_a_strict_audit() -> None:
    audit = audit_of(SOUND, UNANSWERED)
    assert audit.summary().startswith("audit: NOT AUDITED: 1 of 2 packages")
    assert audit.status(strict=False) == 0
    assert audit.status(strict=True) == 1


def test_a_known_vulnerability_fails_and_is_named_with_its_remedy() -> None:
    audit = audit_of(SOUND, UNANSWERED, VULNERABLE)
    assert "urllib3 1.0: CVE-2026-1 (fixed in: 1.1)" in audit.summary()
    assert audit.status(strict=False) == 1
