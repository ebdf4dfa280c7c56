"""`nox -s serve`: run the local endpoint until Ctrl-C and show how to talk to it."""

from __future__ import annotations

import contextlib
import sys
import threading
from shlex import quote

from tools.local_service import Service, local_service

_LINES = """\
The local Workbench endpoint is up; Ctrl-C stops it. In another terminal, with the project
installed (python3 -m pip install -e '.[cli]'), tell the command line where it is:

{exports}

and then try:

aidp-workbench workspaces list
aidp-workbench jobs list
aidp-workbench job-runs list --since yesterday
aidp-workbench failures --since yesterday
aidp-workbench task-runs list --job-run {job_run_key}

In Python, in the same terminal:

import os
from aidp_workbench import connect, paginate
from aidp_workbench_api.api.job_runs import list_job_runs

keys = os.environ["AIDP_PLATFORM_ID"], os.environ["AIDP_WORKSPACE_KEY"]
with connect() as client:
    for run in paginate(list_job_runs, *keys, client=client):
        print(run.job_name, run.state)
"""


def lines(service: Service) -> str:
    """What to type in another terminal to talk to the service."""
    variables = {
        "AIDP_ENDPOINT": service["base_url"],
        "OCI_CLI_CONFIG_FILE": service["config_file"],
        "AIDP_PLATFORM_ID": service["ai_data_platform_id"],
        "AIDP_WORKSPACE_KEY": service["workspace_key"],
    }
    exports = (f"export {name}={quote(value)}" for name, value in variables.items())
    return _LINES.format(exports="\n".join(exports), job_run_key=service["job_run_key"])


def main(arguments: list[str]) -> None:
    with contextlib.suppress(KeyboardInterrupt), local_service(*arguments) as service:
        print(lines(service), flush=True)
        threading.Event().wait()


if __name__ == "__main__":
    main(sys.argv[1:] or ["--task-runs", "2500", "--port", "0"])
