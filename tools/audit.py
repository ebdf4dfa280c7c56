"""`nox -s audit`: list what an installation pulls in, and ask for its known vulnerabilities.

`dist/sbom.json` has the packages of the base installation, in the CycloneDX format. If the
vulnerability service has no answer, that is said, and is an error with `--strict`; pip-audit alone
would exit with 0. Other arguments go to pip-audit: `-s osv` asks OSV in place of PyPI.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

from tools.paths import PYPROJECT

SBOM = Path("dist/sbom.json")


class NoAnswerError(Exception):
    """There is no answer for some package."""


def write_sbom() -> int:
    """Install the project alone and list its packages in `dist/sbom.json`; how many there are."""
    with tempfile.TemporaryDirectory() as environment:
        create = ["virtualenv", "--quiet", environment]
        subprocess.run([sys.executable, "-m", *create], check=True)
        scripts = "Scripts" if sys.platform == "win32" else "bin"
        python = str(Path(environment, scripts, "python"))
        subprocess.run([python, "-m", "pip", "install", "--quiet", "."], check=True)
        subprocess.run([python, "-m", "pip", "uninstall", "--quiet", "--yes", "pip"], check=True)
        SBOM.parent.mkdir(exist_ok=True)
        command = ["cyclonedx_py", "environment", python, f"--output-file={SBOM}"]
        options = ["--mc-type=library", f"--pyproject={PYPROJECT}", "--output-reproducible"]
        subprocess.run([sys.executable, "-m", *command, *options], check=True)
    return len(json.loads(SBOM.read_text())["components"])


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
            said = done.stderr.strip().splitlines() or [f"pip-audit ended with {done.returncode}"]
            raise NoAnswerError(said[-1])
        packages = json.loads(report.read_text())["dependencies"]
    if unknown := [one["name"] for one in packages if "skip_reason" in one]:
        raise NoAnswerError(f"the vulnerability service has no answer about {', '.join(unknown)}")
    return len(packages), {
        f"{one['name']} {one['version']}: {found['id']},"
        f" fixed in {', '.join(found['fix_versions']) or 'no version'}"
        for one in packages
        for found in one["vulns"]
    }


def main(arguments: list[str]) -> int:
    options = [argument for argument in arguments if argument != "--strict"]
    print(f"{SBOM}: {write_sbom()} packages")
    project = tomllib.loads(PYPROJECT.read_text())["project"]
    base = project["dependencies"]
    found: set[str] = set()
    unanswered = 0
    # An extra may hold a package back, so that a base install has another version of it.
    for name, extra in {"base": [], **project["optional-dependencies"]}.items():
        try:
            count, known = vulnerabilities([*base, *extra], options)
        except NoAnswerError as error:
            print(f"{name}: NOT AUDITED: {error}", file=sys.stderr)
            unanswered += 1
        else:
            print(f"{name}: {count} packages, {len(known)} known vulnerabilities")
            found |= known
    for one in sorted(found):
        print(one)
    if unanswered and options != arguments:
        return 2
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
