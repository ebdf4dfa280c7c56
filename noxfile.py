"""Every task of the project. `nox -l` lists them, `nox -s NAME` runs one."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import nox

nox.needs_version = ">=2025.2.9"
nox.options.default_venv_backend = "uv|virtualenv"
nox.options.reuse_venv = "yes"
nox.options.sessions = ["drift", "lint", "types", "tests"]

IN_PARALLEL = (f"--numprocesses={os.cpu_count() or 1}", "--dist=worksteal")
CORE = ",".join(
    f"overlays/aidp_workbench/{name}"
    for name in ("auth/*", "transport/*", "listing/*", "errors.py", "_client.py")
)
CORE_TESTS = [
    f"tests/test_{name}.py"
    for name in (
        "connections", "json", "many", "operations", "pagination", "prefetch", "retries", "throttle"
    )
]  # fmt: skip
SITE = ("--quiet", "--fresh-env", "--fail-on-warning", "--keep-going")
PYPROJECT = nox.project.load_toml("pyproject.toml")


def install(session: nox.Session, group: str, *packages: str) -> None:
    session.install(*nox.project.dependency_groups(PYPROJECT, group), *packages)
    session.env["PYTHONUTF8"] = "1"  # as the project's files are, whatever the locale says
    # Tests start hundreds of processes, which must not compile the project again and again.
    session.env["PYTHONDONTWRITEBYTECODE"] = ""


def chromium(session: nox.Session) -> str:
    """The path of the browser, which no package of Python brings."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        session.error("there is no Chromium on the PATH: on Debian, `apt-get install chromium`")
    return found


@nox.session
def generate(session: nox.Session) -> None:
    """Regenerate generated/ from openapi/ and generator-config.yaml."""
    install(session, "generate")
    session.run("python", "-m", "tools.generate", *session.posargs)


@nox.session
def drift(session: nox.Session) -> None:
    """Fail with a diff if generated/ does not match the spec."""
    install(session, "generate")
    session.run("python", "-m", "tools.generate", "--check", *session.posargs)


@nox.session
def diff(session: nox.Session) -> None:
    """Say what a change of the spec means: `-- [BASE] [REVISION]`, files or git revisions."""
    install(session, "diff")
    session.run("python", "-m", "tools.specdiff", *session.posargs)


@nox.session
def upstream(session: nox.Session) -> None:
    """Compare Oracle's document with our spec, `-- FILE`, or with a newer one, `-- OLD NEW`."""
    install(session, "upstream")
    session.run("python", "-m", "tools.upstream", *session.posargs)


@nox.session
def adopt(session: nox.Session) -> None:
    """Draft an operation of the spec from Oracle's document: `-- FILE OPERATION`."""
    install(session, "upstream")
    session.run("python", "-m", "tools.adopt", *session.posargs)


@nox.session
def observe(session: nox.Session) -> None:
    """List real runs and say what the client does not know of them; `-- --help` has the options."""
    session.install("-e", ".")
    session.run("python", "-m", "aidp_workbench.drift", *session.posargs)


@nox.session
def tests(session: nox.Session) -> None:
    """Run all tests but the slow ones; arguments after -- go to pytest."""
    install(session, "tests", "-e", ".")
    session.run("pytest", *IN_PARALLEL, "-m", "not slow", *session.posargs)


@nox.session
def slow(session: nox.Session) -> None:
    """Run the slow tests: faults by the hundred, inputs by the thousand, type checkers."""
    # The tests with random inputs also run in `tests`, with fewer inputs.
    chosen = ("-m", "slow or hypothesis", "--hypothesis-profile=thorough")
    install(session, "slow", "-e", ".")
    # Tests see neither the proxy nor the authorities that npm may need.
    session.run("python", "-c", "from tools.upstream.convert import converter; converter()")
    files = ("tests/contract.py", "tests")  # the longest first
    session.run("pytest", *IN_PARALLEL, *chosen, *files, *session.posargs)


@nox.session
def core(session: nox.Session) -> None:
    """Run the tests of requests, retries and paging, which any operating system must pass."""
    install(session, "tests", "-e", ".")
    session.run("pytest", *IN_PARALLEL, "-m", "not slow", *CORE_TESTS, *session.posargs)


