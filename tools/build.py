"""`nox -s build`: build wheel and sdist, then list task runs with the wheel alone."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from tools.local_service import local_service

DIST = Path("dist")
PACKAGES = ((Path("generated"), "aidp_workbench_api"), (Path("overlays"), "aidp_workbench"))
TASK_RUNS = 250

LIST = """
import json, sys
from aidp_workbench import connect, paginate
from aidp_workbench_api.api.task_runs import list_task_runs

service = json.loads(sys.argv[1])
base_url, config_file = service["base_url"], service["config_file"]
with connect(base_url=base_url, config_file=config_file, profile="DEFAULT") as client:
    task_runs = paginate(
        list_task_runs,
        ai_data_platform_id=service["ai_data_platform_id"],
        workspace_key=service["workspace_key"],
        job_run_key=service["job_run_key"],
        client=client,
    )
    print(len(list(task_runs)))
"""


def build() -> Path:
    """Build both into dist/; returns the wheel."""
    shutil.rmtree(DIST, ignore_errors=True)
    subprocess.run([sys.executable, "-m", "build", "--outdir", DIST], check=True)
    (wheel,) = DIST.glob("*.whl")
    return wheel


def left_out(wheel: Path) -> set[str]:
    """What the packages have and the wheel has not, such as the templates of pages."""
    with zipfile.ZipFile(wheel) as archive:
        packed = set(archive.namelist())
    return {
        path.relative_to(folder).as_posix()
        for folder, package in PACKAGES
        for path in (folder / package).rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    } - packed


def try_out(wheel: Path) -> tuple[int, int]:
    """Install `wheel` into an empty environment; its size in bytes, and how many runs it lists."""
    with tempfile.TemporaryDirectory() as environment:
        subprocess.run([sys.executable, "-m", "virtualenv", "--quiet", environment], check=True)
        scripts = "Scripts" if sys.platform == "win32" else "bin"
        python = str(Path(environment, scripts, "python"))
        empty = _size(environment)
        subprocess.run([python, "-m", "pip", "install", "--quiet", wheel], check=True)
        installed = _size(environment) - empty
        with local_service("--task-runs", str(TASK_RUNS), "--port", "0") as service:
            command = [python, "-I", "-c", LIST, json.dumps(service)]
            listed = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return installed, int(listed.stdout)


def _size(folder: str) -> int:
    return sum(path.lstat().st_size for path in Path(folder).rglob("*") if path.is_file())


def main() -> int:
    wheel = build()
    if missing := left_out(wheel):
        print(f"{wheel} lacks {', '.join(sorted(missing))}", file=sys.stderr)
        return 1
    installed, listed = try_out(wheel)
    print(
        f"{wheel}, alone: {installed / 1e6:.1f} MB installed, {listed} of {TASK_RUNS} runs listed"
    )
    return 0 if listed == TASK_RUNS else 1


if __name__ == "__main__":
    sys.exit(main())
