"""Audit the locks for known vulnerabilities, and tell a pass from an audit that could not be made.

pip-audit says "No known vulnerabilities found" and exits 0 where the package index has no
vulnerability data; here such an answer is reported as what it is. Exit status: 1 if a vulnerability
is known; with --strict (the hosted workflow) also if any package could not be audited; else 0.
"""

import argparse
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements" / "dev.txt"  # a superset of the other locks
_SECONDS = 300


@dataclass(frozen=True)
class Audit:
    """The outcome a package: what was asked about, what is known, and what got no answer."""

    audited: int
    vulnerabilities: tuple[str, ...]
    unanswered: tuple[str, ...]

    @classmethod
    def from_report(cls, report: dict[str, Any]) -> "Audit":
        """Read pip-audit's JSON report."""
        packages = report["dependencies"]
        answered = [package for package in packages if "skip_reason" not in package]
        return cls(
            audited=len(answered),
            vulnerabilities=tuple(
                f"{package['name']} {package['version']}: {vulnerability['id']}"
                f" (fixed in: {', '.join(vulnerability['fix_versions']) or 'no release yet'})"
                for package in answered
                for vulnerability in package["vulns"]
            ),
            unanswered=tuple(p["name"] for p in packages if "skip_reason" in p),
        )

    def summary(self) -> str:
        """One line that can't be mistaken for another outcome."""
        if self.vulnerabilities:
            return "\n".join(("audit: VULNERABLE", *self.vulnerabilities))
        if self.unanswered:
            return (
                f"audit: NOT AUDITED: {len(self.unanswered)} of"
                f" {self.audited + len(self.unanswered)} packages are unknown to the"
                " vulnerability database that this package index offers"
            )
        return f"audit: passed: {self.audited} packages, no known vulnerability"

    def status(self, *, strict: bool) -> int:
        """The exit status."""
        return int(bool(self.vulnerabilities) or (strict and bool(self.unanswered)))


def run() -> Audit | str:
    """The audit of the lock, or why there is none."""
    command = [
        *(sys.executable, "-m", "pip_audit", "--requirement", str(LOCK), "--require-hashes"),
        *("--disable-pip", "--progress-spinner", "off", "--format", "json"),
    ]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=_SECONDS, check=False
        )
        return Audit.from_report(json.loads(done.stdout))
    except subprocess.TimeoutExpired:
        return f"no answer in {_SECONDS} s"
    except json.JSONDecodeError:
        return done.stderr.strip().splitlines()[-1] if done.stderr.strip() else "no report"


def main() -> int:
    """Print the outcome and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--strict", action="store_true", help="an audit must have been possible")
    strict = parser.parse_args().strict
    audit = run()
    if isinstance(audit, str):
        print(f"audit: NOT AUDITED: {audit}")
        return int(strict)
    print(audit.summary())
    return audit.status(strict=strict)


if __name__ == "__main__":
    sys.exit(main())
