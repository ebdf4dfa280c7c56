"""`nox -s serve`: run the local endpoint until Ctrl-C and show how to talk to it."""

from __future__ import annotations

import contextlib
import sys
import threading

from tools.local_service import local_service

_LINES = """\
The local Workbench endpoint is up; Ctrl-C stops it. In another terminal, with the project
installed (pip install -e .), start python and try:

from aidp_workbench import connect, paginate
from aidp_workbench_api.api.task_runs import list_task_runs

client = connect(
    base_url="{base_url}",
    config_file="{config_file}",
    profile="DEFAULT",
)
for run in paginate(
    list_task_runs,
    ai_data_platform_id="{ai_data_platform_id}",
    workspace_key="{workspace_key}",
    job_run_key="{job_run_key}",
    client=client,
):
    print(run.name, run.state)
"""


def main(arguments: list[str]) -> None:
    with contextlib.suppress(KeyboardInterrupt), local_service(*arguments) as service:
        print(_LINES.format_map(service), flush=True)
        threading.Event().wait()


if __name__ == "__main__":
    main(sys.argv[1:] or ["--task-runs", "2500", "--port", "0"])
