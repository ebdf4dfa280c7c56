"""Ask for known vulnerabilities of what an installation pulls in.

pip-audit alone would exit with 0 where the vulnerability service has no answer. Arguments go to it:
`-s osv` asks OSV in place of PyPI.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

from tools.paths import PYPROJECT


class AuditError(Exception):
    """There is no answer for some package."""


def vulnerabilities(requirements: list[str], options: list[str]) -> tuple[int, set[str]]:
    """How many packages these requirements install, and what is known against them."""
    with tempfile.TemporaryDirectory() as folder:
        wanted, report = Path(folder, "requirements.txt"), Path(folder, "report.json")
        wanted.write_text("\n".join(requirements))
        command = ["pip_audit", f"--requirement={wanted}", f"--output={report}", "--format=json"]
        done = subprocess.run(
            [sys.executable, "-m", *command, "--progress-spinner=off", *options],
            stderr=subprocess.PIPE,
            text=True,
        )
        if not report.exists():
            raise AuditError(f"nothing was audited: {done.stderr.strip().splitlines()[-1]}")
        packages = json.loads(report.read_text())["dependencies"]
    if unknown := [one["name"] for one in packages if "skip_reason" in one]:
        raise AuditError(f"the vulnerability service has no answer about {', '.join(unknown)}")
    return len(packages), {
        f"{one['name']} {one['version']}: {found['id']},"
        f" fixed in {', '.join(found['fix_versions']) or 'no version'}"
        for one in packages
        for found in one["vulns"]
    }


def main(options: list[str]) -> int:
    project = tomllib.loads(PYPROJECT.read_text())["project"]
    base = project["dependencies"]
    found: set[str] = set()
    # An extra may hold a package back, so that a base install has another version of it.
    for name, extra in {"base": [], **project["optional-dependencies"]}.items():
        try:
            count, known = vulnerabilities([*base, *extra], options)
        except AuditError as error:
            print(f"error: {name}: {error}", file=sys.stderr)
            return 2
        print(f"{name}: {count} packages, {len(known)} known vulnerabilities")
        found |= known
    for one in sorted(found):
        print(one)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
