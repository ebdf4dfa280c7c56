"""The two clients, each installed in a separate environment."""

from __future__ import annotations

import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

SDK = "aidp-python-client==5.1.1"


def ours(folder: Path) -> Path:
    """The Python that has the wheel of this tree and what it needs, and nothing else."""
    dist = folder / "dist"
    shutil.rmtree(dist, ignore_errors=True)
    command = [sys.executable, "-m", "build", "--wheel", "--outdir", str(dist)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    (wheel,) = dist.glob("*.whl")
    return _environment(folder / "ours", str(wheel), sha256(wheel.read_bytes()).hexdigest())


def official(folder: Path) -> Path:
    """The Python that has Oracle's SDK and what it needs, and nothing else."""
    return _environment(folder / "official", SDK, SDK)


def _environment(folder: Path, package: str, content: str) -> Path:
    """An environment with `package`, recreated unless it exists with the same `content`."""
    python = folder / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    installed = folder / "installed.txt"
    if not (installed.exists() and installed.read_text() == content):
        print(f"installing {package}", flush=True)
        make = [sys.executable, "-m", "virtualenv", "--clear", "--quiet", str(folder)]
        subprocess.run(make, check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", package], check=True)
        installed.write_text(content)
    return python


def installed_size(python: Path) -> int:
    """Bytes on disk in site-packages, without what every environment has there."""
    code = "import sysconfig; print(sysconfig.get_path('purelib'))"
    command = [str(python), "-I", "-c", code]
    found = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    packages = Path(found.stdout.strip())
    own = ("pip", "setuptools", "wheel", "_virtualenv", "_distutils_hack", "distutils-precedence")
    return sum(
        path.lstat().st_blocks * 512
        for path in packages.rglob("*")
        if path.is_file()
        and path.relative_to(packages).parts[0].partition("-")[0].partition(".")[0] not in own
    )
