"""The local Workbench endpoint of the tests, in a separate process."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from collections.abc import Generator


class Service(TypedDict):
    """What the endpoint prints as soon as it accepts connections."""

    base_url: str
    ai_data_platform_id: str
    workspace_key: str
    job_run_key: str
    config_file: str


@contextmanager
def local_service(*arguments: str) -> Generator[Service]:
    """Run `python -m tools.service` with these arguments, and stop it at the end."""
    command = [sys.executable, "-m", "tools.service", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            if not line:  # it has said why on stderr
                raise SystemExit(process.wait() or 1)
            yield json.loads(line)
        finally:
            process.terminate()