@nox.session
def lowest(session: nox.Session) -> None:
    """Run the same tests with the lowest versions of what users install."""
    lowest = [
        requirement.partition(",")[0].replace(">=", "==")
        for requirement in PYPROJECT["project"]["dependencies"]
    ]
    install(session, "lowest", "-e", ".", *lowest)
    session.run("pytest", "-m", "not slow", *CORE_TESTS, *session.posargs)


@nox.session
def browser(session: nox.Session) -> None:
    """Open the pages in a real browser; needs Chromium, such as `apt-get install chromium`."""
    install(session, "browser", "-e", ".[cli]")
    session.env["CHROMIUM"] = chromium(session)
    session.run("pytest", "tests/browser/pages.py", *session.posargs)


@nox.session
def coverage(session: nox.Session) -> None:
    """Measure which branches the tests reach; fail below 98 % of the core or 90 % of the rest."""
    install(session, "coverage", "-e", ".")
    # Not relative: tests start programs in other folders.
    session.env["COVERAGE_FILE"] = str(Path(".coverage").resolve())
    session.run("coverage", "erase")
    session.run("coverage", "run", "-m", "pytest", *IN_PARALLEL, "-m", "not slow", *session.posargs)
    session.run("coverage", "combine", "--quiet")
    session.run("coverage", "report", f"--omit={CORE}", "--fail-under=90")
    session.run("coverage", "report", f"--include={CORE}", "--fail-under=98")


@nox.parametrize("version", ["3.5.*", "4.*"])
@nox.session
def spark(session: nox.Session, version: str) -> None:
    """List on Spark with two workers, 3.5 and the newest; it needs Java 17 and 1 GB to install."""
    install(session, "spark", f"pyspark=={version}", "-e", ".")
    # Spark's own warnings, about pandas and the like, are no errors of ours.
    session.run("pytest", "-W", "default", "tests/on_spark.py", *session.posargs)


@nox.session
def conformance(session: nox.Session) -> None:
    """Compare with Oracle's own SDK and command line, which are 600 MB to install."""
    install(session, "conformance", "-e", ".")
    names = ("official_clients", "story", "raw_requests", "identity", "comparison")
    files = (f"tests/conformance/{name}.py" for name in names)
    session.run("pytest", *files, *session.posargs)


@nox.session
def lint(session: nox.Session) -> None:
    """Check style, format and workflows; `-- --fix` fixes what ruff can fix."""
    install(session, "lint")
    fix = "--fix" in session.posargs
    session.run("ruff", "check", *(["--fix"] if fix else []))
    session.run("ruff", "format", *([] if fix else ["--check"]))
    session.run("zizmor", "--offline", "--quiet", "--pedantic", ".github")


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
def docs(session: nox.Session) -> None:
    """Build the site into build/docs, and run every block of code on its pages."""
    install(session, "docs", "-e", ".[cli,timeline]")
    session.run("sphinx-build", *SITE, "-b", "dirhtml", "docs", "build/docs")
    session.run("pytest", "tests/pages.py", *session.posargs)


@nox.session
def links(session: nox.Session) -> None:
    """Check the links of the site to other sites, which must be in reach."""
    install(session, "docs", "-e", ".[cli,timeline]")
    session.run("sphinx-build", *SITE, "-b", "linkcheck", "docs", "build/links")


@nox.session
def pictures(session: nox.Session) -> None:
    """Redraw the pictures of README in docs/, from the local endpoint; needs Chromium."""
    install(session, "pictures", "-e", ".[cli,timeline]")
    session.env["CHROMIUM"] = chromium(session)
    session.run("python", "-m", "tools.pictures")


@nox.session
def bench(session: nox.Session) -> None:
    """Measure our client beside Oracle's SDK, 600 MB to install; `-- --help` has the options."""
    install(session, "bench")
    environments = f"--environments={session.cache_dir / 'bench'}"
    session.run("python", "-m", "tools.bench", environments, *session.posargs)


@nox.session
def audit(session: nox.Session) -> None:
    """Look for unsafe code and known vulnerabilities; write `dist/sbom.json`."""
    install(session, "audit")
    session.run("ruff", "check", "--isolated", "--select=S", "overlays", "generated")
    session.run("python", "-m", "tools.audit", *session.posargs)
