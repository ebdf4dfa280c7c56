"""Every task of the project. `nox -l` lists them, `nox -s NAME` runs one."""

from __future__ import annotations

import json
from pathlib import Path

import nox

nox.needs_version = ">=2025.2.9"
nox.options.default_venv_backend = "uv|virtualenv"
nox.options.reuse_venv = "yes"
nox.options.sessions = ["drift", "lint", "types", "tests"]

PYPROJECT = nox.project.load_toml("pyproject.toml")


def install(session: nox.Session, group: str, *packages: str) -> None:
    session.install(*nox.project.dependency_groups(PYPROJECT, group), *packages)


@nox.session
def generate(session: nox.Session) -> None:
    """Write generated/ anew from openapi/ and generator-config.yaml."""
    install(session, "generate")
    session.run("python", "-m", "tools.generate", *session.posargs)


@nox.session
def drift(session: nox.Session) -> None:
    """Fail with a diff if generated/ is not what the spec gives."""
    install(session, "generate")
    session.run("python", "-m", "tools.generate", "--check", *session.posargs)


@nox.session
def diff(session: nox.Session) -> None:
    """Say what a change of the spec means: `-- [BASE] [REVISION]`, files or git revisions."""
    install(session, "diff")
    session.run("python", "-m", "tools.specdiff", *session.posargs)


@nox.session
def tests(session: nox.Session) -> None:
    """Run the tests; arguments after -- go to pytest."""
    install(session, "tests", "-e", ".")
    session.run("pytest", "--numprocesses=auto", "--dist=loadfile", *session.posargs)


@nox.session
def conformance(session: nox.Session) -> None:
    """Compare with Oracle's own SDK and command line, which are 600 MB to install."""
    install(session, "conformance", "-e", ".")
    files = ("official_clients.py", "readme_claims.py")
    session.run("pytest", *(f"tests/conformance/{file}" for file in files), *session.posargs)


@nox.session
def lint(session: nox.Session) -> None:
    """Check style and format; `-- --fix` mends what can be mended."""
    install(session, "lint")
    fix = "--fix" in session.posargs
    session.run("ruff", "check", *(["--fix"] if fix else []))
    session.run("ruff", "format", *([] if fix else ["--check"]))


@nox.session
def types(session: nox.Session) -> None:
    """Check the types with mypy and pyright."""
    install(session, "types", "-e", ".")
    session.run("mypy", *session.posargs)
    session.run("pyright", env={"PYRIGHT_PYTHON_IGNORE_WARNINGS": "1"})


@nox.session
def demo(session: nox.Session) -> None:
    """Regenerate the client and list every task run of a job run with it; no account needed."""
    install(session, "demo", "-e", ".")
    session.run("python", "-m", "tools.demo", *session.posargs)


@nox.session
def serve(session: nox.Session) -> None:
    """Run the local Workbench endpoint until Ctrl-C, with the lines to try it."""
    install(session, "service")
    session.run("python", "-m", "tools.serve", *session.posargs)


@nox.session
def build(session: nox.Session) -> None:
    """Build wheel and sdist, then list task runs with nothing but the wheel installed."""
    install(session, "build")
    session.run("python", "-m", "tools.build", *session.posargs)


@nox.session
def audit(session: nox.Session) -> None:
    """Look for unsafe code in what ships, and known vulnerabilities of what it installs.

    PyPI tells of them, or with `-- -s osv` OSV. Without an answer for each package this fails, too.
    """
    install(session, "audit")
    session.run("ruff", "check", "--isolated", "--select=S", "overlays", "generated")
    base, extras = (PYPROJECT["project"][key] for key in ("dependencies", "optional-dependencies"))
    folder = Path(session.create_tmp())
    requirements, report = folder / "requirements.txt", folder / "audit.json"
    found: set[str] = set()
    # The extra may hold a package back, so that a base install has another version of it.
    for packages in (base, base + extras["oci"]):
        requirements.write_text("\n".join(packages))
        report.unlink(missing_ok=True)
        command = ("pip-audit", f"--requirement={requirements}", f"--output={report}")
        options = ("--format=json", "--progress-spinner=off", *session.posargs)
        told = session.run(*command, *options, silent=True, success_codes=[0, 1])
        if not report.exists():
            session.error(f"nothing was audited: {str(told).strip().splitlines()[-1]}")
        answers = json.loads(report.read_text())["dependencies"]
        if unknown := [one["name"] for one in answers if "skip_reason" in one]:
            session.error(f"the vulnerability service has no answer about {', '.join(unknown)}")
        session.log(f"asked about {len(answers)} packages")
        found |= {
            f"{one['name']} {one['version']}: {vulnerability['id']},"
            f" mended in {', '.join(vulnerability['fix_versions']) or 'no version'}"
            for one in answers
            for vulnerability in one["vulns"]
        }
    if found:
        session.error("\n".join(["known vulnerabilities:", *sorted(found)]))
